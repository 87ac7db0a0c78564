import Replication
import ServiceDesk
import Standards

/// What happened to a ticket, change by change.
struct TimelineView {
    let row: EntityRow
    let wording: Wording
    let words: FieldWords

    /// The changes that have effect here, in the order in which they fold.
    func timeline() throws -> [JSONValue] {
        let entries = try wording.store.entries(of: row.number)
        let kept = Dictionary(entries.map { ($0.change.reference, $0) }, uniquingKeysWith: { first, _ in first })
        return try Timeline(of: entries.map(\.change)).entries.map { item in
            var members = try head(item.change)
            let entry = kept[item.change.reference]
            members["state"] = .string(state(of: item.change, isAdmitted: entry?.isAdmitted ?? false))
            members["corrected"] = .bool(entry?.isCorrected ?? false)
            members["effects"] = .array(item.effects.map { EffectView(words: words).json($0) })
            return .object(members)
        }
    }

    /// The changes that the province refused: kept, shown, without effect.
    func refused() throws -> [JSONValue] {
        try wording.store.refusals(of: row.number).map { try refusal($0.entry.change, because: $0.reason) }
    }

    func refusal(_ change: Change, because reason: String) throws -> JSONValue {
        var members = try head(change)
        members["ticket"] = .string(row.id.text)
        members["number"] = .string(row.state.creation?.label ?? "")
        members["reason"] = .string(reason)
        members["effects"] = .array(change.edits.compactMap { EffectView(words: words).json(intended: $0) })
        return .object(members)
    }

    private func head(_ change: Change) throws -> [String: JSONValue] {
        [
            "change": change.reference.json, "at": wording.time(change.stamp), "actor": .string(change.actor),
            "site": try wording.site(of: change.origin),
        ]
    }

    private func state(of change: Change, isAdmitted: Bool) -> String {
        let life = wording.life
        if !life.isHub && change.origin == life.origin && change.sequence > life.acknowledged.number {
            return "onlyHere"
        }
        return isAdmitted ? "admitted" : "sent"
    }
}
