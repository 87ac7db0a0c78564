import Foundation
import Standards
import Testing

extension RealProcesses {
    @Suite("Strangers at a clerk's node")
    struct StrangerTests {
        private static let secret = "马建国的电话是十三九九五"

        /// After each attack another client is answered, the node is whole, and nothing of a customer's is in its log.
        private func expectWell(_ node: TestNode, _ what: String) throws {
            let id = try node.open("之后 \(what)")
            #expect(try node.holds(id), "\(what)")
            #expect(try node.get("/api/verify")["clean"] == true, "\(what)")
            #expect(!Scratch.text(of: node.logPath).contains(Self.secret), "\(what)")
            #expect(try node.figures().peakMiB() < Hostility.peakMiBMax, "\(what)")
        }

        @Test("a body of 100 MB is refused before it has come, whether it says its length or not")
        func largeBody() throws {
            try TestProvince.with(["yinchuan"]) { province in
                let node = try province.branch("yinchuan")
                let ticket = try node.open("附件")
                let size = 100 << 20
                let piece = Array(String(repeating: Self.secret, count: 2_000).utf8)
                for path in [
                    "/api/tickets", "/api/tickets/\(ticket)/actions", "/api/session", "/api/imports",
                    "/api/tickets/\(ticket)/attachments?name=a.bin", "/tmf-api/troubleTicket/v5/troubleTicket",
                    "/exchange/v1/push",
                ] {
                    for isChunked in [false, true] {
                        let length = isChunked ? "Transfer-Encoding: chunked" : "Content-Length: \(size)"
                        let head = """
                            POST \(path) HTTP/1.1\r\nHost: hub\r\nAuthorization: Bearer \(node.token)\r
                            Content-Type: application/json\r\n\(length)\r\n\r\n
                            """
                        let connection = try #require(RawConnection(port: node.client.port))
                        connection.send(head)
                        var (sent, said) = (0, [UInt8]())
                        while sent < size {
                            let frame = isChunked ? Array("\(String(piece.count, radix: 16))\r\n".utf8) : []
                            guard connection.send(frame + piece + (isChunked ? [0x0D, 0x0A] : [])) else { break }
                            sent += piece.count
                            said += connection.receiveNow() ?? []
                            if !said.isEmpty { break }
                        }
                        try Moment.wait(for: "an answer of \(path)") {
                            said += connection.receiveNow() ?? []
                            return !said.isEmpty
                        }
                        let status = String(decoding: said.prefix(12), as: UTF8.self)
                        #expect(["413", "401", "404", "403", "415"].contains(status.suffix(3)), "\(path): \(status)")
                        #expect(sent < size / 4, "\(path) took \(sent) bytes")
                        connection.end()
                    }
                }
                try expectWell(node, "100 MB")
            }
        }

        @Test("a path that climbs leads nowhere, however it is written")
        func climbing() throws {
            try TestProvince.with(["yinchuan"]) { province in
                let node = try province.branch("yinchuan")
                let places = [
                    "/assets/../../etc/passwd", "/assets/..%2f..%2fetc%2fpasswd", "/assets/%2e%2e/%2e%2e/etc/passwd",
                    "/assets/..%252f..%252fetc/passwd", "/assets/....//....//etc/passwd", "/assets/..\\..\\etc\\passwd",
                    "/assets/%c0%ae%c0%ae/etc/passwd", "/assets//etc/passwd", "/assets/%2fetc%2fpasswd",
                    "/assets/app.js%00.css", "/assets/app.js/..;/token", "//assets/../token", "/../token", "/token",
                    "/assets/token", "/assets/..%2ftoken", "/tickets/..%2f..%2ftoken", "/api/../token",
                    "/assets/index.html/../../node.json", "/assets/%u002e%u002e/token",
                    "/assets/\u{FF0E}\u{FF0E}/token",
                ]
                let token = node.token
                for place in places {
                    let answer = try node.client.send("GET", place)
                    let isPage = answer.headers["content-type"]?.hasPrefix("text/html") == true
                    #expect([400, 401, 404].contains(answer.status) || isPage, "\(place): \(answer.status)")
                    #expect(!answer.text.contains(token) && !answer.text.contains("root:"), "\(place)")
                }
                // A name of a file is what the client says; it never becomes a path.
                let ticket = try node.open("附件")
                let name = "..%2f..%2f..%2f..%2ftmp%2fclimbed.txt"
                let put = try node.client.send(
                    "POST", "/api/tickets/\(ticket)/attachments?name=\(name)",
                    headers: [("Authorization", "Bearer \(token)"), ("Content-Type", "text/plain")], body: [0x61])
                #expect(put.status < 500, "\(put.text)")
                #expect(!FileManager.default.fileExists(atPath: "/tmp/climbed.txt"))
                try expectWell(node, "climbing")
            }
        }

        @Test("another site's page can make a browser send the cookie, and nothing comes of it")
        func crossSite() throws {
            try TestProvince.with(["yinchuan"]) { province in
                let node = try province.branch("yinchuan")
                let visitor = try Visitor(at: node, as: "站长", password: "一个很长的密码 of words")
                let form: JSONValue = ["type": "complaint", "fields": ["subject": .string(Self.secret)]]
                let good = [("Tributary-CSRF", visitor.csrf), ("Content-Type", "application/json")]
                let before = try node.tickets().count
                let other = String(visitor.csrf.reversed())
                let cases: [(what: String, headers: [(String, String)])] = [
                    ("no mark", [("Content-Type", "application/json")]),
                    ("an empty mark", [("Tributary-CSRF", "")]),
                    ("another mark", [("Tributary-CSRF", other)]),
                    ("two marks", [("Tributary-CSRF", other), ("Tributary-CSRF", visitor.csrf)]),
                    ("another site, by its own word", good + [("Sec-Fetch-Site", "cross-site")]),
                    ("a neighbour", good + [("Sec-Fetch-Site", "same-site")]),
                    ("another origin", good + [("Origin", "https://evil.example")]),
                    ("no origin", good + [("Origin", "null")]),
                    ("an origin that begins alike", good + [("Origin", node.url + ".evil.example")]),
                    ("a form", [("Content-Type", "application/x-www-form-urlencoded")]),
                    ("a form in parts", [("Content-Type", "multipart/form-data; boundary=x")]),
                    ("plain text", [("Content-Type", "text/plain")]),
                ]
                for (what, headers) in cases {
                    for path in ["/api/tickets", "/api/accounts", "/api/imports"] {
                        let answer = try visitor.send("POST", path, form.bytes(), headers: headers)
                        #expect([400, 403, 404].contains(answer.status), "\(what) at \(path): \(answer.status)")
                        #expect(!answer.text.contains(Self.secret), "\(what)")
                    }
                }
                for (what, headers) in cases.dropFirst(4).prefix(5) {
                    let body: JSONValue = ["name": "站长", "password": "一个很长的密码 of words"]
                    let answer = try node.client.send("POST", "/api/session", headers: headers, body: body.bytes())
                    #expect(answer.status == 403, "signing in, \(what): \(answer.status)")
                }
                #expect(try node.tickets().count == before)
                // What the node's own page sends is taken, so that the refusals above are of what was wrong in them.
                let own = good + [("Sec-Fetch-Site", "same-origin"), ("Origin", node.url)]
                #expect(try visitor.send("POST", "/api/tickets", form.bytes(), headers: own).status == 201)
                try expectWell(node, "cross-site posts")
            }
        }

        @Test("streams of events above the limit are refused with 503, and the rest of the node does not notice")
        func manyStreams() throws {
            try TestProvince.with(["yinchuan"]) { province in
                let node = try province.branch("yinchuan")
                let before = try node.figures().descriptors()
                let head = "GET /api/events HTTP/1.1\r\nHost: hub\r\nAuthorization: Bearer \(node.token)\r\n\r\n"
                var (statuses, held): ([String: Int], [RawConnection]) = ([:], [])
                for number in 0..<2_000 {
                    guard let connection = RawConnection(port: node.client.port, from: UInt32(2 + number % 200)) else {
                        continue
                    }
                    connection.send(head)
                    held.append(connection)
                }
                #expect(held.count == 2_000)
                var said = [Int: [UInt8]]()
                try Moment.wait(for: "each stream to begin, to be refused or to be cut") {
                    for (number, connection) in held.enumerated() where said[number]?.count ?? 0 < 12 {
                        guard let bytes = connection.receiveNow() else {
                            said[number] = Array("closed......".utf8)
                            continue
                        }
                        said[number, default: []] += bytes
                    }
                    return (0..<held.count).allSatisfy { said[$0]?.count ?? 0 >= 12 }
                }
                for bytes in said.values {
                    statuses[String(decoding: bytes.prefix(12).suffix(3), as: UTF8.self), default: 0] += 1
                }
                print("2,000 streams: \(statuses.sorted { $0.key < $1.key })")
                let open = statuses["200"] ?? 0
                #expect(open > 0 && open <= 256, "\(statuses)")
                #expect((statuses["503"] ?? 0) > 0, "\(statuses)")
                #expect(Set(statuses.keys).isSubset(of: ["200", "503", "429", "..."]), "\(statuses)")
                try expectWell(node, "two thousand streams")
                for connection in held { connection.end() }
                try Moment.wait(for: "the descriptors to be closed") {
                    try node.figures().descriptors() <= before + 16
                }
                _ = try EventTap(node)
            }
        }

        @Test("a body that drips and a reader who does not read are cut or wait alone")
        func slowClients() throws {
            try TestProvince.with(["yinchuan"]) { province in
                let node = try province.branch("yinchuan")
                for number in 0..<40 { try node.open("长列表 \(number)") }
                let bearer = "Host: hub\r\nAuthorization: Bearer \(node.token)\r\n"
                let dripping = (0..<50).compactMap { _ in RawConnection(port: node.client.port, from: 2) }
                for connection in dripping {
                    connection.send("POST /api/tickets HTTP/1.1\r\n\(bearer)Content-Length: 100000\r\n\r\n{")
                }
                let list = String(repeating: "GET /api/tickets?limit=500 HTTP/1.1\r\n\(bearer)\r\n", count: 200)
                let deaf = (0..<20).compactMap { _ in RawConnection(port: node.client.port, from: 3) }
                for connection in deaf { connection.send(list) }
                let streams = (0..<10).compactMap { _ in RawConnection(port: node.client.port, from: 4) }
                for connection in streams { connection.send("GET /api/events HTTP/1.1\r\n\(bearer)\r\n") }
                let attack = Attack(threads: 1) { _ in
                    for connection in dripping { connection.send(" ") }
                    Moment.pause(milliseconds: 50)
                }
                for number in 0..<20 {
                    let id = try node.open("其间 \(number)")
                    try node.note(id, Self.secret)
                    #expect(try node.notes(of: id) == [Self.secret])
                }
                try attack.end()
                try expectWell(node, "slow clients")
                for connection in dripping + deaf + streams { connection.end() }
            }
        }

        @Test(
            "half a character is no JSON wherever it stands, and a NUL is no text, and both are told without the text")
        func halfCharacters() throws {
            try TestProvince.with(["yinchuan"]) { province in
                let node = try province.branch("yinchuan")
                let id = try node.open("完整")
                let changes = try node.status().number("changes")
                for part in ["\\ud800", "\\udc00", "\\ud800\\ud800", "\\udfff\\ud800", "\\u0000", "\\uD83D x"] {
                    let text = "\(Self.secret)\(part)"
                    for (path, body) in [
                        ("/api/tickets", #"{"type":"complaint","fields":{"subject":"\#(text)"}}"#),
                        (
                            "/api/tickets",
                            #"{"type":"complaint","fields":{"subject":"a"},"customer":{"name":"\#(text)"}}"#
                        ),
                        ("/api/tickets/\(id)/actions", #"{"action":"note","text":"\#(text)","visibility":"internal"}"#),
                        ("/api/tickets/\(id)/actions", #"{"action":"assign","fields":{"address":"\#(text)"}}"#),
                    ] {
                        let answer = try node.client.send(
                            "POST", path, headers: [("Authorization", "Bearer \(node.token)")], body: Array(body.utf8))
                        #expect([400, 422].contains(answer.status), "\(part) at \(path): \(answer.status)")
                        #expect(!answer.text.contains(Self.secret), "\(part) at \(path)")
                    }
                }
                #expect(try node.status().number("changes") == changes)
                try expectWell(node, "half characters")
            }
        }
    }
}
