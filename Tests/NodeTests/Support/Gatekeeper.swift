import Dispatch

/// Holds a thread until another lets it pass.
final class Gatekeeper: Sendable {
    private let semaphore = DispatchSemaphore(value: 0)

    func wait() { semaphore.wait() }

    func open() { semaphore.signal() }
}
