import HTTP
import Replication

/// Posts an event once. Redirects are not followed: they are no success.
struct CallbackLine {
    /// Bytes of an answer, which nobody reads.
    static let answerBytesMax = 64 * 1024

    let address: CallbackAddress
    let seconds: Double

    /// - Parameters:
    ///   - more: headers beside the type of the body.
    ///   - completion: the status of the answer; nil where there was none in time.
    func post(
        _ body: [UInt8], headers more: [String: String] = [:], completion: @escaping @Sendable (Int?) -> Void
    ) {
        let headers = more.merging(["Content-Type": "application/json"]) { one, _ in one }
        let line: any HubLine =
            address.isSecure ? SecureLine(base: address.origin) : PlainLine(base: address.origin)
        line.post(address.target, headers: headers, body: body, seconds: seconds) { result in
            line.close()
            completion(try? result.get().status)
        }
    }
}
