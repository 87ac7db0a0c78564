import HTTP
import Testing

@Suite("Problem responses")
struct ProblemTests {
    private func body(_ response: Response) -> String {
        if case .bytes(let bytes) = response.body { return String(decoding: bytes, as: UTF8.self) }
        return ""
    }

    @Test("the standard members come first, the others in the order given")
    func members() {
        let response = Response.problem(
            status: .preconditionFailed, title: "Changed meanwhile", detail: "Load it again.", type: "urn:x:stale",
            extra: [
                .init("field", "name"), .init("versions", .list([1, -2])), .init("again", true),
                .init("both", .object([.init("mine", "a"), .init("theirs", "b")])),
            ])
        #expect(response.status.code == 412)
        #expect(response.headers["content-type"] == "application/problem+json")
        #expect(
            body(response)
                == #"{"type":"urn:x:stale","title":"Changed meanwhile","status":412,"detail":"Load it again.","#
                + #""field":"name","versions":[1,-2],"again":true,"both":{"mine":"a","theirs":"b"}}"#)
    }

    @Test("text is escaped as JSON wants it")
    func escaping() {
        let response = Response.problem(status: .badRequest, detail: "a\"b\\c\n\u{1}中\u{7F}")
        #expect(body(response).contains(#""detail":"a\"b\\c\u000a\u0001中"# + "\u{7F}\""))
        #expect(body(response).contains(#""title":"Bad Request""#))
    }
}
