import HTTP
import Testing

@Suite("Parser limits, at their edges")
struct ParserLimitsTests {
    private func repeated(_ text: String, _ count: Int) -> String {
        String(repeating: text, count: count)
    }

    @Test("a request line of 8 KiB is taken, one byte more is 414, complete or not")
    func requestLine() {
        let limit = ParserLimits().startLineBytesMax
        #expect(limit == 8192)
        let line = "GET /" + repeated("x", limit - 14) + " HTTP/1.1"
        #expect(line.utf8.count == limit)
        #expect(ParserRun(line + "\r\nHost: a\r\n\r\n").isComplete)
        let longer = "GET /x" + line.dropFirst(5)
        #expect(ParserRun(longer + "\r\nHost: a\r\n\r\n").refusal == .uriTooLong)
        #expect(ParserRun(repeated("x", limit)).refusal == nil)
        #expect(ParserRun(repeated("x", limit + 1)).refusal == .uriTooLong)
    }

    @Test("a header block of 32 KiB is taken, one byte more is 431, complete or not")
    func headerBlock() {
        let limit = ParserLimits().headerBytesMax
        #expect(limit == 32 * 1024)
        let start = "GET / HTTP/1.1\r\n"
        let first = "Host: a\r\n"
        let filled = first + "X: " + repeated("y", limit - first.utf8.count - 5) + "\r\n"
        #expect(filled.utf8.count == limit)
        #expect(ParserRun(start + filled + "\r\n").isComplete)
        let longer = first + "XX" + filled.dropFirst(first.count + 1)
        #expect(longer.utf8.count == limit + 1)
        #expect(ParserRun(start + longer + "\r\n").refusal == .headerFieldsTooLarge)
        #expect(ParserRun(start + first + repeated("y", limit)).refusal == .headerFieldsTooLarge)
    }

    @Test("100 header fields are taken, 101 are 431")
    func fieldCount() {
        let start = "GET / HTTP/1.1\r\nHost: a\r\n"
        #expect(ParserRun(start + repeated("X: y\r\n", 99) + "\r\n").isComplete)
        #expect(ParserRun(start + repeated("X: y\r\n", 100) + "\r\n").refusal == .headerFieldsTooLarge)
    }

    @Test("a body at its limit is taken, one byte more is 413 before a byte of it is kept")
    func declaredBody() throws {
        for (length, isTaken) in [(10, true), (11, false)] {
            var parser = RequestParser()
            parser.append("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: \(length)\r\n\r\n01234567890".bytes)
            guard case .head = try parser.next() else { return #expect(Bool(false), "no head") }
            parser.limitBody(to: 10)
            if isTaken {
                #expect(try parser.next() == .body("0123456789".bytes))
            } else {
                #expect(throws: HTTPError.self) { try parser.next() }
            }
        }
    }

    @Test("a chunked body at its limit is taken, one byte more is 413")
    func chunkedBody() {
        var limits = ParserLimits()
        limits.bodyBytesMax = 10
        let start = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
        #expect(ParserRun(start + "5\r\n01234\r\n5\r\n56789\r\n0\r\n\r\n", limits: limits).isComplete)
        let run = ParserRun(start + "5\r\n01234\r\n6\r\n567890\r\n0\r\n\r\n", limits: limits)
        #expect(run.refusal == .contentTooLarge)
        #expect(run.messages.first?.body == "01234".bytes)
    }

    @Test("a chunk's size line and all extensions together are bounded")
    func chunkExtensions() {
        let limits = ParserLimits()
        let start = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
        let longest = "1;" + repeated("e", limits.chunkLineBytesMax - 2)
        #expect(ParserRun(start + longest + "\r\nx\r\n0\r\n\r\n").isComplete)
        #expect(ParserRun(start + longest + "e\r\nx\r\n0\r\n\r\n").refusal == .badRequest)
        let chunk = "1;" + repeated("e", 127) + "\r\nx\r\n"
        let most = limits.chunkExtensionBytesMax / 128
        #expect(ParserRun(start + repeated(chunk, most) + "0\r\n\r\n").isComplete)
        #expect(ParserRun(start + repeated(chunk, most) + "0;\r\n\r\n").refusal == .badRequest)
    }

    @Test("trailers are bounded in number and bytes")
    func trailers() {
        let limits = ParserLimits()
        let start = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n"
        #expect(ParserRun(start + repeated("X: y\r\n", limits.trailerFieldsMax) + "\r\n").isComplete)
        let many = repeated("X: y\r\n", limits.trailerFieldsMax + 1)
        #expect(ParserRun(start + many + "\r\n").refusal == .headerFieldsTooLarge)
        let filled = "X: " + repeated("y", limits.trailerBytesMax - 5) + "\r\n"
        #expect(ParserRun(start + filled + "\r\n").isComplete)
        #expect(ParserRun(start + "X" + filled + "\r\n").refusal == .headerFieldsTooLarge)
    }

    @Test("200 query items are taken, 201 are refused")
    func queryItems() {
        let items = repeated("a&", RequestTarget.queryItemsMax)
        #expect(ParserRun("GET /?\(items) HTTP/1.1\r\nHost: a\r\n\r\n").isComplete)
        #expect(ParserRun("GET /?\(items)a HTTP/1.1\r\nHost: a\r\n\r\n").refusal == .badRequest)
    }
}
