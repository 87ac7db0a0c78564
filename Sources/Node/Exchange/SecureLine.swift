import Dispatch
import Foundation
import FoundationNetworking
import Glibc
import Replication
import Synchronization

/// The hub over HTTPS: Foundation's URLSession with redirects refused and a total deadline, since its own timer only
/// counts idle time.
final class SecureLine: HubLine {
    private let base: String
    private let session: URLSession
    private let receipts = Receipts()
    private let queue = DispatchQueue(label: "tributary.secure-line")

    init(base: String) {
        // Foundation would send even a call to this machine through a proxy named in the environment.
        for name in ["http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"] {
            unsetenv(name)
        }
        self.base = base
        let configuration = URLSessionConfiguration.ephemeral
        configuration.httpMaximumConnectionsPerHost = 3
        configuration.timeoutIntervalForRequest = HubClient.seconds(.push)
        configuration.httpCookieStorage = nil
        configuration.urlCache = nil
        session = URLSession(configuration: configuration, delegate: receipts, delegateQueue: nil)
    }

    func close() { session.invalidateAndCancel() }

    func post(
        _ path: String, headers: [String: String], body: [UInt8], seconds: Double,
        completion: @escaping @Sendable (Result<HubReply, any Error>) -> Void
    ) {
        guard let url = URL(string: base + path) else {
            return completion(
                .failure(NodeError(.badConfiguration, "\(base) is not a URL.", remedy: "Correct the hub's address.")))
        }
        var request = URLRequest(url: url)
        request.httpMethod = "POST"
        request.httpBody = Data(body)
        // On a reused connection that has died the library sends the head again without the body, and both ends wait.
        request.setValue("close", forHTTPHeaderField: "Connection")
        for (name, value) in headers { request.setValue(value, forHTTPHeaderField: name) }
        let base = base
        let task = session.dataTask(with: request)
        receipts.expect(task) { result in
            completion(result.mapError { HubClient.unreachable(base, $0.why, isUnsent: $0.isUnsent) })
        }
        queue.asyncAfter(deadline: .now() + seconds) { [weak task] in task?.cancel() }
        task.resume()
    }
}

/// Collects answers as they come, so that one without end is cut off instead of kept.
private final class Receipts: NSObject, URLSessionDataDelegate, Sendable {
    struct Failure: Error {
        let why: String
        var isUnsent = false
    }

    private struct Receipt {
        var body: [UInt8] = []
        var isOversized = false
        let completion: @Sendable (Result<HubReply, Failure>) -> Void
    }

    private let open = Mutex<[Int: Receipt]>([:])

    func expect(_ task: URLSessionTask, completion: @escaping @Sendable (Result<HubReply, Failure>) -> Void) {
        open.withLock { $0[task.taskIdentifier] = Receipt(completion: completion) }
    }

    func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
        let isOversized = open.withLock { open in
            guard var receipt = open[dataTask.taskIdentifier] else { return false }
            receipt.isOversized = receipt.body.count + data.count > ReplicationLimits.bytesInFrame
            if !receipt.isOversized { receipt.body += data }
            open[dataTask.taskIdentifier] = receipt
            return receipt.isOversized
        }
        if isOversized { dataTask.cancel() }
    }

    func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
        guard let receipt = open.withLock({ $0.removeValue(forKey: task.taskIdentifier) }) else { return }
        guard !receipt.isOversized else {
            return receipt.completion(.failure(Failure(why: "its answer is over 4 MiB")))
        }
        guard let response = task.response as? HTTPURLResponse, error == nil else {
            return receipt.completion(
                .failure(Failure(why: Self.why(error as? URLError), isUnsent: Self.isUnsent(task))))
        }
        receipt.completion(.success(HubReply(status: response.statusCode, body: receipt.body)))
    }

    /// Whether a request cannot have been heard: of a body that its head announces nothing was asked for.
    ///
    /// The error does not tell. Foundation on Linux has one code for a certificate that is not trusted and for much
    /// else, and the code of a refused connection also when only a host's first address refused and the second has
    /// taken the request.
    private static func isUnsent(_ task: URLSessionTask) -> Bool {
        task.originalRequest?.httpBody?.isEmpty == false && task.countOfBytesSent == 0
    }

    private static func why(_ error: URLError?) -> String {
        guard let error else { return "no answer" }
        // Nobody else cancels one that is waited for.
        guard error.errorCode != NSURLErrorCancelled else { return "no answer in time" }
        return PlainText.line("\(error.localizedDescription); URL error \(error.errorCode)")
    }

    /// A redirect would repeat a POST with an empty body: refused.
    func urlSession(
        _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
        newRequest request: URLRequest, completionHandler: @escaping @Sendable (URLRequest?) -> Void
    ) {
        completionHandler(nil)
    }
}
