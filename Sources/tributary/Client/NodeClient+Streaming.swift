import Dispatch
import HTTP
import Standards
import Synchronization

extension NodeClient {
    /// How long a node may be silent in the midst of a long answer.
    static let silenceSeconds = 60.0

    /// Reads an answer of any length, piece by piece.
    ///
    /// - Parameter take: called for each piece, one after the other; what it throws ends the call and is thrown.
    /// - Throws: also when the answer was cut off: what was taken before is not all there is.
    func stream(_ path: String, _ query: [Item], take: @escaping @Sendable ([UInt8]) throws -> Void) throws {
        let operation = "read \(path) at \(address.url)"
        let request = prepared(ClientRequest(.get, Self.target(path, query)))
        let delivery = Delivery()
        let failure = Mutex<(any Error)?>(nil)
        ClientCall.stream(
            request, to: address.socket, host: address.host, idleSeconds: Self.silenceSeconds,
            onBody: { piece in
                do {
                    try take(piece)
                    return true
                } catch {
                    failure.withLock { $0 = error }
                    return false
                }
            }, completion: delivery.put)
        let result = delivery.wait()
        if let error = failure.withLock({ $0 }) { throw error }
        switch result {
        case .failure(let error): throw Self.unreachable(error, operation)
        case .success(let response):
            let status = response.head.status.code
            guard (200...299).contains(status) else {
                let json = try? JSONValue(parsing: response.body, sizeLimit: ClientCall.refusalBytesMax)
                throw Problem(status: status, json: json).error(operation)
            }
        }
    }
}
