import Synchronization

/// Takes the pieces of an export to where they go, counting.
final class ExportCarrier: Sendable {
    private struct State: ~Copyable {
        let target: ExportTarget
        var count: RowCount
        var bytes = 0
        var progress: ExportProgress
    }

    private let state: Mutex<State>

    init(_ plan: ExportPlan) throws {
        let target = try ExportTarget(plan.target)
        state = Mutex(
            State(target: target, count: RowCount(plan.query.format), progress: ExportProgress(plan.query.subject)))
    }

    var rows: Int { state.withLock { $0.count.rows } }
    var bytes: Int { state.withLock { $0.bytes } }

    @Sendable func take(_ piece: [UInt8]) throws {
        try state.withLock { state in
            try state.target.write(piece)
            state.count.take(piece)
            state.bytes += piece.count
            state.progress.reached(state.count.rows)
        }
    }

    /// The whole export has come.
    func finish() throws {
        try state.withLock { state in
            state.progress.end()
            try state.target.finish()
        }
    }

    func endProgress() { state.withLock { $0.progress.end() } }
}
