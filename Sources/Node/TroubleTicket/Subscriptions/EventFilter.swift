import HTTP
import Standards

/// The query of a subscription: `eventType=TroubleTicketStatusChangeEvent&status=resolved&fields=status`.
struct EventFilter {
    private static let prefixes = ["event.troubleTicket.", "troubleTicket."]

    private var types: Set<String>?
    private(set) var conditions: [Condition] = []
    /// Attributes of the ticket that are sent; nil for all.
    private(set) var fields: Set<String>?

    init(_ text: String, _ dialect: Dialect) throws {
        let names = TicketAttribute.names(of: dialect)
        for part in text.utf8.drop(while: { $0 == UInt8(ascii: "?") }).split(separator: UInt8(ascii: "&")) {
            let pair = part.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            guard pair.count == 2, let name = PercentCoding.decode(pair[0], plusIsSpace: true),
                let value = PercentCoding.decode(pair[1], plusIsSpace: true)
            else { throw Self.wrong("it is not a list of name=value") }
            switch name {
            case "eventType": types = (types ?? []).union(try Self.types(value))
            case "fields":
                let wanted = value.split(separator: ",").map(String.init)
                for one in wanted where !names.contains(one) { throw Self.unknown(one, names) }
                fields = Set(wanted)
            default: try add(name, value, names)
            }
        }
        guard conditions.count <= ListQuery.conditionsMax else {
            throw Self.wrong("it has more than \(ListQuery.conditionsMax) conditions")
        }
    }

    private mutating func add(_ name: String, _ value: String, _ names: [String]) throws {
        let prefix = Self.prefixes.first { name.hasPrefix($0) } ?? ""
        let condition = Condition(String(name.dropFirst(prefix.count)), value)
        guard names.contains(condition.attribute) else { throw Self.unknown(condition.attribute, names) }
        if !conditions.indices.contains(where: { conditions[$0].widen(by: condition) }) { conditions.append(condition) }
    }

    /// Event types may be written with a small first letter, as in the names of the listeners' paths.
    private static func types(_ text: String) throws -> [String] {
        try text.split(separator: ",").map { word in
            let name = word.prefix(1).uppercased() + word.dropFirst()
            guard let type = EventType(rawValue: name) else {
                let all = EventType.allCases.map(\.rawValue)
                throw wrong(
                    "eventType \(Finding.quote(String(word))) is not sent; \(NearestWord.hint(for: name, among: all))")
            }
            return type.rawValue
        }
    }

    func takes(_ type: String) -> Bool { types?.contains(type) ?? true }

    private static func unknown(_ name: String, _ names: [String]) -> NodeError {
        wrong("\(Finding.quote(name)) is no attribute; \(NearestWord.hint(for: name, among: names))")
    }

    private static func wrong(_ what: String) -> NodeError {
        NodeError(
            .badRequest, "The query of the subscription cannot be kept: \(what).",
            remedy: "Correct it, or leave it out.")
    }
}
