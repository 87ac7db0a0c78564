import Dispatch
import Foundation
import FoundationNetworking
import Glibc
import Replication
import Synchronization

/// The branch's way to its hub: Foundation's URLSession with redirects refused and a total deadline, since its own
/// timer only counts idle time.
public final class HubClient: Sendable {
    public struct Answer: Sendable {
        public let body: [UInt8]
        /// Steady clock at sending and receiving, in milliseconds.
        public let sent: Int64
        public let received: Int64
    }

    /// Seconds for a whole request and its answer; a poll is held for 20 of them.
    public static let pollSecondsMax = 45.0
    public static let pushSecondsMax = 60.0
    public static let helloSecondsMax = 15.0

    private let base: String
    private let credential: String
    private let session: URLSession
    private let queue = DispatchQueue(label: "tributary.hub-client")

    public init(hub: String, credential: String) {
        // Foundation would send even a call to this machine through a proxy named in the environment.
        for name in ["http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"] {
            unsetenv(name)
        }
        base = hub.hasSuffix("/") ? String(hub.dropLast()) : hub
        self.credential = credential
        let configuration = URLSessionConfiguration.ephemeral
        configuration.httpMaximumConnectionsPerHost = 3
        configuration.timeoutIntervalForRequest = Self.pushSecondsMax
        configuration.httpCookieStorage = nil
        configuration.urlCache = nil
        session = URLSession(configuration: configuration, delegate: RedirectRefusal(), delegateQueue: nil)
    }

    public func close() { session.invalidateAndCancel() }

    func post(
        _ lane: ExchangeRequest.Lane, _ body: [UInt8],
        completion: @escaping @Sendable (Result<Answer, any Error>) -> Void
    ) {
        let (path, seconds) =
            switch lane {
            case .hello: ("hello", Self.helloSecondsMax)
            case .poll: ("poll", Self.pollSecondsMax)
            case .push: ("push", Self.pushSecondsMax)
            }
        post("/exchange/v1/\(path)", body, type: "application/octet-stream", seconds: seconds, completion: completion)
    }

    func post(
        _ path: String, _ body: [UInt8], type: String, seconds: Double,
        completion: @escaping @Sendable (Result<Answer, any Error>) -> Void
    ) {
        guard let url = URL(string: base + path) else {
            return completion(
                .failure(NodeError(.badConfiguration, "\(base) is not a URL.", remedy: "Correct the hub's address.")))
        }
        var request = URLRequest(url: url)
        request.httpMethod = "POST"
        request.httpBody = Data(body)
        request.setValue(type, forHTTPHeaderField: "Content-Type")
        request.setValue("Bearer \(credential)", forHTTPHeaderField: "Authorization")
        let sent = SystemClock.steady()
        let base = base
        let task = session.dataTask(with: request) { data, response, error in
            completion(Self.result(data, response as? HTTPURLResponse, error, base: base, sent: sent))
        }
        queue.asyncAfter(deadline: .now() + seconds) { [weak task] in task?.cancel() }
        task.resume()
    }

    private static func result(
        _ data: Data?, _ response: HTTPURLResponse?, _ error: (any Error)?, base: String, sent: Int64
    ) -> Result<Answer, any Error> {
        guard let response, let data, error == nil else {
            let why = (error as? URLError).map { "URL error \($0.errorCode)" } ?? "no answer"
            return .failure(
                NodeError(
                    .unreachable, "The hub at \(base) does not answer (\(why)).",
                    remedy: "Nothing is to be done: this site goes on working and tries again."))
        }
        guard response.statusCode == 200 else {
            let detail = String(decoding: data.prefix(2_048), as: UTF8.self)
            return .failure(
                NodeError(
                    response.statusCode == 401 || response.statusCode == 403 ? .refused : .unreachable,
                    "The hub at \(base) answered \(response.statusCode): \(Self.detail(detail))", remedy: ""))
        }
        guard data.count <= ReplicationLimits.bytesInFrame else {
            return .failure(
                NodeError(
                    .unreachable, "The hub's answer is over 4 MiB.",
                    remedy: "Check that the address is "
                        + "the hub's."))
        }
        return .success(Answer(body: Array(data), sent: sent, received: SystemClock.steady()))
    }

    /// The `detail` of a problem document; a stranger's page is not quoted.
    private static func detail(_ text: String) -> String {
        guard let range = text.range(of: "\"detail\":\""), let end = text[range.upperBound...].firstIndex(of: "\"")
        else {
            return "no reason given. Check that the address is the hub's."
        }
        return String(text[range.upperBound..<end])
    }
}

/// A redirect would repeat a POST with an empty body: refused.
private final class RedirectRefusal: NSObject, URLSessionTaskDelegate {
    func urlSession(
        _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
        newRequest request: URLRequest, completionHandler: @escaping @Sendable (URLRequest?) -> Void
    ) {
        completionHandler(nil)
    }
}
