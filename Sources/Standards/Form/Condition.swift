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

    /// Whether every ticket that fulfils this fulfils the other.
    func implies(_ other: Condition) -> Bool { field == other.field && Set(choices).isSubset(of: other.choices) }

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
    /// - Parameter lineage: the ticket's category and all above it: a condition on `category` is about what is below it
    ///   too.
    public func hold(lineage: [String] = [], _ value: (String) -> String?) -> Bool {
        allSatisfy { one in
            one.field == "category" && !lineage.isEmpty
                ? lineage.contains(where: one.choices.contains) : one.holds(value)
        }
    }

    /// Whether every ticket that fulfils these fulfils those.
    func imply(_ others: [Condition]) -> Bool {
        others.allSatisfy { other in contains { $0.implies(other) } }
    }
}
