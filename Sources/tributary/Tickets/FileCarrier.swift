import Synchronization

/// Takes the pieces of a file to where it goes.
final class FileCarrier: Sendable {
    private struct State: ~Copyable {
        let target: ExportTarget
        var bytes = 0
    }

    private let state: Mutex<State>

    init(_ path: String) throws {
        let target = try ExportTarget(path)
        state = Mutex(State(target: target))
    }

    var bytes: Int { state.withLock { $0.bytes } }

    @Sendable func take(_ piece: [UInt8]) throws {
        try state.withLock { state in
            try state.target.write(piece)
            state.bytes += piece.count
        }
    }

    /// The whole file has come.
    func finish() throws { try state.withLock { try $0.target.finish() } }
}
