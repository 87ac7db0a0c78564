import Replication
import ServiceDesk
import Standards

/// A conflict: both values with who wrote them, and the rule that decided.
struct ConflictView {
    let json: JSONValue

    init(_ listing: ConflictListing, _ wording: Wording, _ words: FieldWords) throws {
        let conflict = listing.conflict
        var members: [String: JSONValue] = [
            "ticket": .string(listing.row.id.text), "number": .string(listing.row.state.creation?.label ?? ""),
            "rule": conflict.rule == .laterWins ? "laterWins" : "overtaken",
            "losing": try Self.side(conflict.losing, conflict.losingValue, listing.losing, wording),
            "winning": try Self.side(conflict.winning, conflict.winningValue, listing.winning, wording),
            "settled": .bool(conflict.settledBy != nil),
        ]
        switch conflict.subject {
        case .field(let field):
            members["subject"] = "field"
            members["field"] = words.json(field)
        case .stage: members["subject"] = "stage"
        }
        json = .object(members)
    }

    private static func side(
        _ reference: ChangeReference, _ value: Value, _ change: Change?, _ wording: Wording
    ) throws -> JSONValue {
        [
            "change": reference.json, "value": value.json, "site": try wording.site(of: reference.origin),
            "actor": change.map { .string($0.actor) } ?? .null, "at": change.map { wording.time($0.stamp) } ?? .null,
        ]
    }
}
