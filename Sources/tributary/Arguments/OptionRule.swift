/// An option of a command: `--name VALUE`, `--name=VALUE`, or a bare `--name`.
struct OptionRule: Sendable {
    enum Presence: Sendable {
        case optional
        case required
        /// May be given several times.
        case repeated
    }

    /// Without the two hyphens.
    let name: String
    /// What stands for the value in the help, in capitals; nil when the option takes none.
    let value: String?
    let purpose: String
    let presence: Presence
    /// For our own use, left out of the help.
    let isHidden: Bool

    init(
        _ name: String, _ value: String? = nil, _ purpose: String, _ presence: Presence = .optional,
        isHidden: Bool = false
    ) {
        self.name = name
        self.value = value
        self.purpose = purpose
        self.presence = presence
        self.isHidden = isHidden
    }

    /// As the help shows it.
    var spelling: String { value.map { "--\(name) \($0)" } ?? "--\(name)" }
}
