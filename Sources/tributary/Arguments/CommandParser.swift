/// Finds the command that was typed and reads its options.
struct CommandParser {
    enum Outcome: Sendable {
        case run(Command.Action, Invocation)
        case help(String)
        case version
    }

    private static let helpWords: Set<String> = ["--help", "-h", "help"]

    let root: Command

    /// - Parameter arguments: what was typed after the program's name.
    /// - Throws: an error with what was probably meant.
    func parse(_ arguments: [String]) throws -> Outcome {
        var command = root
        var path = [root.name]
        var rest = arguments[...]
        while let first = rest.first {
            if Self.helpWords.contains(first), first != "help" || command.action == nil {
                return help(command, path, asked: first == "help" ? Array(rest.dropFirst()) : [])
            }
            if first == "--version", path.count == 1 { return .version }
            guard command.action == nil else { break }
            guard let next = command.commands.first(where: { $0.name == first }) else {
                let what = first.hasPrefix("-") ? "option" : "command"
                throw CommandError.usage(
                    "`\(path.joined(separator: " "))` has no \(what) `\(first)`",
                    WordHint.clause(for: first, among: command.commands.map(\.name)))
            }
            command = next
            path.append(first)
            rest.removeFirst()
        }
        guard let action = command.action else {
            if rest.isEmpty, path.count == 1 { return help(command, path, asked: []) }
            throw CommandError.usage(
                "`\(path.joined(separator: " "))` needs a command after it",
                WordHint.clause(for: "", among: command.commands.map(\.name)))
        }
        if Self.asksHelp(rest) { return help(command, path, asked: []) }
        return .run(action, try OptionReader(command, path: path.joined(separator: " ")).read(rest))
    }

    private static func asksHelp(_ arguments: ArraySlice<String>) -> Bool {
        arguments.prefix { $0 != "--" }.contains { $0 == "--help" || $0 == "-h" }
    }

    /// `tributary help ticket show` is `tributary ticket show --help`.
    private func help(_ command: Command, _ path: [String], asked: [String]) -> Outcome {
        var command = command
        var path = path
        for name in asked {
            guard let next = command.commands.first(where: { $0.name == name }) else { break }
            command = next
            path.append(name)
        }
        return .help(HelpText(command, path: path.joined(separator: " ")).text)
    }
}
