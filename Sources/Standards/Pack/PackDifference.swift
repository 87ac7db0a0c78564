/// One thing in which two packs differ, and whom it concerns.
public struct PackDifference: Equatable, Sendable {
    public enum Kind: String, Sendable {
        case added
        case removed
        case changed
    }

    public let kind: Kind
    /// Names from the whole to the part, such as `ticketTypes complaint transitions resolve requires`.
    public let path: [String]
    /// Nil where it was added.
    public let before: JSONValue?
    /// Nil where it was removed.
    public let after: JSONValue?
    /// Roles, ticket types or departments that will notice; everybody when empty.
    public let concerns: [String]

    /// Everything in which two packs differ, in the order of their names.
    ///
    /// - Parameters:
    ///   - old: a pack's document; so is `new`.
    public static func all(from old: JSONValue, to new: JSONValue) -> [PackDifference] {
        var found: [PackDifference] = []
        compare(old, new, [], concerns: [], &found)
        return found
    }

    private static func compare(
        _ old: JSONValue?, _ new: JSONValue?, _ path: [String], concerns: [String], _ found: inout [PackDifference]
    ) {
        guard old != new else { return }
        let concerned = concerns + people(of: new ?? old, at: path)
        if let before = members(old), let after = members(new) {
            for key in Set(before.keys).union(after.keys).sorted() {
                compare(before[key], after[key], path + [key], concerns: concerned, &found)
            }
            return
        }
        let kind: Kind = old == nil ? .added : new == nil ? .removed : .changed
        found.append(
            PackDifference(
                kind: kind, path: path, before: old, after: new, concerns: Array(Set(concerned)).sorted()))
    }

    /// The parts of a value by name: those of an object, or of a list whose elements are named, in whatever order they
    /// stand. A list of anything else is one thing.
    private static func members(_ value: JSONValue?) -> [String: JSONValue]? {
        switch value {
        case .object(let members): return members
        case .array(let elements):
            var named: [String: JSONValue] = [:]
            for element in elements {
                guard let name = name(of: element), named.updateValue(element, forKey: name) == nil else { return nil }
            }
            return named
        default: return nil
        }
    }

    private static func name(of element: JSONValue) -> String? {
        element["id"]?.stringValue ?? element["name"]?.stringValue ?? element["year"]?.intValue.map(String.init)
    }

    /// Whom a part names: who may take a step, for which tickets a limit is, which department a step is of.
    private static func people(of value: JSONValue?, at path: [String]) -> [String] {
        guard let value, path.count >= 2 else { return [] }
        var names: [String] = []
        for key in ["roles", "types", "categories", "departments"] {
            names += value[key]?.arrayValue?.compactMap(\.stringValue) ?? []
        }
        if let department = value["department"]?.stringValue { names.append(department) }
        if path.count == 2, ["ticketTypes", "roles", "departments"].contains(path[0]) { names.append(path[1]) }
        return names
    }
}
