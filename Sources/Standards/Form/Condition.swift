/// That a field of a ticket has one of some values: what a limit, a route or a scheme applies to.
public struct Condition: Hashable, Sendable {
    public static let limit = 10
    public static let valueLimit = 50

    public let field: String
    /// As texts: a choice's identifiers, `true` and `false`, digits.
    public let choices: [String]

    public init(field: String, choices: [String]) {
        self.field = field
        self.choices = choices
    }

    /// - Parameter value: what a field holds, as a text; nil when it holds nothing.
    public func holds(_ value: (String) -> String?) -> Bool { value(field).map(choices.contains) ?? false }

    /// Whether no ticket can fulfil both.
    func excludes(_ other: Condition) -> Bool {
        field == other.field && Set(choices).isDisjoint(with: other.choices)
    }

    static func list(reading reader: JSONReader, _ key: String = "when") -> [Condition] {
        reader.objects(key, count: 0...limit, .optional) { reader in
            reader.explain(["field": "A field of the form", "is": "The values of which it has one"])
            let field = reader.text("field", .identifier)
            let choices = reader.texts("is", .anything(100), count: 1...valueLimit)
            return field.map { Condition(field: $0, choices: choices) }
        }
    }
}

extension [Condition] {
    /// Whether all hold of what a ticket's fields hold.
    public func hold(_ value: (String) -> String?) -> Bool { allSatisfy { $0.holds(value) } }

    /// Whether no ticket can fulfil these and those.
    func exclude(_ others: [Condition]) -> Bool { contains { one in others.contains { one.excludes($0) } } }
}
