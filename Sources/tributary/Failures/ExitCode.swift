/// What the process tells its caller. Scripts rely on these numbers: they are never given another meaning.
enum ExitCode: Int32, CaseIterable, Sendable {
    /// Done as asked.
    case done = 0
    /// The command ran and the answer is no: a difference, rejected rows, a broken story.
    case no = 1
    /// Wrong usage, or a file that cannot be used.
    case usage = 2
    /// The node cannot be reached; trying again may help.
    case unreachable = 3
    /// The node answered, and refused.
    case refused = 4
    /// Ended by Ctrl-C or SIGTERM, as shells count it.
    case interrupted = 130

    /// In the words of a help text.
    var meaning: String {
        switch self {
        case .done: "done"
        case .no: "it ran, and the answer is no"
        case .usage: "wrong usage or bad input"
        case .unreachable: "the node cannot be reached"
        case .refused: "the node refused, and says why"
        case .interrupted: "interrupted"
        }
    }
}
