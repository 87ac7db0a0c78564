import Dispatch
import Synchronization

/// Hashes passwords one after the other on a thread of its own, so that neither those who serve nor the writer wait for
/// them. How many may wait is bounded: beyond it the caller is told to come back.
public final class PasswordWorker: Sendable {
    /// Seconds after which whoever was told to come back may: those who waited are done by then.
    public static let retrySeconds = 1

    private let queue = DispatchQueue(label: "tributary.passwords", qos: .userInitiated)
    private let waiting = Mutex(0)
    private let waitingMax: Int

    public init(waitingMax: Int = AccessLimits.hashesWaiting) { self.waitingMax = waitingMax }

    /// - Returns: false, and nothing done, when too many wait.
    public func submit(_ work: @escaping @Sendable () -> Void) -> Bool {
        let isTaken = waiting.withLock { waiting in
            guard waiting < waitingMax else { return false }
            waiting += 1
            return true
        }
        guard isTaken else { return false }
        queue.async {
            work()
            self.waiting.withLock { $0 -= 1 }
        }
        return true
    }
}
