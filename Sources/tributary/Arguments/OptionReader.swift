/// Reads what follows a command's name.
struct OptionReader {
    private let command: Command
    private let path: String
    private var values: [String: [String]] = [:]
    private var words: [String] = []

    init(_ command: Command, path: String) {
        self.command = command
        self.path = path
    }

    /// - Throws: an error that names the word at fault and what was probably meant.
    consuming func read(_ arguments: ArraySlice<String>) throws -> Invocation {
        var rest = arguments
        var takesOptions = true
        while let argument = rest.popFirst() {
            if takesOptions, argument == "--" {
                takesOptions = false
            } else if takesOptions, argument.hasPrefix("-"), argument != "-" {
                try readOption(argument, &rest)
            } else {
                words.append(argument)
            }
        }
        for option in command.options where option.presence == .required && values[option.name] == nil {
            throw refusal("\(option.spelling) is missing", "it says \(option.purpose)")
        }
        return Invocation(path: path, values: values, words: try placedWords())
    }

    private mutating func readOption(_ argument: String, _ rest: inout ArraySlice<String>) throws {
        let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard let option = command.options.first(where: { "--" + $0.name == parts[0] }) else {
            let known = command.options.filter { !$0.isHidden }.map { "--" + $0.name }
            throw refusal("there is no option `\(parts[0])`", WordHint.clause(for: parts[0], among: known))
        }
        if values[option.name] != nil, option.presence != .repeated {
            throw refusal("--\(option.name) is given twice", "give it once")
        }
        guard option.value != nil else {
            if parts.count == 2 { throw refusal("--\(option.name) takes no value", "leave out what follows the =") }
            values[option.name] = []
            return
        }
        let value = parts.count == 2 ? parts[1] : rest.popFirst()
        guard let value, !value.isEmpty else { throw refusal("\(option.spelling) lacks its value", "add it") }
        values[option.name, default: []].append(value)
    }

    private func placedWords() throws -> [String: [String]] {
        let rules = command.parameters
        if words.count > rules.count, rules.last?.isRepeated != true {
            throw refusal("`\(words[rules.count])` is one word too many", "quote words that belong together")
        }
        if words.count < rules.count, let missing = rules[words.count...].first(where: { !$0.isOptional }) {
            throw refusal("\(missing.name) is missing", "it says \(missing.purpose)")
        }
        var placed = Dictionary(uniqueKeysWithValues: zip(rules.map(\.name), words.map { [$0] }))
        if let last = rules.last, last.isRepeated, words.count > rules.count {
            placed[last.name]? += words[rules.count...]
        }
        return placed
    }

    private func refusal(_ reason: String, _ remedy: String) -> CommandError {
        .usage("`\(path)`: \(reason)", "\(remedy), or read `\(path) --help`")
    }
}
