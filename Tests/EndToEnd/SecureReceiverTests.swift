import Foundation
import HTTP
import Hashing
import Standards
import Synchronization
import Testing

extension RealProcesses {
    @Suite(
        "Receivers over https",
        .enabled(if: SecureEnd.isPossible, "openssl or python3 is not on this machine, which make the receiver"))
    struct SecureReceiverTests {
        private static let secret = String(repeating: "0123456789abcdef", count: 2)

        /// A gateway, below `/notices`, and subscribers elsewhere.
        private final class Receiver: Sendable {
            private let requests = Mutex<[Request]>([])
            private let server = Mutex<Server?>(nil)

            func start() throws -> UInt16 {
                let server = Server { request, responder in
                    self.requests.withLock { $0.append(request) }
                    responder.send(Response(status: 204))
                }
                self.server.withLock { $0 = server }
                return try server.start()
            }

            func close() { server.withLock { $0 }?.shutdown(deadlineSeconds: 0) { _ in } }

            func heard(_ path: String) -> [Request] { requests.withLock { $0.filter { $0.path == path } } }

            var isUntouched: Bool { requests.withLock { $0.isEmpty } }
        }

        /// A province that owes its one customer one notice, and whose hub sends over https.
        /// - Parameter authority: whom the hub trusts; the machine's authorities when nil.
        private func withNotice(
            at gateway: String, subscribers: [String], trusting authority: String?,
            _ body: (_ province: TestProvince, _ subscriptions: [String]) throws -> Void
        ) throws {
            let standard = ProjectFiles.path("Topology/standards/province")
            try TestProvince.with(["yinchuan"], standard: standard) { province in
                let hub = province.hub
                if let authority {
                    try hub.kill()
                    try hub.start(trusting: authority)
                    try province.waitUntilLevel()
                }
                let file = province.scratch.file("gateway.secret")
                try Data((Self.secret + "\n").utf8).write(to: URL(fileURLWithPath: file))
                try Tool.done([
                    "notices", "settings", "--data", hub.folder, "--gateway", gateway, "--secret-file", file,
                ])
                let subscriptions = try subscribers.map { subscriber in
                    let body: JSONValue = ["@type": "Hub", "callback": .string(subscriber)]
                    return try hub.post("/tmf-api/troubleTicket/v5/hub", body).text("id")
                }
                let clerk = Counter("王芳", at: try province.branch("yinchuan"))
                let ticket = try clerk.open("complaint", ["subject=话费争议", "contactPhone=13900000001"])
                try clerk.take("accept", ticket)
                try body(province, subscriptions)
            }
        }

        /// The one notice there is, once it has come to a state after an attempt.
        private func notice(_ province: TestProvince, in state: String) throws -> JSONValue {
            var shown: JSONValue = .null
            try Moment.wait(for: "a notice that is \(state)") {
                let notices = try province.hub.get("/api/notices").list("notices")
                guard notices.count == 1 else { return false }
                shown = notices[0]
                return try shown.text("state") == state && shown.number("attempts") > 0
            }
            return shown
        }

        private func waitForLog(_ province: TestProvince, _ words: [String]) throws {
            try Moment.wait(for: "a line with \(words.joined(separator: ", "))") {
                Scratch.text(of: province.hub.logPath).split(separator: "\n").contains { line in
                    words.allSatisfy { line.contains($0) }
                }
            }
        }

        @Test(
            "who is trusted hears a signed notice once, and of tickets; nobody else hears by the same certificate",
            .enabled(if: PrivateTrust.isAllowed, "nobody may mount here, or ca-certificates is not installed"))
        func trusted() throws {
            let receiver = Receiver()
            let end = try SecureEnd(to: try receiver.start())
            defer {
                end.close()
                receiver.close()
            }
            // The certificate does not have the second one's name.
            let subscribers = [end.url("/events"), "https://127.0.0.1:\(end.port)/others"]
            try withNotice(
                at: end.url("/notices"), subscribers: subscribers, trusting: end.authority
            ) { province, subscriptions in
                let notice = try notice(province, in: "sent")
                #expect(try notice.number("attempts") == 1)
                try #require(receiver.heard("/notices").count == 1)
                let request = receiver.heard("/notices")[0]
                let json = try JSONValue(parsing: request.body, sizeLimit: 1 << 20)
                #expect(try json.text("to") == "13900000001" && json.text("step") == "accept")
                #expect(try request.headers["Idempotency-Key"] == json.text("key"))
                #expect(try isSigned(request))
                try Moment.wait(for: "the subscriber to hear") {
                    receiver.heard("/events").contains { request in
                        let event = try? JSONValue(parsing: request.body, sizeLimit: 1 << 20)
                        return event?["eventType"] == "TroubleTicketCreateEvent"
                    }
                }
                try waitForLog(province, ["events: subscription \(subscriptions[1]) ", "certificate"])
                #expect(receiver.heard("/others").isEmpty)
            }
        }

        private func isSigned(_ request: Request) throws -> Bool {
            let parts = try #require(request.headers["Tributary-Signature"]).split(separator: ",")
            try #require(parts.count == 2 && parts[0].hasPrefix("t=") && parts[1].hasPrefix("v1="))
            let code = HMACSHA256.authenticate(
                Array("\(parts[0].dropFirst(2)).".utf8) + request.body, key: Array(Self.secret.utf8))
            let digits = code.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
            return parts[1].dropFirst(3) == digits
        }

        @Test(
            "who is not trusted hears nothing: a notice stays queued though it must not go twice, and the log says why")
        func untrusted() throws {
            let receiver = Receiver()
            let end = try SecureEnd(to: try receiver.start())
            defer {
                end.close()
                receiver.close()
            }
            try withNotice(
                at: end.url("/notices"), subscribers: [end.url("/events")], trusting: nil
            ) { province, subscriptions in
                let notice = try notice(province, in: "queued")
                #expect(notice["reason"] == .null)
                try waitForLog(province, ["notices: notice ", "certificate"])
                try waitForLog(province, ["events: subscription \(subscriptions[0]) ", "certificate"])
                #expect(receiver.isUntouched)
            }
        }

        @Test(
            "a gateway that has the whole notice and hangs up leaves it to a person, and is not sent it again",
            .enabled(if: PrivateTrust.isAllowed, "nobody may mount here, or ca-certificates is not installed"))
        func hangsUp() throws {
            let end = try SecureEnd(to: SecureEnd.hangingUp)
            defer { end.close() }
            try withNotice(at: end.url("/notices"), subscribers: [], trusting: end.authority) { province, _ in
                let notice = try notice(province, in: "uncertain")
                #expect(try notice.number("attempts") == 1)
                #expect(notice["reason"] == "noAnswer")
            }
        }
    }
}
