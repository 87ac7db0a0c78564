import Synchronization

/// Counts the pieces of a body that is drawn on any thread.
final class PieceCount: Sendable {
    private let next = Mutex(0)

    /// 0, 1, 2 and so on.
    func take() -> Int {
        next.withLock { next in
            defer { next += 1 }
            return next
        }
    }
}
