import HTTP
import Replication

/// Posts an event once. Redirects are not followed: they are no success.
struct CallbackLine {
    /// Bytes of an answer, which nobody reads.
    static let answerBytesMax = 64 * 1024

    /// What came of it.
    enum Outcome: Sendable {
        case answered(status: Int)
        /// It may have been heard, and no answer came in time.
        case unanswered(why: String)
        /// It cannot have been heard: nobody is there, or nobody that can be trusted.
        case unsent(why: String)

        var status: Int? {
            if case .answered(let status) = self { status } else { nil }
        }

        /// For a log.
        var text: String {
            switch self {
            case .answered(let status): "the answer was \(status)"
            case .unanswered(let why), .unsent(let why): why
            }
        }
    }

    let address: CallbackAddress
    let seconds: Double

    /// - Parameter more: headers beside the type of the body.
    func post(
        _ body: [UInt8], headers more: [String: String] = [:], completion: @escaping @Sendable (Outcome) -> Void
    ) {
        let headers = more.merging(["Content-Type": "application/json"]) { one, _ in one }
        let line: any HubLine =
            address.isSecure ? SecureLine(base: address.origin) : PlainLine(base: address.origin)
        line.post(address.target, headers: headers, body: body, seconds: seconds) { result in
            line.close()
            switch result {
            case .success(let reply): completion(.answered(status: reply.status))
            case .failure(let error):
                let failure = error as? NodeError
                let why = failure?.why ?? failure?.message ?? "no answer"
                completion(failure?.isUnsent == true ? .unsent(why: why) : .unanswered(why: why))
            }
        }
    }
}
