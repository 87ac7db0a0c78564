import Dispatch
import Foundation
import HTTP
import Replication
import Synchronization

/// The branch's way to its hub. Over plain HTTP it uses connections of our own, over HTTPS Foundation's URLSession.
public final class HubClient: Sendable {
    public struct Answer: Sendable {
        public let body: [UInt8]
        /// Steady clock at sending and receiving, in milliseconds.
        public let sent: Int64
        public let received: Int64
    }

    /// For a whole request and its answer.
    static func seconds(_ lane: ExchangeRequest.Lane) -> Double { Double(lane.deadlineMilliseconds()) / 1_000 }

    private let base: String
    private let credential: String
    private let line: any HubLine

    public init(hub: String, credential: String) {
        base = hub.hasSuffix("/") ? String(hub.dropLast()) : hub
        self.credential = credential
        line = base.hasPrefix("https:") ? SecureLine(base: base) : PlainLine(base: base)
    }

    public func close() { line.close() }

    func post(
        _ lane: ExchangeRequest.Lane, _ body: [UInt8],
        completion: @escaping @Sendable (Result<Answer, any Error>) -> Void
    ) {
        post(
            "/exchange/v1/\(lane)", body, type: "application/octet-stream", seconds: Self.seconds(lane),
            completion: completion)
    }

    func post(
        _ path: String, _ body: [UInt8], type: String, seconds: Double,
        completion: @escaping @Sendable (Result<Answer, any Error>) -> Void
    ) {
        let sent = SystemClock.steady()
        let base = base
        let headers = ["Content-Type": type, "Authorization": "Bearer \(credential)"]
        line.post(path, headers: headers, body: body, seconds: seconds) { result in
            completion(result.flatMap { Self.answer($0, base: base, sent: sent) })
        }
    }

    private static func answer(_ reply: HubReply, base: String, sent: Int64) -> Result<Answer, any Error> {
        if reply.status == 200 {
            return .success(Answer(body: reply.body, sent: sent, received: SystemClock.steady()))
        }
        let isRefusal = reply.status == 401 || reply.status == 403
        return .failure(
            NodeError(
                isRefusal ? .refused : .unreachable,
                "The hub at \(base) answered \(reply.status): \(detail(reply.body))", remedy: ""))
    }

    /// The `detail` of a problem document; a stranger's page is not quoted.
    private static func detail(_ body: [UInt8]) -> String {
        let text = String(decoding: body.prefix(4_096), as: UTF8.self)
        guard let range = text.range(of: "\"detail\":\""), let end = text[range.upperBound...].firstIndex(of: "\"")
        else {
            return "no reason given. Check that the address is the hub's."
        }
        return PlainText.line(String(text[range.upperBound..<end]))
    }

    /// What a branch says of a hub that cannot be reached.
    static func unreachable(_ base: String, _ why: String, isUnsent: Bool = false) -> NodeError {
        var error = NodeError(
            .unreachable, "The hub at \(base) does not answer (\(why)).",
            remedy: "Nothing is to be done: this site goes on working and tries again.")
        error.isUnsent = isUnsent
        error.why = why
        return error
    }
}

/// A status and a body from the hub.
struct HubReply: Sendable {
    let status: Int
    let body: [UInt8]
}

/// How bytes get to the hub and back.
protocol HubLine: Sendable {
    /// Posts once, within `seconds` for everything; redirects are not followed.
    func post(
        _ path: String, headers: [String: String], body: [UInt8], seconds: Double,
        completion: @escaping @Sendable (Result<HubReply, any Error>) -> Void)
    func close()
}
