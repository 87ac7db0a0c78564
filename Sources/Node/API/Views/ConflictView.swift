import Replication
import ServiceDesk
import Standards

/// A conflict: both values with who wrote them, where and when, the rule that decided, and what is in force now.
///
/// Equal at every site that has heard the same changes.
struct ConflictView {
    private let listing: ConflictListing
    private let wording: Wording
    private let words: FieldWords
    private let type: TicketType?

    init(_ listing: ConflictListing, _ wording: Wording) throws {
        self.listing = listing
        self.wording = wording
        words = try wording.words(of: listing.row)
        type = try wording.type(of: listing.row)
    }

    var json: JSONValue {
        get throws {
            let item = listing.item
            let first = item.first
            var members = try sides(of: first)
            members["ticket"] = .string(listing.row.id.text)
            members["number"] = .string(listing.row.state.creation?.label ?? "")
            members["rule"] = .string(first.rule.word)
            members["settled"] = .bool(item.isSettled)
            members["settledBy"] = try item.isSettled ? first.settledBy.map(author) ?? .null : .null
            if item.rule == .overtaken { members["steps"] = .array(try item.members.map(step)) }
            return .object(members)
        }
    }

    /// A step that was overtaken, and the fields that it would have filled in.
    private func step(_ member: ConflictItem.Member) throws -> JSONValue {
        var members = try author(member.losing).objectValue ?? [:]
        let transition = listing.change(member.losing)?.transition
        members["step"] = name(transition)
        members["from"] = .array((transition?.from ?? []).map { .string($0) })
        members["to"] = transition.map { .string($0.to) } ?? .null
        members["settled"] = .bool(member.isSettled)
        members["fields"] = .array(
            try member.conflicts.filter { $0.subject != .stage }.map { conflict in
                var field = try sides(of: conflict)
                field["settled"] = .bool(conflict.settledBy != nil)
                return .object(field)
            })
        return .object(members)
    }

    /// What lost, what won, and what is in force now: the same as what won unless a third change has come since.
    private func sides(of conflict: Conflict) throws -> [String: JSONValue] {
        let now = listing.inForce(conflict.subject)
        var members: [String: JSONValue] = [
            "losing": try side(conflict.losing, conflict.losingValue, conflict.subject),
            "winning": try side(conflict.winning, conflict.winningValue, conflict.subject),
            "current": try now.map { try side($0.by, $0.value, conflict.subject) } ?? .null,
        ]
        switch conflict.subject {
        case .field(let field):
            members["subject"] = "field"
            members["field"] = words.json(field)
            members["fieldName"] = words.label(field).json
        case .stage: members["subject"] = "stage"
        }
        return members
    }

    private func side(
        _ reference: ChangeReference, _ value: Value, _ subject: Conflict.Subject
    ) throws -> JSONValue {
        var members = try author(reference).objectValue ?? [:]
        switch subject {
        case .field(let field): members["value"] = words.json(value, of: field)
        case .stage:
            members["value"] = value.json
            members["step"] = name(listing.change(reference)?.transition)
        }
        return .object(members)
    }

    private func author(_ reference: ChangeReference) throws -> JSONValue {
        let change = listing.change(reference)
        return [
            "change": reference.json, "site": try wording.site(of: reference.origin),
            "actor": change.map { .string($0.actor) } ?? .null, "at": change.map { wording.time($0.stamp) } ?? .null,
        ]
    }

    /// A step's name and what its button says; null for a change that takes none, such as the ticket's creation.
    private func name(_ transition: Transition?) -> JSONValue {
        guard let transition else { return .null }
        let label = type?.transition(transition.name)?.label
        return [
            "name": .string(transition.name),
            "label": (label ?? LocalText(zh: transition.name, en: transition.name)).json,
        ]
    }
}

extension Conflict.Rule {
    var word: String {
        switch self {
        case .laterWins: "laterWins"
        case .overtaken: "overtaken"
        }
    }
}
