import Replication
import ServiceDesk
import Standards

/// The procedures of a standard, read from its document with a checker's own eyes.
struct Procedures {
    struct Rule: Equatable {
        let from: [String]
        let to: String
    }

    private var states: [String: Set<String>] = [:]
    private var steps: [String: [String: Rule]] = [:]
    /// By type and step: the roles of which one is needed.
    private var roles: [String: [String: [String]]] = [:]
    /// By type and step: the numbers of the fields that must be filled in once it is taken.
    private var required: [String: [String: [UInt16]]] = [:]

    /// By type: the steps that the customer is told of.
    private var notified: [String: Set<String>] = [:]

    /// Every role of the standard, in its order.
    private(set) var allRoles: [String] = []

    init(_ document: [UInt8]) {
        guard let root = try? JSONValue(parsing: document, sizeLimit: StandardPack.sizeLimit) else { return }
        allRoles = Self.list(Self.member("roles", of: root)).map { Self.text(Self.member("id", of: $0)) }
        for type in Self.list(Self.member("ticketTypes", of: root)) {
            let id = Self.text(Self.member("id", of: type))
            states[id] = Set(Self.list(Self.member("states", of: type)).map { Self.text(Self.member("id", of: $0)) })
            for step in Self.list(Self.member("transitions", of: type)) {
                let rule = Rule(
                    from: Self.list(Self.member("from", of: step)).map(Self.text),
                    to: Self.text(Self.member("to", of: step)))
                let name = Self.text(Self.member("name", of: step))
                steps[id, default: [:]][name] = rule
                roles[id, default: [:]][name] = Self.list(Self.member("roles", of: step)).map(Self.text)
                if Self.member("notify", of: step) == .bool(true) { notified[id, default: []].insert(name) }
                required[id, default: [:]][name] = Self.list(Self.member("requires", of: step)).map {
                    FieldNumbers.field(Self.text($0)).rawValue
                }
            }
        }
    }

    func has(state: String, of type: String) -> Bool { states[type]?.contains(state) ?? false }

    func rule(_ step: String, of type: String) -> Rule? { steps[type]?[step] }

    func roles(for step: String, of type: String) -> [String] { roles[type]?[step] ?? [] }

    func required(by step: String, of type: String) -> [UInt16] { required[type]?[step] ?? [] }

    func notifies(_ step: String, of type: String) -> Bool { notified[type]?.contains(step) ?? false }

    /// Of any type.
    func notifies(_ step: String) -> Bool {
        // order does not matter: any of them
        notified.values.contains { $0.contains(step) }
    }

    private static func member(_ key: String, of value: JSONValue) -> JSONValue {
        if case .object(let members) = value { members[key] ?? .null } else { .null }
    }

    private static func list(_ value: JSONValue) -> [JSONValue] {
        if case .array(let items) = value { items } else { [] }
    }

    private static func text(_ value: JSONValue) -> String {
        if case .string(let text) = value { text } else { "" }
    }
}
