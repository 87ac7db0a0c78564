import HTTP
import Testing

@Suite("Request target")
struct RequestTargetTests {
    private func target(_ text: String) throws -> RequestTarget {
        try RequestTarget(text.bytes, method: .get)
    }

    @Test("a path is decoded once")
    func once() throws {
        #expect(try target("/a%20b/%E4%B8%AD").segments == ["a b", "中"])
        #expect(try target("/%252e%252e").segments == ["%2e%2e"])
        #expect(try target("/a+b").segments == ["a+b"])
        #expect(try target("/a%2Fb/c").segments == ["a/b", "c"])
    }

    @Test("segments keep empty ones, and names that only look like dots")
    func segments() throws {
        #expect(try target("/").segments == [])
        #expect(try target("/a/").segments == ["a", ""])
        #expect(try target("//a").segments == ["", "a"])
        #expect(try target("/...").segments == ["..."])
        #expect(try target("/a..b").segments == ["a..b"])
    }

    @Test("query items keep order and repeats, with plus as a space")
    func query() throws {
        let query = try target("/?a=1&b&a=x+y%2B=z&&=").query
        #expect(query.map(\.name) == ["a", "b", "a", ""])
        #expect(query.map(\.value) == ["1", "", "x y+=z", ""])
        #expect(try target("/?a=1&a=2").queryValue("a") == "1")
        #expect(try target("/?a=1").queryValue("b") == nil)
        #expect(try target("/?a=..").queryValue("a") == "..")
    }

    @Test("the absolute form gives the same path and query")
    func absolute() throws {
        #expect(try target("HTTP://host:1/a?b=c") == target("/a?b=c"))
        #expect(try target("https://host") == target("/"))
        #expect(try target("http://host?b=c") == target("/?b=c"))
    }

    @Test("encoding and decoding are inverse for every kind of character")
    func roundTrip() {
        let text = "a b/中%+&=~é\u{1F600}"
        #expect(PercentCoding.decode(PercentCoding.encode(text).utf8) == text)
        #expect(PercentCoding.encode("a b/中") == "a%20b%2F%E4%B8%AD")
    }
}
