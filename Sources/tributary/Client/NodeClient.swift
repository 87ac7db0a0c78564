import Dispatch
import HTTP
import Standards
import Synchronization

/// Speaks with one node and waits for its answers.
///
/// Every call has a connection of its own and is sent once: nothing repeats a write behind the caller's back, and no
/// proxy or redirect is ever followed.
final class NodeClient: Sendable {
    /// A query's item.
    typealias Item = (name: String, value: String)

    /// How long one request may take, unless a caller says otherwise.
    static let deadlineSeconds = 30.0
    /// The largest answer that is taken, in bytes.
    static let answerBytesMax = 64 << 20

    /// What the tokens of `tributary token create` begin with.
    private static let systemTokenPrefix = "trb_"

    let address: NodeAddress
    private let actor: String

    /// - Parameter actor: who acts, as timelines will show it.
    init(_ address: NodeAddress, actor: String) {
        self.address = address
        self.actor = actor
    }

    /// Reads something.
    func get(_ path: String, _ query: [Item] = [], deadlineSeconds: Double = deadlineSeconds) throws -> NodeAnswer {
        try call(ClientRequest(.get, Self.target(path, query)), path, deadlineSeconds)
    }

    static func target(_ path: String, _ query: [Item]) -> String {
        let items = query.map { "\(PercentCoding.encode($0.name))=\(PercentCoding.encode($0.value))" }
        return path + (items.isEmpty ? "" : "?" + items.joined(separator: "&"))
    }

    /// Writes something.
    ///
    /// - Parameter key: makes a repetition harmless: the node answers the second call like the first.
    func post(
        _ path: String, _ body: JSONValue? = nil, key: String? = nil, match etag: String? = nil,
        deadlineSeconds: Double = deadlineSeconds
    ) throws -> NodeAnswer {
        var request = ClientRequest(.post, path, body: body?.bytes() ?? [])
        if body != nil { request.headers["Content-Type"] = "application/json" }
        request.headers["Idempotency-Key"] = key
        request.headers["If-Match"] = etag
        return try call(request, path, deadlineSeconds)
    }

    /// Removes something.
    func delete(_ path: String) throws -> NodeAnswer {
        try call(ClientRequest(.delete, path), path, Self.deadlineSeconds)
    }

    /// A path's segment, encoded.
    static func segment(_ text: String) -> String { PercentCoding.encode(text) }

    func call(_ request: ClientRequest, _ path: String, _ deadlineSeconds: Double) throws -> NodeAnswer {
        let operation = "\(request.method == .get ? "read" : "write") \(path) at \(address.url)"
        let response: ClientResponse
        switch send(prepared(request), deadlineSeconds) {
        case .success(let answer): response = answer
        case .failure(let error): throw Self.unreachable(error, operation)
        }
        let status = response.head.status.code
        let json =
            response.body.isEmpty
            ? JSONValue.null : try? JSONValue(parsing: response.body, sizeLimit: Self.answerBytesMax)
        guard (200...299).contains(status) else { throw Problem(status: status, json: json).error(operation) }
        guard let json else {
            throw CommandError(
                .unreachable, operation, reason: "what answers there does not speak JSON",
                remedy: "see that the address is that of a node")
        }
        return NodeAnswer(status: status, json: json, headers: response.head.headers)
    }

    /// The request with who asks and the token.
    func prepared(_ request: ClientRequest) -> ClientRequest {
        var request = request
        request.headers["Authorization"] = "Bearer \(address.token)"
        // A token of another system acts under its own name.
        if !address.token.hasPrefix(Self.systemTokenPrefix) {
            request.headers["Tributary-Actor"] = PercentCoding.encode(actor)
        }
        return request
    }

    private func send(_ request: ClientRequest, _ deadlineSeconds: Double) -> Result<ClientResponse, HTTPError> {
        let delivery = Delivery()
        ClientCall.send(
            request, to: address.socket, host: address.host, bodyBytesMax: Self.answerBytesMax,
            deadlineSeconds: deadlineSeconds, completion: delivery.put)
        return delivery.wait()
    }

    static func unreachable(_ error: HTTPError, _ operation: String) -> CommandError {
        let reason =
            switch error.kind {
            case .deadlinePassed: "it did not answer in time"
            case .disconnected: "the connection was lost"
            case .system: "nothing answers there"
            case .limitExceeded: "its answer is longer than \(answerBytesMax) bytes"
            default: "what answers there does not speak HTTP"
            }
        return CommandError(
            .unreachable, operation, reason: reason,
            remedy: "see that the node runs and the address is its own, then try again")
    }

    /// Hands the answer from the call's queue to the caller who waits.
    final class Delivery: Sendable {
        private let result = Mutex<Result<ClientResponse, HTTPError>?>(nil)
        private let arrived = DispatchSemaphore(value: 0)

        @Sendable func put(_ result: Result<ClientResponse, HTTPError>) {
            self.result.withLock { $0 = result }
            arrived.signal()
        }

        func wait() -> Result<ClientResponse, HTTPError> {
            arrived.wait()
            guard let result = result.withLock({ $0 }) else {
                preconditionFailure("a delivery is put before it arrives")
            }
            return result
        }
    }
}
