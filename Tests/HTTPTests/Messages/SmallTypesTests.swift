import HTTP
import Testing

@Suite("Dates, secrets, errors")
struct SmallTypesTests {
    @Test(
        "dates are written as RFC 9110 wants them",
        arguments: [
            (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"), (0, "Thu, 01 Jan 1970 00:00:00 GMT"),
            (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"), (1_709_164_799, "Wed, 28 Feb 2024 23:59:59 GMT"),
            (4_107_542_400, "Mon, 01 Mar 2100 00:00:00 GMT"), (-5, "Thu, 01 Jan 1970 00:00:00 GMT"),
        ] as [(Int64, String)])
    func dates(seconds: Int64, text: String) {
        #expect(HTTPDate.text(secondsSince1970: seconds) == text)
    }

    @Test("secrets are equal only if every byte is")
    func secrets() {
        #expect(constantTimeEquals("token", "token"))
        #expect(!constantTimeEquals("token", "tokem"))
        #expect(!constantTimeEquals("token", "Token"))
        #expect(!constantTimeEquals("token", "token "))
        #expect(!constantTimeEquals([], [0]))
        #expect(constantTimeEquals([UInt8](), []))
        #expect(!constantTimeEquals("\u{E9}", "e\u{301}"))
    }

    @Test("an error says on what, why and what to do, and not what was sent")
    func errors() throws {
        var parser = RequestParser()
        let error = #expect(throws: HTTPError.self) {
            try parser.feed("GET / HTTP/1.1\r\nHost: a\r\nX-Phone : 13900000000\r\n\r\n".bytes)
        }
        let text = try #require(error).description
        #expect(text.contains("header block") && text.contains("colon") && text.contains("Send name"))
        #expect(!text.contains("139") && !text.contains("X-Phone"))
        #expect(error?.isRecoverable == false)
    }
}
