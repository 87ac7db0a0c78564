import Dispatch
import ServiceDesk
import Synchronization

/// Computes due times again soon after something has changed that they depend on, and keeps the index and the board, a
/// slice at a time: there is never more than one slice in the writer's queue.
final class DueKeeper: Sendable {
    /// What comes in one after the other, as in an import, is computed together.
    static let delayMilliseconds = 200

    private enum State {
        case idle
        case planned
        /// Whether something has changed since, which the slices under way may not have seen.
        case working(again: Bool)
        case ended
    }

    private let site: Site
    private let state = Mutex(State.idle)
    private let queue = DispatchQueue(label: "tributary.due", qos: .utility)

    init(site: Site) { self.site = site }

    func begin() {
        site.listen { [weak self] news in
            if news.hasMovedDueTimes { self?.look() }
        }
        look()
    }

    func end() { state.withLock { $0 = .ended } }

    /// To be called whenever something may be stale.
    func look() {
        let isNew = state.withLock { state in
            switch state {
            case .idle:
                state = .planned
                return true
            case .working:
                state = .working(again: true)
                return false
            case .planned, .ended: return false
            }
        }
        if isNew { plan() }
    }

    private func plan() {
        queue.asyncAfter(deadline: .now() + .milliseconds(Self.delayMilliseconds)) { [weak self] in
            guard let self, start() else { return }
            slice(done: 0, of: nil)
        }
    }

    /// False after the end.
    private func start() -> Bool {
        state.withLock { state in
            guard case .planned = state else { return false }
            state = .working(again: false)
            return true
        }
    }

    /// - Parameter all: how many were stale at first; nil before that was counted.
    private func slice(done: Int, of all: Int?) {
        let shelf = site.domain.shelf
        site.write("due times") { session, now in
            let database = session.store.database
            let computed = try DueBook(session.store, shelf: shelf).freshen(at: now)
            // Only when all times are right: what is looked up can wait longer than what is promised.
            let isDue = computed == DueBook.sliceSize
            let count = try isDue ? computed : DeskIndex(session.store, shelf: shelf).advance(at: now)
            guard isDue || count == DeskIndex.sliceSize else { return nil }
            let waiting = try all ?? DueRow.staleCount(in: database) + DeskIndex.waiting(in: database)
            return (count, waiting + (all == nil ? count : 0))
        } completion: { (result: Result<(Int, Int)?, any Error>) in
            switch result {
            case .success((let count, let all)?):
                self.site.jobs.move(.dueTimes, done: Int64(done + count), of: Int64(max(all, done + count)))
                self.queue.async { if !self.isEnded { self.slice(done: done + count, of: all) } }
            case .success: self.finish()
            case .failure(let error):
                if !self.isEnded { self.site.log.line("storage", kind: "due times", "computing due times: \(error)") }
                self.finish()
            }
        }
    }

    private var isEnded: Bool {
        state.withLock { state in if case .ended = state { true } else { false } }
    }

    private func finish() {
        site.jobs.end(.dueTimes)
        let isAgain = state.withLock { state in
            guard case .working(let again) = state else { return false }
            state = again ? .planned : .idle
            return again
        }
        if isAgain { plan() }
    }
}
