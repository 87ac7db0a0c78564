import Standards

/// The value of one field of an imported ticket.
public enum ImportValue: Hashable, Sendable {
    case text(String)
    case integer(Int64)
    case boolean(Bool)
    /// Milliseconds since 1970-01-01T00:00Z.
    case time(Int64)

    /// A text, whole number or boolean as a map states it; nil for any other JSON.
    init?(_ json: JSONValue) {
        switch json {
        case .string(let text): self = .text(text)
        case .integer(let integer): self = .integer(integer)
        case .bool(let flag): self = .boolean(flag)
        default: return nil
        }
    }

    /// As it stands in the answers of the API.
    public var json: JSONValue {
        switch self {
        case .text(let text): .string(text)
        case .integer(let integer), .time(let integer): .integer(integer)
        case .boolean(let flag): .bool(flag)
        }
    }

    public var textValue: String? {
        if case .text(let text) = self { text } else { nil }
    }
}
