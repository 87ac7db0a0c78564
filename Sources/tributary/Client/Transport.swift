import Foundation
import FoundationNetworking
import Synchronization

/// Carries one request at a time to its end, or to its deadline, for a caller that waits.
///
/// A delegate rather than completion handlers: redirects must be refused (one would repeat a POST without its body)
/// and an answer must not grow without bound.
final class Transport: NSObject, URLSessionDataDelegate, Sendable {
    /// The largest answer that is taken, in bytes.
    static let answerBytesMax = 64 << 20

    /// How a request ended.
    struct Ending: Sendable {
        var response: HTTPURLResponse?
        var body = Data()
        var failure: String?
        let arrived = DispatchSemaphore(value: 0)
    }

    private let endings = Mutex<[Int: Ending]>([:])

    /// Sends a request and waits.
    ///
    /// - Parameter deadlineSeconds: for everything; the session's own timeout only sees idle connections.
    func carry(_ request: URLRequest, over session: URLSession, deadlineSeconds: Double) -> Ending {
        let task = session.dataTask(with: request)
        let ending = Ending()
        endings.withLock { $0[task.taskIdentifier] = ending }
        task.resume()
        let isLate = ending.arrived.wait(timeout: .now() + deadlineSeconds) == .timedOut
        if isLate { task.cancel() }
        var result = endings.withLock { $0.removeValue(forKey: task.taskIdentifier) } ?? ending
        if isLate { result.failure = "it did not answer within \(Int(deadlineSeconds.rounded(.up))) s" }
        return result
    }

    func urlSession(
        _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
        newRequest request: URLRequest, completionHandler: @escaping (URLRequest?) -> Void
    ) {
        completionHandler(nil)
    }

    func urlSession(
        _ session: URLSession, dataTask: URLSessionDataTask, didReceive response: URLResponse,
        completionHandler: @escaping (URLSession.ResponseDisposition) -> Void
    ) {
        endings.withLock { $0[dataTask.taskIdentifier]?.response = response as? HTTPURLResponse }
        completionHandler(.allow)
    }

    func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
        let isTooLong = endings.withLock { endings in
            endings[dataTask.taskIdentifier]?.body.append(data)
            return endings[dataTask.taskIdentifier]?.body.count ?? 0 > Self.answerBytesMax
        }
        guard isTooLong else { return }
        endings.withLock {
            $0[dataTask.taskIdentifier]?.failure = "its answer has more than \(Self.answerBytesMax) bytes"
        }
        dataTask.cancel()
    }

    func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
        endings.withLock { endings in
            guard let ending = endings[task.taskIdentifier] else { return }
            if let error, ending.failure == nil {
                endings[task.taskIdentifier]?.failure = Self.words(for: error)
            }
            ending.arrived.signal()
        }
    }

    private static func words(for error: any Error) -> String {
        switch (error as? URLError)?.code {
        case .cannotConnectToHost: "nothing listens there"
        case .cannotFindHost: "there is no such host"
        case .networkConnectionLost: "the connection was lost"
        case .timedOut: "it did not answer in time"
        default: "the connection failed (\((error as NSError).code))"
        }
    }
}
