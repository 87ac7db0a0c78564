import Standards

/// What a node made of one row.
struct ImportOutcome: Hashable, Sendable {
    enum Kind: String, Sendable {
        case created
        case updated
        case unchanged
        case rejected
    }

    let key: String
    let kind: Kind
    /// The ticket's identifier, unless the row was rejected.
    let ticket: String?
    let reason: String?
    let field: String?
    /// Whether an unchanged ticket was made of a row that said something else.
    let differs: Bool

    /// Nil when the answer is none.
    init?(_ json: JSONValue) {
        guard let key = json["key"]?.stringValue, let kind = json["outcome"]?.stringValue.flatMap(Kind.init) else {
            return nil
        }
        self.key = key
        self.kind = kind
        ticket = json["ticket"]?.stringValue
        reason = json["reason"]?.stringValue
        field = json["field"]?.stringValue
        differs = json["differs"]?.boolValue ?? false
    }
}
