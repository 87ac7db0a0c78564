import HTTP
import Testing

@Suite("What two readers could understand differently is refused")
struct SmugglingTests {
    static let headerBlocks: [(String, String, Int)] = [
        ("length and chunked together", "Content-Length: 3\r\nTransfer-Encoding: chunked", 400),
        ("chunked and length together", "Transfer-Encoding: chunked\r\nContent-Length: 3", 400),
        ("two differing lengths", "Content-Length: 3\r\nContent-Length: 4", 400),
        ("two equal lengths", "Content-Length: 3\r\ncontent-length: 3", 400),
        ("a list of lengths", "Content-Length: 3, 3", 400),
        ("a signed length", "Content-Length: +5", 400),
        ("a negative length", "Content-Length: -1", 400),
        ("a hexadecimal length", "Content-Length: 0x5", 400),
        ("an empty length", "Content-Length:", 400),
        ("a length with a space", "Content-Length: 1 2", 400),
        ("a length in other digits", "Content-Length: ٣", 400),
        ("a length above every integer", "Content-Length: 99999999999999999999", 400),
        ("a length just above the largest integer", "Content-Length: 9223372036854775808", 400),
        ("chunked not last", "Transfer-Encoding: chunked, gzip", 400),
        ("chunked twice", "Transfer-Encoding: chunked, chunked", 400),
        ("chunked twice over two fields", "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked", 400),
        ("an empty transfer coding", "Transfer-Encoding:", 400),
        ("a coding that only ends in chunked", "Transfer-Encoding: xchunked", 400),
        ("another coding before chunked", "Transfer-Encoding: gzip, chunked", 501),
        ("identity", "Transfer-Encoding: identity", 400),
        ("a folded line", "X: a\r\n b", 400),
        ("a folded line after a tab", "X: a\r\n\tb", 400),
        ("a space before the colon", "X : a", 400),
        ("a tab before the colon", "Content-Length\t: 3", 400),
        ("an empty name", ": a", 400),
        ("a line without a colon", "Host", 400),
        ("a name that is no token", "X(y): a", 400),
        ("a name beyond ASCII", "Hö: a", 400),
        ("a zero byte in a value", "X: a\0b", 400),
        ("a zero byte in a name", "X\0: a", 400),
        ("a delete character in a value", "X: a\u{7F}", 400),
        ("a bare line feed", "X: a\nY: b", 400),
        ("a bare carriage return", "X: a\rY: b", 400),
        ("a carriage return twice", "X: a\r\r\nY: b", 400),
        ("a second host", "Host: b", 400),
    ]

    @Test("in a header block", arguments: headerBlocks)
    func headerBlock(name: String, fields: String, status: Int) {
        let run = ParserRun("POST / HTTP/1.1\r\nHost: a\r\n\(fields)\r\n\r\nabc")
        #expect(run.refusal?.code == status, "\(name)")
        #expect(run.messages.isEmpty, "\(name)")
    }

    static let requestLines: [(String, Int)] = [
        ("GET / HTTP/1.1\nHost: a\n\n", 400), ("GET  / HTTP/1.1", 400), ("GET / HTTP/1.1 ", 400),
        (" GET / HTTP/1.1", 400), ("GET /a b HTTP/1.1", 400), ("GET / HTTP/2.0", 505), ("GET / HTTP/0.9", 505),
        ("GET / HTTP/1.2", 505), ("GET / HTTP/1.10", 400), ("GET / http/1.1", 400), ("GET / HTTP/+1.1", 400),
        ("GET / HTTP/1.1\r", 400), ("GET", 400), ("G@T / HTTP/1.1", 400), ("GET\t/\tHTTP/1.1", 400),
        ("GET /\0 HTTP/1.1", 400), ("GET /é HTTP/1.1", 400), ("GET /#top HTTP/1.1", 400), ("GET x HTTP/1.1", 400),
        ("GET * HTTP/1.1", 400), ("CONNECT a:443 HTTP/1.1", 400), ("GET ftp://a/ HTTP/1.1", 400),
        ("GET http:// HTTP/1.1", 400), ("GET http:///x HTTP/1.1", 400), ("GET /%zz HTTP/1.1", 400),
        ("GET /%4 HTTP/1.1", 400), ("GET /% HTTP/1.1", 400), ("GET /%00 HTTP/1.1", 400), ("GET /%0d%0a HTTP/1.1", 400),
        ("GET /%ff HTTP/1.1", 400), ("GET /.. HTTP/1.1", 400), ("GET /a/../b HTTP/1.1", 400),
        ("GET /a/%2e%2E/b HTTP/1.1", 400), ("GET /a/%2e%2e%2fb HTTP/1.1", 400), ("GET /a%2f..%2fb HTTP/1.1", 400),
        ("GET /a/..%5cb HTTP/1.1", 400), ("GET /./a HTTP/1.1", 400), ("GET /?a=%zz HTTP/1.1", 400),
        ("GET /?a=%00 HTTP/1.1", 400),
    ]

    @Test("in a request line", arguments: requestLines)
    func requestLine(line: String, status: Int) {
        let run = ParserRun("\(line)\r\nHost: a\r\n\r\n")
        #expect(run.refusal?.code == status)
        #expect(run.messages.isEmpty)
    }

    @Test("in the host of HTTP/1.1, which must be there once and be a host")
    func hosts() {
        #expect(ParserRun("GET / HTTP/1.1\r\n\r\n").refusal == .badRequest)
        #expect(ParserRun("GET / HTTP/1.1\r\nHost: a/b\r\n\r\n").refusal == .badRequest)
        #expect(ParserRun("GET / HTTP/1.1\r\nHost: a@b\r\n\r\n").refusal == .badRequest)
        #expect(ParserRun("GET / HTTP/1.0\r\nHost: a\r\nHost: a\r\n\r\n").refusal == .badRequest)
        #expect(ParserRun("GET / HTTP/1.0\r\n\r\n").isComplete)
        #expect(ParserRun("GET / HTTP/1.1\r\nHost:\r\n\r\n").isComplete)
        #expect(ParserRun("GET / HTTP/1.1\r\nHost: [::1]:8080\r\n\r\n").isComplete)
    }

    @Test("in HTTP/1.0, which has no transfer coding")
    func chunkedInOldVersion() {
        #expect(ParserRun("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n").refusal == .badRequest)
    }

    static let chunkedBodies: [(String, Int)] = [
        ("+5\r\nhello\r\n", 400), ("-5\r\nhello\r\n", 400), ("0x5\r\nhello\r\n", 400), ("5 \r\nhello\r\n", 400),
        (" 5\r\nhello\r\n", 400), ("\r\nhello\r\n", 400), (";x\r\n\r\n", 400), ("g\r\nhello\r\n", 400),
        ("5\nhello\r\n", 400), ("5\r\nhello\n", 400), ("5\r\nhelloo\r\n", 400), ("5\r\nhello0\r\n", 400),
        ("5;a\0b\r\nhello\r\n", 400), ("5;a\rb\r\nhello\r\n", 400), ("ffffffffffffffff\r\n", 400),
        ("8000000000000000\r\n", 400), ("7fffffffffffffff\r\n", 413), ("10000000000000005\r\nhello\r\n", 400),
        ("1\r\nx\r\n7fffffffffffffff\r\n", 413), ("0\r\nX : y\r\n\r\n", 400), ("0\r\n folded\r\n\r\n", 400),
        ("0\r\nX: a\nY: b\r\n\r\n", 400),
    ]

    @Test("in a chunked body", arguments: chunkedBodies)
    func chunkedBody(body: String, status: Int) {
        let run = ParserRun("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n\(body)")
        #expect(run.refusal?.code == status)
    }
}
