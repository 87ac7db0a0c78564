/// What a command could not do: on what, why, and what to do next. The one error type of this target.
///
/// It may quote what the operator typed or a node answered to them, never the content of a ticket.
struct CommandError: Error, Hashable, Sendable, CustomStringConvertible {
    let exitCode: ExitCode
    /// What failed and on what, such as `read map.json`.
    let operation: String
    /// Why, in a clause.
    let reason: String
    /// What to do next, in a clause.
    let remedy: String
    /// Findings, one a line.
    let details: [String]
    /// The status a node answered with.
    let status: Int?

    init(
        _ exitCode: ExitCode, _ operation: String, reason: String, remedy: String, details: [String] = [],
        status: Int? = nil
    ) {
        self.exitCode = exitCode
        self.operation = operation
        self.reason = reason
        self.remedy = remedy
        self.details = details
        self.status = status
    }

    /// Whether the same command may succeed when it is repeated unchanged.
    var isRecoverable: Bool { exitCode == .unreachable || status == 503 || status == 429 }

    var description: String {
        (["could not \(operation): \(reason); \(remedy)"] + details.map { "  " + $0 }).joined(separator: "\n")
    }

    /// Wrong usage of the command line.
    static func usage(_ reason: String, _ remedy: String) -> CommandError {
        CommandError(.usage, "read the command line", reason: reason, remedy: remedy)
    }
}
