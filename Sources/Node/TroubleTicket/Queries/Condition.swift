import Standards

/// One condition of a query on an attribute: `status=held,pending`, `creationDate.gte=2026-01-01`, `note.author=li`.
struct Condition: Equatable {
    enum Comparison: String, CaseIterable {
        case equal
        case greater = "gt"
        case greaterOrEqual = "gte"
        case less = "lt"
        case lessOrEqual = "lte"
    }

    /// The attribute, then members of what it holds.
    let path: [String]
    let comparison: Comparison
    /// Any of them will do.
    private(set) var values: [String]

    /// - Parameter name: as in the query, with the comparison at its end.
    init(_ name: String, _ value: String) {
        var path = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        let last = path.count > 1 ? path.last.flatMap(Comparison.init) : nil
        if last != nil, last != .equal { path.removeLast() }
        self.path = path
        comparison = last ?? .equal
        values = value.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }

    var attribute: String { path[0] }

    /// Of two conditions on the same with `=` either may hold.
    mutating func widen(by other: Condition) -> Bool {
        guard path == other.path, comparison == .equal, other.comparison == .equal else { return false }
        values += other.values
        return true
    }

    /// Whether it holds of a resource; of a list when it holds of one element.
    func holds(of members: [String: JSONValue]) -> Bool { holds(.object(members), path[...]) }

    private func holds(_ value: JSONValue, _ path: ArraySlice<String>) -> Bool {
        if let elements = value.arrayValue { return elements.contains { holds($0, path) } }
        guard let first = path.first else { return values.contains { matches(value, $0) } }
        return value[first].map { holds($0, path.dropFirst()) } ?? false
    }

    private func matches(_ value: JSONValue, _ wanted: String) -> Bool {
        guard let order = Self.order(value, wanted) else { return false }
        return switch comparison {
        case .equal: order == 0
        case .greater: order > 0
        case .greaterOrEqual: order >= 0
        case .less: order < 0
        case .lessOrEqual: order <= 0
        }
    }

    /// How a value stands to a text: as times, numbers or texts, whichever both are; nil where they cannot be compared.
    private static func order(_ value: JSONValue, _ wanted: String) -> Int? {
        switch value {
        case .bool(let flag): return wanted == String(flag) ? 0 : nil
        case .integer, .number:
            return value.numberValue.flatMap { left in Double(wanted).map { left == $0 ? 0 : left < $0 ? -1 : 1 } }
        case .string(let text):
            if let left = InstantText.milliseconds(text), let right = instant(wanted) {
                return left == right ? 0 : left < right ? -1 : 1
            }
            if text.utf8.elementsEqual(wanted.utf8) { return 0 }
            return text.utf8.lexicographicallyPrecedes(wanted.utf8) ? -1 : 1
        case .null, .array, .object: return nil
        }
    }

    /// A time, or the first moment of a day in UTC.
    static func instant(_ text: String) -> Int64? {
        InstantText.milliseconds(text)
            ?? (text.utf8.count == 10 ? InstantText.milliseconds(text + "T00:00:00Z") : nil)
    }
}
