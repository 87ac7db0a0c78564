import HTTP
import Standards
import Synchronization

/// A gateway: keeps what it is sent with its headers, and answers with the statuses that it was told, then with 202.
final class GatewayDouble: Sendable {
    struct Heard: Sendable {
        let key: String
        let signature: String
        let body: [UInt8]

        var json: JSONValue { (try? JSONValue(parsing: body, sizeLimit: 1 << 20)) ?? .null }
    }

    private final class Kept: Sendable {
        let heard = Mutex<[Heard]>([])
        let statuses: Mutex<[Int]>

        init(_ statuses: [Int]) { self.statuses = Mutex(statuses) }
    }

    private let kept: Kept
    private let server: Server
    private let port: UInt16

    init(statuses: [Int] = []) throws {
        let kept = Kept(statuses)
        self.kept = kept
        server = Server(
            handler: SingleHandler { request, responder in
                let heard = Heard(
                    key: request.headers["Idempotency-Key"] ?? "",
                    signature: request.headers["Tributary-Signature"] ?? "",
                    body: request.body)
                kept.heard.withLock { $0.append(heard) }
                let status = kept.statuses.withLock { $0.isEmpty ? 202 : $0.removeFirst() }
                responder.send(Response(status: Status(status)))
            })
        port = try server.start()
    }

    deinit { server.shutdown(deadlineSeconds: 0) { _ in } }

    var url: String { "http://127.0.0.1:\(port)/notices" }

    var heard: [Heard] { kept.heard.withLock { $0 } }
}
