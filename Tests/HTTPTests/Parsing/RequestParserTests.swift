import HTTP
import Testing

@Suite("Request parser")
struct RequestParserTests {
    static let fixtures = [
        "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
        "\r\nGET /x?a=1&b=%E4%B8%AD HTTP/1.0\r\n\r\n",
        "POST /api HTTP/1.1\r\nHost: a:80\r\nContent-Length: 5\r\n\r\nhello",
        "POST /api HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: Chunked\r\n\r\n"
            + "5;x=y\r\nhello\r\n0A\r\n0123456789\r\n0\r\n\r\n",
        "POST /t HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\nDigest: abc\r\nX: y\r\n\r\n",
        "GET /1 HTTP/1.1\r\nHost: a\r\n\r\nPOST /2 HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi"
            + "GET /3 HTTP/1.1\r\nHost: a\r\nX:\r\nX: \t b c \t\r\n\r\n",
        "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET http://a.example:80/p/q?r HTTP/1.1\r\nHost: a.example:80\r\n\r\n",
    ]

    static let refusals: [(String, Int)] = [
        ("GET / HTTP/2.0\r\nHost: a\r\n\r\n", 505),
        ("GET /\r\n\r\n", 400),
        ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", 400),
        ("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabcd\r\n", 400),
    ]

    @Test("a request means the same wherever its bytes are split", arguments: fixtures)
    func splitting(fixture: String) {
        let whole = ParserRun(fixture)
        #expect(whole.isComplete)
        for pieces in ParserRun.splits(of: fixture.bytes) {
            #expect(ParserRun(pieces) == whole, "split \(pieces.map(\.count))")
        }
    }

    @Test("a request is refused alike wherever its bytes are split", arguments: refusals)
    func splittingRefusals(fixture: String, status: Int) {
        for pieces in ParserRun.splits(of: fixture.bytes) {
            #expect(ParserRun(pieces).refusal?.code == status, "split \(pieces.map(\.count))")
        }
    }

    @Test("three pipelined requests come out in order, with their bodies and repeated headers")
    func pipelined() throws {
        let run = ParserRun(Self.fixtures[5])
        #expect(run.messages.map(\.head.target.path) == ["/1", "/2", "/3"])
        #expect(run.messages[1].body == "hi".bytes)
        #expect(run.messages[2].head.headers.values("x") == ["", "b c"])
    }

    @Test("chunks are joined and trailers kept apart from the headers")
    func chunks() {
        #expect(ParserRun(Self.fixtures[3]).messages.first?.body == "hello0123456789".bytes)
        let message = ParserRun(Self.fixtures[4]).messages.first
        #expect(message?.trailers == ["Digest": "abc", "X": "y"])
        #expect(message?.head.headers.contains("Digest") == false)
    }

    @Test("parts found before a refusal are returned, and the refusal by the next call")
    func feed() throws {
        var parser = RequestParser()
        let parts = try parser.feed("GET / HTTP/1.1\r\nHost: a\r\n\r\nBAD\r\n".bytes)
        #expect(parts.count == 2)
        #expect(throws: HTTPError.self) { try parser.feed([]) }
        #expect(throws: HTTPError.self) { try parser.feed("GET / HTTP/1.1\r\nHost: a\r\n\r\n".bytes) }
    }

    @Test("one empty line before a request is passed over, a second is refused")
    func emptyLines() {
        #expect(ParserRun("\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n").isComplete)
        #expect(ParserRun("\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n").refusal == .badRequest)
    }

    @Test("a parser knows whether it stands between requests")
    func between() throws {
        var parser = RequestParser()
        #expect(parser.isBetweenRequests)
        _ = try parser.feed("G".bytes)
        #expect(!parser.isBetweenRequests)
        _ = try parser.feed("ET / HTTP/1.1\r\nHost: a\r\n".bytes)
        #expect(!parser.isBetweenRequests)
        _ = try parser.feed("\r\n".bytes)
        #expect(parser.isBetweenRequests)
    }

    @Test("keep-alive follows version and a case-insensitive token list")
    func keepAlive() {
        func keeps(_ line: String, _ fields: String = "") -> Bool? {
            ParserRun("\(line)\r\nHost: a\r\n\(fields)\r\n").messages.first?.head.keepsAlive
        }
        #expect(keeps("GET / HTTP/1.1") == true)
        #expect(keeps("GET / HTTP/1.1", "Connection: x, CLOSE\r\n") == false)
        #expect(keeps("GET / HTTP/1.1", "Connection: x\r\nconnection: Close\r\n") == false)
        #expect(keeps("GET / HTTP/1.0") == false)
        #expect(keeps("GET / HTTP/1.0", "Connection: Keep-Alive\r\n") == true)
    }
}
