import Glibc
import Synchronization

/// Ctrl-C or SIGTERM while a province runs: whoever handles it ends the process, and what is told falls silent
/// meanwhile.
final class Interruption: Sendable {
    private enum Phase {
        case telling
        /// The story is told and the province is left running: Ctrl-C is the usual end.
        case staying
        case interrupted
    }

    private let phase = Mutex(Phase.telling)

    /// Says that Ctrl-C is now the usual end.
    func expect() {
        phase.withLock { if $0 == .telling { $0 = .staying } }
    }

    /// Takes an interruption.
    ///
    /// - Returns: the code to end with, or nil when another interruption is being handled already.
    func take() -> ExitCode? {
        phase.withLock { phase in
            defer { phase = .interrupted }
            switch phase {
            case .telling: return .interrupted
            case .staying: return .done
            case .interrupted: return nil
            }
        }
    }

    var isTaken: Bool { phase.withLock { $0 == .interrupted } }

    /// Waits for the end of the process if it has been interrupted: what breaks now breaks because of that.
    func yield() {
        guard isTaken else { return }
        while true { pause() }
    }
}
