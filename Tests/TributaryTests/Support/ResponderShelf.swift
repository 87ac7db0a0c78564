import HTTP
import Synchronization

/// Keeps requests unanswered for as long as a test lasts.
final class ResponderShelf: Sendable {
    private let kept = Mutex<[Responder]>([])

    func keep(_ responder: Responder) { kept.withLock { $0.append(responder) } }
}
