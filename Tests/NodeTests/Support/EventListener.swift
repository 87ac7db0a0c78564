import HTTP
import Standards
import Synchronization

/// A subscriber: keeps the events that it is sent, and answers with the statuses that it was told, then with 204.
final class EventListener: Sendable {
    private final class Kept: Sendable {
        let bodies = Mutex<[JSONValue]>([])
        let statuses: Mutex<[Int]>
        /// Of requests that are not answered.
        let responders = Mutex<[Responder]>([])

        init(_ statuses: [Int]) { self.statuses = Mutex(statuses) }
    }

    private let kept: Kept
    private let server: Server
    private let port: UInt16

    /// - Parameter answers: false for one that takes events and never says so.
    init(statuses: [Int] = [], answers: Bool = true) throws {
        let kept = Kept(statuses)
        self.kept = kept
        server = Server(
            handler: SingleHandler { request, responder in
                let json = (try? JSONValue(parsing: request.body, sizeLimit: 1 << 20)) ?? .null
                kept.bodies.withLock { $0.append(json) }
                guard answers else { return kept.responders.withLock { $0.append(responder) } }
                let status = kept.statuses.withLock { $0.isEmpty ? 204 : $0.removeFirst() }
                responder.send(Response(status: Status(status), headers: ["Location": "/elsewhere"]))
            })
        port = try server.start()
    }

    deinit { server.shutdown(deadlineSeconds: 0) { _ in } }

    var callback: String { "http://127.0.0.1:\(port)/listener" }

    /// In the order in which they came, repeats included.
    var bodies: [JSONValue] { kept.bodies.withLock { $0 } }

    var types: [String] { bodies.compactMap { $0["eventType"]?.stringValue } }

    /// Waits until so many have come.
    func wait(for count: Int) throws {
        let deadline = ContinuousClock.now + .seconds(30)
        while bodies.count < count {
            guard ContinuousClock.now < deadline else { throw RawClient.Failure(what: "only \(types) came") }
        }
    }
}
