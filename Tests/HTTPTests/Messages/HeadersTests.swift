import HTTP
import Testing

@Suite("Headers")
struct HeadersTests {
    @Test("repeats are kept, names found whatever their case")
    func repeats() {
        var headers: Headers = ["Accept": "a", "X": "1", "accept": "b"]
        #expect(headers["ACCEPT"] == "a")
        #expect(headers.values("Accept") == ["a", "b"])
        #expect(headers.fields.map(\.name) == ["Accept", "X", "accept"])
        headers["Accept"] = "c"
        #expect(headers.values("accept") == ["c"])
        headers["x"] = nil
        #expect(!headers.contains("X"))
    }

    @Test("only ASCII case is disregarded, and lengths must agree")
    func otherCase() {
        let headers: Headers = ["X-A": "1"]
        #expect(headers["X-AB"] == nil)
        #expect(headers["X"] == nil)
        #expect(headers["X\u{2D}a"] == "1")
        #expect(Headers([.init(name: "[", value: "1")])["{"] == nil)
    }

    @Test("list tokens come from all repeats, lower-cased and without blanks")
    func tokens() {
        let headers: Headers = ["Connection": " Keep-Alive ,,\tX ", "connection": "CLOSE"]
        #expect(headers.listTokens("Connection") == ["keep-alive", "x", "close"])
    }

    @Test("values keep their bytes: UTF-8 as such, anything else as Latin-1")
    func bytes() throws {
        let fields = "X: 中\r\nY: ".bytes + [0xE9] + "\r\n\r\n".bytes
        let run = ParserRun(["GET / HTTP/1.1\r\nHost: a\r\n".bytes + fields])
        #expect(run.messages.first?.head.headers["X"] == "中")
        #expect(run.messages.first?.head.headers["Y"] == "é")
    }
}
