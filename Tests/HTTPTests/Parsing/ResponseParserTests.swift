import HTTP
import Testing

@Suite("Response parser")
struct ResponseParserTests {
    static let fixtures = [
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nX: y\r\n\r\n",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n"
            + "HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n",
        "HTTP/1.1 200 \r\nContent-Length: 0\r\n\r\nHTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\nno",
        "HTTP/1.0 200 OK\r\n\r\nuntil the end",
    ]

    /// The heads' codes, all bodies joined, and whether it was refused or was cut.
    static func run(_ pieces: [[UInt8]]) -> [String] {
        var parser = ResponseParser()
        var result: [String] = []
        var body: [UInt8] = []
        do throws(HTTPError) {
            for piece in pieces {
                parser.append(piece)
                while let part = try parser.next() {
                    switch part {
                    case .head(let head): result.append("head \(head.status.code)")
                    case .body(let bytes): body += bytes
                    case .end(let trailers):
                        result.append("\(String(decoding: body, as: UTF8.self)) \(trailers.fields.count)")
                        body = []
                    }
                }
            }
            if try parser.finish() != nil { result.append(String(decoding: body, as: UTF8.self)) }
        } catch {
            result.append("refused \(error.kind)")
        }
        return result
    }

    @Test("a response means the same wherever its bytes are split", arguments: fixtures)
    func splitting(fixture: String) {
        let whole = Self.run([fixture.bytes])
        #expect(!whole.contains { $0.hasPrefix("refused") })
        for pieces in ParserRun.splits(of: fixture.bytes) {
            #expect(Self.run(pieces) == whole)
        }
    }

    @Test("bodies end by length, by chunks, by status or with the connection")
    func bodies() {
        #expect(Self.run([Self.fixtures[0].bytes]) == ["head 200", "hello 0"])
        #expect(Self.run([Self.fixtures[1].bytes]) == ["head 200", "hello 1"])
        #expect(Self.run([Self.fixtures[2].bytes]) == ["head 100", "head 204", " 0", "head 304", " 0"])
        #expect(Self.run([Self.fixtures[4].bytes]) == ["head 200", "until the end"])
    }

    @Test("the answer to HEAD has no body, whatever its length says")
    func head() throws {
        var parser = ResponseParser()
        parser.expectAnswer(to: .head)
        parser.append(Self.fixtures[0].bytes)
        guard case .head = try parser.next() else { return #expect(Bool(false), "no head") }
        #expect(try parser.next() == .end(trailers: [:]))
    }

    @Test("a response cut short is told from one that ended")
    func cut() {
        #expect(Self.run(["HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhel".bytes]).last == "refused disconnected")
        #expect(Self.run(["HTTP/1.1 2".bytes]).last == "refused disconnected")
        #expect(Self.run([]) == [])
    }

    @Test("a status line that is none is refused", arguments: ["HTTP/1.1 99 x", "HTTP/1.1 600 x", "HTTP/3 200 x", "x"])
    func statusLine(line: String) {
        #expect(Self.run(["\(line)\r\n\r\n".bytes]) == ["refused malformed-message"])
    }
}
