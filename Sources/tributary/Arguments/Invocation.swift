/// What was typed after a command, checked against its rules.
struct Invocation: Sendable {
    /// Such as `tributary ticket show`.
    let path: String
    private let values: [String: [String]]
    private let words: [String: [String]]

    init(path: String, values: [String: [String]], words: [String: [String]]) {
        self.path = path
        self.values = values
        self.words = words
    }

    /// Whether an option was given.
    func has(_ option: String) -> Bool { values[option] != nil }

    /// The value of an option, or nil when it was not given.
    func text(_ option: String) -> String? { values[option]?.first }

    /// Every value of an option that may be repeated, in order.
    func texts(_ option: String) -> [String] { values[option] ?? [] }

    /// The value of an option that the command's rules require.
    func required(_ option: String) throws -> String {
        guard let value = text(option) else { throw refusal("--\(option) is missing", "give it a value") }
        return value
    }

    /// The word at a named place, or nil when it is optional and was left out.
    func word(_ name: String) -> String? { words[name]?.first }

    /// The words at the last place, which may take several; none when it was left out.
    func words(_ name: String) -> [String] { words[name] ?? [] }

    /// The word at a named place that the command's rules require.
    func requiredWord(_ name: String) throws -> String {
        guard let word = words[name]?.first else { throw refusal("\(name) is missing", "give it") }
        return word
    }

    /// A whole number within bounds, or nil when the option was not given.
    func integer(_ option: String, in range: ClosedRange<Int>) throws -> Int? {
        guard let text = text(option) else { return nil }
        guard let number = Int(text), range.contains(number) else {
            throw refusal(
                "--\(option) is not a whole number from \(range.lowerBound) to \(range.upperBound)", "correct it")
        }
        return number
    }

    /// One of a few words, or nil when the option was not given.
    func choice(_ option: String, of words: [String]) throws -> String? {
        guard let text = text(option) else { return nil }
        guard words.contains(text) else {
            throw refusal("--\(option) is none of the words it may be", WordHint.clause(for: text, among: words))
        }
        return text
    }

    /// An error about the way this command was called.
    func refusal(_ reason: String, _ remedy: String) -> CommandError {
        .usage(reason, "\(remedy), or read `\(path) --help`")
    }
}
