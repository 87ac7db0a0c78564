import Dispatch
import Synchronization

/// Runs handlers, a bounded number at once. A plain concurrent queue would answer blocked handlers with ever more
/// threads.
final class WorkerQueue: Sendable {
    private struct State {
        var running = 0
        var waiting: [@Sendable () -> Void] = []
        var firstWaiting = 0

        var waitingCount: Int { waiting.count - firstWaiting }
    }

    private let workersMax: Int
    private let pendingMax: Int
    private let queue = DispatchQueue(label: "tributary.http.workers", attributes: .concurrent)
    private let state = Mutex(State())

    init(workersMax: Int, pendingMax: Int) {
        self.workersMax = workersMax
        self.pendingMax = pendingMax
    }

    /// Runs work when a worker is free; false when too much is waiting.
    func submit(_ work: @escaping @Sendable () -> Void) -> Bool {
        enqueue(work, isBounded: true)
    }

    /// Runs work that must not be dropped, such as telling a handler that its client has gone. There are at most a
    /// few a connection.
    func perform(_ work: @escaping @Sendable () -> Void) {
        _ = enqueue(work, isBounded: false)
    }

    private func enqueue(_ work: @escaping @Sendable () -> Void, isBounded: Bool) -> Bool {
        let startsWorker: Bool? = state.withLock { state in
            if state.running < workersMax {
                state.running += 1
                return true
            }
            if isBounded, state.waitingCount >= pendingMax { return nil }
            state.waiting.append(work)
            return false
        }
        if startsWorker == true { queue.async { self.run(work) } }
        return startsWorker != nil
    }

    private func run(_ first: @Sendable () -> Void) {
        first()
        while let next = takeNext() { next() }
    }

    private func takeNext() -> (@Sendable () -> Void)? {
        state.withLock { state in
            guard state.waitingCount > 0 else {
                state.running -= 1
                state.waiting = []
                state.firstWaiting = 0
                return nil
            }
            let next = state.waiting[state.firstWaiting]
            state.firstWaiting += 1
            if state.firstWaiting >= 128 {
                state.waiting.removeFirst(state.firstWaiting)
                state.firstWaiting = 0
            }
            return next
        }
    }
}
