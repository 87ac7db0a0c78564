import Foundation
import HTTP
import Standards
import Testing

@testable import tributary

/// What a client sends, and what it makes of the answers.
@Suite struct NodeClientTests {
    private func failure(_ node: FakeNode, deadlineSeconds: Double = 5) throws -> CommandError? {
        let client = try node.client()
        return #expect(throws: CommandError.self) {
            try client.get("/api/status", deadlineSeconds: deadlineSeconds)
        }
    }

    @Test("a call carries the token, the actor in percent coding, the key, the version and the body")
    func request() throws {
        let node = try FakeNode { _, _ in
            var response = Response.json(Array(#"{"ticket":{"id":"1"}}"#.utf8), status: .created)
            response.headers["ETag"] = "\"a-1\""
            return response
        }
        defer { node.stop() }
        let answer = try node.client().post("/api/tickets", ["type": "fault"], key: "k1", match: "\"a-0\"")
        #expect(answer.status == 201)
        #expect(answer.etag == "\"a-1\"")
        #expect(!answer.isReplayed)
        let asked = try #require(node.asked.first)
        #expect(asked.method == "POST")
        #expect(asked.path == "/api/tickets")
        #expect(asked.headers["Authorization"] == "Bearer secret")
        #expect(asked.headers["Tributary-Actor"]?.removingPercentEncoding == "王芳")
        #expect(asked.headers["Idempotency-Key"] == "k1")
        #expect(asked.headers["If-Match"] == "\"a-0\"")
        #expect(asked.body == ["type": "fault"])
    }

    @Test("a refusal becomes an error with what to do, every finding, and exit code 4")
    func problem() throws {
        let node = try FakeNode { _, _ in
            .problem(
                status: .unprocessableContent, title: "Form not right", detail: "The form is not right. Correct it.",
                extra: [
                    .init(
                        "errors",
                        .list([
                            .object([
                                .init("field", .text("subject")), .init("problem", .text("is required")),
                            ])
                        ]))
                ])
        }
        defer { node.stop() }
        let error = try failure(node)
        #expect(error?.exitCode == .refused)
        #expect(error?.status == 422)
        #expect(error?.isRecoverable == false)
        #expect(error?.description.contains("422 Form not right") == true)
        #expect(error?.remedy.contains("Correct it") == true)
        #expect(error?.details == ["field subject: is required"])
    }

    @Test("a refusal that is no problem document is still told")
    func plainRefusal() throws {
        let node = try FakeNode { _, _ in .text("no", status: .forbidden) }
        defer { node.stop() }
        let error = try failure(node)
        #expect(error?.exitCode == .refused)
        #expect(error?.status == 403)
    }

    @Test("a changed ticket is told with what was shown, what is there and what was wanted")
    func changed() {
        let problem = Problem(
            status: 412,
            json: [
                "title": "Changed", "detail": "It has changed.",
                "changed": [["subject": "field", "field": "area", "shown": "a", "current": "b", "wanted": "c"]],
            ])
        #expect(problem.findings == ["area: shown a, current b, wanted c"])
    }

    @Test("a redirect is not followed")
    func redirect() throws {
        let node = try FakeNode { asked, _ in
            Response(status: .seeOther, headers: ["Location": asked.path + "/elsewhere"])
        }
        defer { node.stop() }
        #expect(try failure(node)?.status == 303)
        #expect(node.asked.count == 1)
    }

    @Test("what answers without JSON, or not at all, counts as not reached: exit code 3")
    func unreachable() throws {
        let node = try FakeNode { _, _ in .text("hello") }
        #expect(try failure(node)?.exitCode == .unreachable)
        node.stop()
        let client = NodeClient(try NodeAddress("http://127.0.0.1:1", token: "t"), actor: "a")
        let error = #expect(throws: CommandError.self) { try client.get("/api/status") }
        #expect(error?.exitCode == .unreachable)
        #expect(error?.isRecoverable == true)
    }

    @Test("a node that never answers is given up at the deadline")
    func deadline() throws {
        let held = ResponderShelf()
        let server = Server { _, responder in held.keep(responder) }
        let port = try server.start()
        defer { server.shutdown(deadlineSeconds: 0) { _ in } }
        let client = NodeClient(try NodeAddress("http://127.0.0.1:\(port)", token: "t"), actor: "a")
        let error = #expect(throws: CommandError.self) { try client.get("/healthz", deadlineSeconds: 0.3) }
        #expect(error?.exitCode == .unreachable)
        #expect(error?.reason.contains("did not answer in time") == true)
    }

    @Test("addresses that are none, and tokens with blanks, are refused before anything is sent")
    func addresses() {
        for text in ["127.0.0.1:7071", "ftp://127.0.0.1", "http://", "http://127.0.0.1/?q=1", "http://127.0.0.1:70000"]
        {
            #expect(throws: CommandError.self, "\(text)") { try NodeAddress(text, token: "t") }
        }
        for token in ["a b", "", "a\r\nX: y"] {
            #expect(throws: CommandError.self, "\(token)") { try NodeAddress("http://127.0.0.1:1", token: token) }
        }
        #expect((try? NodeAddress("http://localhost:7071/", token: "t"))?.url == "http://localhost:7071")
    }
}
