import Synchronization

/// What has become of the clerks' steps.
final class LoadTally: Sendable {
    struct Counts: Hashable, Sendable {
        var done: [ClerkStep.Kind: Int] = [:]
        /// Refused as a clerk may be refused who acts on what has changed since.
        var refused = 0
        /// Calls without an answer, each repeated under its key.
        var unanswered = 0
        /// Steps left out because the clerk was too far behind: a node was down.
        var skipped = 0
        /// Steps for which there was nothing to work on.
        var idle = 0
        /// Answers that none should give; the first few in words.
        var unexpected = 0
        var examples: [String] = []
        /// Charges whose refund the hub has granted.
        var granted: Set<String> = []
        var slowestSeconds = 0.0

        var steps: Int { done.values.reduce(0, +) }
    }

    /// Unexpected answers that are kept in words.
    static let examplesMax = 5

    private let state = Mutex(Counts())

    var counts: Counts { state.withLock { $0 } }

    func done(_ kind: ClerkStep.Kind, seconds: Double) {
        state.withLock { counts in
            counts.done[kind, default: 0] += 1
            counts.slowestSeconds = max(counts.slowestSeconds, seconds)
        }
    }

    func refused() { state.withLock { $0.refused += 1 } }
    func unanswered() { state.withLock { $0.unanswered += 1 } }
    func skipped() { state.withLock { $0.skipped += 1 } }
    func idle() { state.withLock { $0.idle += 1 } }
    func granted(_ charge: String) { state.withLock { _ = $0.granted.insert(charge) } }

    func unexpected(_ text: String) {
        state.withLock { counts in
            counts.unexpected += 1
            if counts.examples.count < Self.examplesMax { counts.examples.append(text) }
        }
    }
}
