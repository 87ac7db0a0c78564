import Dispatch
import Foundation
import FoundationNetworking
import Glibc
import Replication

/// The hub over HTTPS: Foundation's URLSession with redirects refused and a total deadline, since its own timer only
/// counts idle time.
final class SecureLine: HubLine {
    private let base: String
    private let session: URLSession
    private let queue = DispatchQueue(label: "tributary.secure-line")

    init(base: String) {
        // Foundation would send even a call to this machine through a proxy named in the environment.
        for name in ["http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"] {
            unsetenv(name)
        }
        self.base = base
        let configuration = URLSessionConfiguration.ephemeral
        configuration.httpMaximumConnectionsPerHost = 3
        configuration.timeoutIntervalForRequest = HubClient.pushSecondsMax
        configuration.httpCookieStorage = nil
        configuration.urlCache = nil
        session = URLSession(configuration: configuration, delegate: RedirectRefusal(), delegateQueue: nil)
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
        let task = session.dataTask(with: request) { data, response, error in
            guard let response = response as? HTTPURLResponse, let data, error == nil else {
                let why = (error as? URLError).map { "URL error \($0.errorCode)" } ?? "no answer"
                return completion(.failure(HubClient.unreachable(base, why)))
            }
            guard data.count <= ReplicationLimits.bytesInFrame else {
                return completion(.failure(HubClient.unreachable(base, "its answer is over 4 MiB")))
            }
            completion(.success(HubReply(status: response.statusCode, body: Array(data))))
        }
        queue.asyncAfter(deadline: .now() + seconds) { [weak task] in task?.cancel() }
        task.resume()
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
