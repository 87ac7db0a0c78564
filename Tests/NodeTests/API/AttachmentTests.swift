import Node
import Replication
import SQLite
import Standards
import Testing

@Suite("Files through the API")
struct AttachmentTests {
    private static let pdf = ("Content-Type", "application/pdf")

    private func content(_ count: Int, tag: UInt8 = 0) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7) ^ tag }
    }

    private func send(
        _ bytes: [UInt8], to target: String, at node: TestNode, headers: [(String, String)] = [pdf]
    ) throws -> RawAnswer {
        try RawClient.send(port: node.port, "POST", target, headers: [node.token] + headers, body: bytes)
    }

    @Test("a file that is attached is listed, shown with the ticket, and read back byte for byte")
    func attachAndRead() throws {
        let (_, branch) = try TestNode.pair()
        let path = try branch.openTicket()
        let bytes = content(200_000)
        let answer = try send(bytes, to: path + "/attachments?name=%E6%8A%A5%E5%91%8A.pdf", at: branch)
        #expect(answer.status == 201)
        let hash = ContentHash(of: bytes).text
        let file = answer.json["attachment"]
        #expect(file?["hash"] == .string(hash))
        #expect(file?["name"] == "报告.pdf")
        #expect(file?["place"] == "onlyHere")
        let shown = try branch.get(path)
        #expect(shown.json["ticket"]?["attachments"]?.arrayValue?.count == 1)
        #expect(shown.headers["etag"] == answer.headers["etag"])
        #expect(try branch.get(path + "/attachments").json["attachments"]?.arrayValue?.first == file)
        let read = try branch.get(path + "/attachments/\(hash)", headers: [("Accept-Encoding", "identity")])
        #expect(read.status == 200)
        #expect(read.headers["content-type"] == "application/pdf")
        #expect(read.headers["x-content-type-options"] == "nosniff")
        #expect(read.headers["content-disposition"]?.contains("%E6%8A%A5%E5%91%8A.pdf") == true)
        #expect(try plain(read) == bytes)
    }

    /// A body that came in pieces, put together; one that was cut off as far as it came.
    private func plain(_ answer: RawAnswer) throws -> [UInt8] {
        guard answer.headers["transfer-encoding"] == "chunked" else { return answer.body }
        var rest = answer.body[...]
        var bytes: [UInt8] = []
        while let end = rest.firstIndex(of: 13) {
            let count = try #require(Int(String(decoding: rest[..<end], as: UTF8.self), radix: 16))
            if count == 0 { break }
            bytes += rest.dropFirst(end + 2 - rest.startIndex).prefix(count)
            rest = rest.dropFirst(end + 4 + count - rest.startIndex)
        }
        return bytes
    }

    @Test("a large file is put in piece by piece and goes on where it was cut off")
    func pieces() throws {
        let (_, branch) = try TestNode.pair()
        let path = try branch.openTicket()
        let bytes = content(5 << 20, tag: 3)
        let hash = ContentHash(of: bytes).text
        #expect(try send(bytes, to: path + "/attachments?name=a.pdf", at: branch).status == 413)
        let upload = "/api/uploads/\(hash)"
        #expect(try branch.get(upload).json["from"] == 0)
        for start in stride(from: 0, to: bytes.count, by: 1 << 20) {
            #expect(try branch.get(upload).json["from"]?.intValue == start)
            let early = path + "/attachments?name=a.pdf&hash=\(hash)&size=\(bytes.count)"
            #expect(try send([], to: early, at: branch).status == 409)
            let piece = Array(bytes[start..<start + 1 << 20])
            let answer = try send(piece, to: upload + "?size=\(bytes.count)&at=\(start)", at: branch)
            #expect(answer.status == 200)
            #expect(answer.json["whole"]?.boolValue == (start + 1 << 20 == bytes.count))
        }
        let named = path + "/attachments?name=a.pdf&hash=\(hash)&size=\(bytes.count)"
        #expect(try send([], to: named, at: branch).status == 201)
        #expect(try plain(try branch.get(path + "/attachments/\(hash)")) == bytes)
    }

    @Test("what may not be attached is refused with its own status and says what may")
    func refusals() throws {
        let (_, branch) = try TestNode.pair()
        let path = try branch.openTicket() + "/attachments"
        func status(
            _ bytes: [UInt8] = [1], _ query: String = "?name=a.pdf", type: String = "application/pdf"
        ) throws -> Int {
            let answer = try send(bytes, to: path + query, at: branch, headers: [("Content-Type", type)])
            #expect(answer.isProblem)
            return answer.status
        }
        #expect(try status(type: "text/html") == 415)
        #expect(try status(type: "") == 415)
        #expect(try status([], "?name=a.pdf&hash=\(ContentHash(of: [1]).text)&size=0") == 413)
        let over = AttachmentLimits.bytesInFile + 1
        #expect(try status([], "?name=a.pdf&hash=\(ContentHash(of: [1]).text)&size=\(over)") == 413)
        #expect(try status([1], "") == 422)
        #expect(try status([1], "?name=a%2Fb.pdf") == 422)
        #expect(try status([], "?name=a.pdf&size=9") == 400)
        #expect(try status([1], "?name=a.pdf&hash=\(ContentHash(of: [2]).text)") == 400)
        #expect(try status([1], "?name=a.pdf&hash=zz") == 400)
        let wrong = try send([1], to: "/api/uploads/\(ContentHash(of: [2]).text)?size=1", at: branch)
        #expect(wrong.status == 422)
        #expect(try branch.get(path).json["attachments"]?.arrayValue?.isEmpty == true)
        #expect(try send([1], to: "/api/tickets/YC-00000000/attachments?name=a.pdf", at: branch).status == 404)
    }

    @Test("a repetition under the same key attaches once, and the same file twice is refused")
    func repetition() throws {
        let (_, branch) = try TestNode.pair()
        let path = try branch.openTicket() + "/attachments?name=a.pdf"
        let headers = [Self.pdf, ("Idempotency-Key", "k-1")]
        let first = try send([1, 2], to: path, at: branch, headers: headers)
        let second = try send([1, 2], to: path, at: branch, headers: headers)
        #expect([first.status, second.status] == [201, 200])
        #expect(second.headers["idempotency-replayed"] == "true")
        #expect(second.json["attachment"] == first.json["attachment"])
        #expect(
            try send([1, 2], to: path.replacing("a.pdf", with: "b.pdf"), at: branch, headers: headers).status == 422)
        #expect(try send([1, 2], to: path, at: branch).status == 409)
    }

    @Test("a file that the disk has let rot is not shown: the answer is cut off, and the next says where to get it")
    func rotten() throws {
        let (_, branch) = try TestNode.pair()
        let path = try branch.openTicket()
        let hash = ContentHash(of: content(200_000)).text
        _ = try send(content(200_000), to: path + "/attachments?name=a.pdf", at: branch)
        let database = try Database(path: branch.site.folder.database, mode: .readWriteCreate)
        try database.run("UPDATE chunk SET bytes = zeroblob(65536) WHERE place % 1024 = 1")
        database.close()
        let read = try branch.get(path + "/attachments/\(hash)", headers: [("Accept-Encoding", "identity")])
        #expect(try plain(read).count < 200_000)
        #expect(!read.text.hasSuffix("\r\n0\r\n\r\n"))
        try branch.write { _, _ in }
        #expect(try branch.get(path + "/attachments/\(hash)").status == 409)
        let incidents = try branch.site.read { try $0.incidents(limit: 9) }
        #expect(incidents.contains { $0.kind == "damage" && $0.text.contains(hash.prefix(12)) })
    }

    @Test("a file that is not here is not shown in part: the answer says where it is and how to ask for it")
    func notHere() throws {
        let (hub, branch) = try TestNode.pair()
        let path = try branch.openTicket()
        _ = try send(content(70_000), to: path + "/attachments?name=a.pdf", at: branch)
        try TestExchange(hub: hub, branch: branch).sync()
        let hash = ContentHash(of: content(70_000)).text
        let read = try hub.get(path + "/attachments/\(hash)")
        #expect(read.status == 409)
        #expect(read.isProblem)
        #expect(read.json["attachment"]?["place"] == "onlyAtAuthor")
        #expect(try send([], to: path + "/attachments/\(hash)/fetch", at: hub).status == 409)
        #expect(try send([], to: path + "/attachments/\(hash)/fetch", at: branch).status == 200)
        let other = ContentHash(of: [9]).text
        #expect(try hub.get(path + "/attachments/\(other)").status == 404)
        #expect(try send([], to: path + "/attachments/\(other)/fetch", at: branch).status == 404)
        #expect(try hub.get(path + "/attachments/nothing").status == 400)
    }

    @Test("the hub lists what exists at one place only, with its age; a branch sends whoever asks to the hub")
    func lonely() throws {
        let (hub, branch) = try TestNode.pair()
        let path = try branch.openTicket()
        _ = try send([4], to: path + "/attachments?name=a.pdf", at: branch)
        try TestExchange(hub: hub, branch: branch).sync()
        let listed = try hub.get("/api/attachments?place=one").json["attachments"]?.arrayValue ?? []
        #expect(listed.count == 1)
        #expect(listed.first?["place"] == "onlyAtAuthor")
        #expect(listed.first?["site"] == "nx-yinchuan")
        #expect(listed.first?["ageSeconds"]?.intValue != nil)
        #expect(try hub.get("/api/attachments?place=two").status == 400)
        #expect(try branch.get("/api/attachments?place=one").status == 409)
    }
}
