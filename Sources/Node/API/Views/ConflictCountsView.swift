import Replication
import ServiceDesk
import Standards

/// How many conflicts there are, by field and rule, and by who lost to whom.
struct ConflictCountsView {
    let counts: ConflictCounts
    let wording: Wording
    /// Of the standard in force: a field that it has no longer is named by its number.
    let words: FieldWords

    var json: JSONValue {
        get throws {
            [
                "dataAsOf": try DataAsOfView.json(wording), "kinds": .array(counts.kinds.map(kind)),
                "sites": .array(try sites()),
                "open": .integer(Int64(counts.total.open)), "settled": .integer(Int64(counts.total.settled)),
            ]
        }
    }

    private func kind(_ kind: ConflictCounts.Kind, _ count: ConflictCounts.Count) -> JSONValue {
        var members = Self.members(count)
        members["rule"] = kind.rule.map { .string($0.word) } ?? .null
        switch kind.subject {
        case .field(let field):
            members["subject"] = "field"
            members["field"] = words.json(field)
            members["fieldName"] = words.label(field).json
        case .stage: members["subject"] = "stage"
        }
        return .object(members)
    }

    /// A site has had several origins if it was ever restored.
    private func sites() throws -> [JSONValue] {
        var merged: [[String]: ConflictCounts.Count] = [:]
        for (pair, count) in counts.pairs {
            let names = try [pair.losing, pair.winning].map { try wording.site(of: $0).stringValue ?? "" }
            merged[names] = (merged[names] ?? ConflictCounts.Count()) + count
        }
        return merged.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { names, count in
            var members = Self.members(count)
            members["losing"] = .string(names[0])
            members["winning"] = .string(names[1])
            return .object(members)
        }
    }

    private static func members(_ count: ConflictCounts.Count) -> [String: JSONValue] {
        ["open": .integer(Int64(count.open)), "settled": .integer(Int64(count.settled))]
    }
}
