import HTTP
import Standards

/// What a list is asked for: conditions, attributes, order and part (TMF630).
struct ListQuery {
    static let limitDefault = 50
    static let limitMax = 500
    static let offsetMax = 1_000_000_000
    /// Bytes of all conditions.
    static let filterBytesMax = 4_000
    static let conditionsMax = 20
    static let sortKeysMax = 5

    struct SortKey: Equatable {
        let attribute: String
        let isDescending: Bool
    }

    let conditions: [Condition]
    /// First-level attributes; nil for all.
    let fields: Set<String>?
    let sort: [SortKey]
    let offset: Int
    let limit: Int

    /// - Parameter attributes: those that there are.
    init(_ request: Request, attributes: [String]) throws {
        let own = ["fields", "offset", "limit", "sort"]
        let elsewhere = ["before", "after", "filter"]
        var bytes = 0
        var conditions: [Condition] = []
        for item in request.query where !own.contains(item.name) {
            if elsewhere.contains(item.name) {
                throw Self.wrong("\(item.name) is not served: filter by attributes, page by offset and limit")
            }
            let condition = Condition(item.name, item.value)
            bytes += item.name.utf8.count + item.value.utf8.count
            guard attributes.contains(condition.attribute) else { throw Self.unknown(condition.attribute, attributes) }
            guard condition.path.last != "regex", condition.path.allSatisfy({ !$0.isEmpty }) else {
                throw Self.wrong("\(Finding.quote(item.name)) is not served: use =, .gt, .gte, .lt or .lte")
            }
            let place = conditions.indices.first { conditions[$0].widen(by: condition) }
            if place == nil { conditions.append(condition) }
        }
        self.conditions = conditions
        guard bytes <= Self.filterBytesMax, conditions.count <= Self.conditionsMax else {
            throw Self.wrong(
                "its conditions are more than \(Self.conditionsMax), or have more than \(Self.filterBytesMax) bytes")
        }
        fields = try Self.fields(request, attributes: attributes)
        sort = try Self.sortKeys(Self.only("sort", request) ?? "", attributes)
        offset = try Self.integer("offset", request, in: 0...Self.offsetMax, default: 0)
        limit = try Self.integer("limit", request, in: 0...Self.limitMax, default: Self.limitDefault)
    }

    /// The attributes of `fields`; `none` stands for identifier and address only.
    static func fields(_ request: Request, attributes: [String]) throws -> Set<String>? {
        guard let text = try only("fields", request), !text.isEmpty else { return nil }
        if text == "none" { return [] }
        let names = text.split(separator: ",").map(String.init)
        for name in names where !attributes.contains(name) { throw unknown(name, attributes) }
        return Set(names)
    }

    /// For what has no query beside `fields`.
    static func refuseOthers(_ request: Request, than known: [String]) throws {
        for item in request.query where !known.contains(item.name) {
            throw wrong("\(Finding.quote(item.name)) is not asked here")
        }
    }

    private static func sortKeys(_ text: String, _ attributes: [String]) throws -> [SortKey] {
        let keys = text.split(separator: ",").map { part in
            SortKey(
                attribute: String(part.drop { "+- ".contains($0) }), isDescending: part.hasPrefix("-"))
        }
        guard keys.count <= sortKeysMax else { throw wrong("sort has more than \(sortKeysMax) attributes") }
        for key in keys where !attributes.contains(key.attribute) { throw unknown(key.attribute, attributes) }
        return keys
    }

    private static func only(_ name: String, _ request: Request) throws -> String? {
        let values = request.query.filter { $0.name == name }.map(\.value)
        guard values.count <= 1 else { throw wrong("\(name) is given twice") }
        return values.first
    }

    private static func integer(
        _ name: String, _ request: Request, in range: ClosedRange<Int>, default fallback: Int
    ) throws -> Int {
        guard let text = try only(name, request), !text.isEmpty else { return fallback }
        guard let value = Int(text), range.contains(value) else {
            throw wrong("\(name) is not a number from \(range.lowerBound) to \(range.upperBound)")
        }
        return value
    }

    private static func unknown(_ name: String, _ attributes: [String]) -> NodeError {
        wrong("\(Finding.quote(name)) is no attribute; \(NearestWord.hint(for: name, among: attributes))")
    }

    private static func wrong(_ what: String) -> NodeError {
        NodeError(.badRequest, "The query cannot be answered: \(what).", remedy: "Correct it and ask again.")
    }
}

extension ListQuery {
    /// The part of a list that was asked for.
    func page<Element>(_ all: [Element]) -> [Element] { Array(all.dropFirst(offset).prefix(limit)) }

    /// In the order asked for; what is equal in it stays as it was.
    func sorted<Element>(
        _ all: [Element], _ members: (Element) -> [String: JSONValue]
    ) -> [Element] {
        guard !sort.isEmpty else { return all }
        let keyed = all.enumerated().map { (place: $0.offset, element: $0.element, members: members($0.element)) }
        return keyed.sorted { left, right in
            for key in sort {
                let order = Self.order(left.members[key.attribute], right.members[key.attribute])
                if order != 0 { return key.isDescending ? order > 0 : order < 0 }
            }
            return left.place < right.place
        }.map(\.element)
    }

    /// What is missing comes first; what is no text by its JSON.
    private static func order(_ left: JSONValue?, _ right: JSONValue?) -> Int {
        func text(_ value: JSONValue?) -> String { value.map { $0.stringValue ?? $0.text() } ?? "" }
        if let left = left?.stringValue.flatMap(InstantText.milliseconds),
            let right = right?.stringValue.flatMap(InstantText.milliseconds)
        {
            return left == right ? 0 : left < right ? -1 : 1
        }
        let (left, right) = (text(left), text(right))
        if left.utf8.elementsEqual(right.utf8) { return 0 }
        return left.utf8.lexicographicallyPrecedes(right.utf8) ? -1 : 1
    }
}
