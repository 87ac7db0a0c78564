/// A word of a command that stands at a place of its own.
struct ParameterRule: Sendable {
    /// In capitals, as the help shows it.
    let name: String
    let purpose: String
    let isOptional: Bool
    /// Whether it takes every word that is left; only the last place may.
    let isRepeated: Bool

    init(_ name: String, _ purpose: String, isOptional: Bool = false, isRepeated: Bool = false) {
        self.name = name
        self.purpose = purpose
        self.isOptional = isOptional
        self.isRepeated = isRepeated
    }

    var spelling: String {
        let word = isRepeated ? name + "…" : name
        return isOptional ? "[\(word)]" : word
    }
}
