/// The help of one command: its purpose, how it is typed, what each part says, an example, its exit codes.
struct HelpText {
    private static let width = 100

    private let command: Command
    private let path: String

    init(_ command: Command, path: String) {
        self.command = command
        self.path = path
    }

    var text: String {
        var blocks = [sentence(command.purpose), usage]
        blocks += command.explanation.map { Self.wrap($0, indent: 0).joined(separator: "\n") }
        blocks += [
            list("commands", command.commands.map { ($0.name, $0.purpose) }),
            list("words", command.parameters.map { ($0.name, $0.purpose) }),
            list("options", optionRows),
            examples,
            exits,
        ].compactMap(\.self)
        if !command.commands.isEmpty { blocks.append("`\(path) COMMAND --help` says more about one of them.") }
        return blocks.joined(separator: "\n\n") + "\n"
    }

    private var usage: String {
        guard command.action != nil else { return "usage: \(path) COMMAND" }
        let visible = command.options.filter { !$0.isHidden }
        let words = command.parameters.map(\.spelling) + visible.filter { $0.presence == .required }.map(\.spelling)
        let more = visible.contains { $0.presence != .required } ? ["[OPTIONS]"] : []
        return (["usage: \(path)"] + words + more).joined(separator: " ")
    }

    private var optionRows: [(String, String)] {
        command.options.filter { !$0.isHidden }.map { option in
            (option.spelling, option.purpose + (option.presence == .repeated ? "; may be repeated" : ""))
        } + [("--help", "shows this")]
    }

    private var examples: String? {
        guard !command.examples.isEmpty else { return nil }
        let title = command.examples.count == 1 ? "example:" : "examples:"
        return ([title] + command.examples.map { "  " + $0 }).joined(separator: "\n")
    }

    private var exits: String? {
        guard command.action != nil else { return nil }
        return "exit: " + command.exits.map { "\($0.rawValue) \($0.meaning)" }.joined(separator: "; ")
    }

    private func sentence(_ text: String) -> String { text.hasSuffix(".") || text.hasSuffix("?") ? text : text + "." }

    private func list(_ title: String, _ rows: [(String, String)]) -> String? {
        guard !rows.isEmpty, title != "options" || command.action != nil else { return nil }
        let column = min(28, (rows.map(\.0.count).max() ?? 0) + 2)
        var lines = [title + ":"]
        for (name, purpose) in rows {
            let wrapped = Self.wrap(purpose, indent: column + 2)
            let head = "  " + name
            if name.count < column {
                let blanks = String(repeating: " ", count: column + 2 - head.count)
                lines.append(head + blanks + (wrapped.first?.drop { $0 == " " } ?? ""))
                lines += wrapped.dropFirst()
            } else {
                lines.append(head)
                lines += wrapped
            }
        }
        return lines.joined(separator: "\n")
    }

    private static func wrap(_ text: String, indent: Int) -> [String] {
        let blanks = String(repeating: " ", count: indent)
        var lines: [String] = []
        var line = ""
        for word in text.split(separator: " ") {
            if !line.isEmpty, indent + line.count + 1 + word.count > width {
                lines.append(blanks + line)
                line = ""
            }
            line += line.isEmpty ? String(word) : " " + word
        }
        return lines + [blanks + line]
    }
}
