/// What the process tells its caller. Scripts rely on these numbers: within one command they are never given another
/// meaning.
struct ExitCode: Hashable, Sendable {
    let rawValue: Int32
    /// In the words of a help text.
    let meaning: String

    /// Done as asked.
    static let done = ExitCode(rawValue: 0, meaning: "done")
    /// The command ran and the answer is no: a difference, rejected rows, a broken story.
    static let no = ExitCode(rawValue: 1, meaning: "it ran, and the answer is no")
    /// Wrong usage, or a file that cannot be used.
    static let usage = ExitCode(rawValue: 2, meaning: "wrong usage or bad input")
    /// The node cannot be reached; trying again may help.
    static let unreachable = ExitCode(rawValue: 3, meaning: "the node cannot be reached")
    /// The node answered, and refused.
    static let refused = ExitCode(rawValue: 4, meaning: "the node refused, and says why")
    /// Ended by Ctrl-C or SIGTERM, as shells count it.
    static let interrupted = ExitCode(rawValue: 130, meaning: "interrupted")
}
