/// A word of a command that stands at a place of its own.
struct ParameterRule: Sendable {
    /// In capitals, as the help shows it.
    let name: String
    let purpose: String
    let isOptional: Bool

    init(_ name: String, _ purpose: String, isOptional: Bool = false) {
        self.name = name
        self.purpose = purpose
        self.isOptional = isOptional
    }

    var spelling: String { isOptional ? "[\(name)]" : name }
}
