/// One command: what it is for, what it takes, and what carries it out; or a group of commands.
struct Command: Sendable {
    /// Carries a command out.
    typealias Action = @Sendable (Invocation) throws -> ExitCode

    let name: String
    /// One line, beginning with a verb.
    let purpose: String
    /// Paragraphs that teach, for the command's own help.
    let explanation: [String]
    let parameters: [ParameterRule]
    let options: [OptionRule]
    let examples: [String]
    /// The codes it may end with.
    let exits: [ExitCode]
    let commands: [Command]
    let action: Action?

    /// A command that does something.
    init(
        _ name: String, _ purpose: String, explanation: [String] = [], parameters: [ParameterRule] = [],
        options: [OptionRule] = [], examples: [String], exits: [ExitCode] = [.done, .usage], action: @escaping Action
    ) {
        self.name = name
        self.purpose = purpose
        self.explanation = explanation
        self.parameters = parameters
        self.options = options
        self.examples = examples
        self.exits = exits
        commands = []
        self.action = action
    }

    /// A group of commands.
    init(
        _ name: String, _ purpose: String, explanation: [String] = [], examples: [String], commands: [Command]
    ) {
        self.name = name
        self.purpose = purpose
        self.explanation = explanation
        parameters = []
        options = []
        self.examples = examples
        exits = [.done, .usage]
        self.commands = commands
        action = nil
    }
}
