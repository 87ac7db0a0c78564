import Replication
import ServiceDesk
import Standards

/// Counts the conflicts that the hub lists, by field and rule.
enum ConflictCensus {
    private struct Kind: Hashable, Comparable {
        let field: String
        let rule: String

        static func < (left: Kind, right: Kind) -> Bool { (left.field, left.rule) < (right.field, right.rule) }
    }

    static func counts(in world: World) -> [ConflictCount] {
        guard let process = world.sites[0].process else { return [] }
        let origins = world.journal.homes.mapValues { world.sites[$0].id.text }
        let listed = try? process.read { store in
            try store.database.all("SELECT entity FROM ticket WHERE conflicts > 0 ORDER BY entity") { $0.int64(0) }
                .flatMap { try store.row(number: $0).state.conflicts }
        }
        let forms = Set(world.people.pack.ticketTypes.flatMap(\.fields).map(\.id)).sorted()
        let names = Dictionary(forms.map { (FieldNumbers.field($0), $0) }, uniquingKeysWith: { first, _ in first })
        var pairs: [Kind: [[String]: Int64]] = [:]
        for conflict in listed ?? [] {
            let pair = [conflict.losing, conflict.winning].map { origins[$0.origin.raw] ?? "?" }.sorted()
            pairs[kind(conflict, names), default: [:]][pair, default: 0] += 1
        }
        return pairs.sorted { $0.key < $1.key }.map { kind, counts in
            let most = counts.sorted { ($1.value, $0.key.joined()) < ($0.value, $1.key.joined()) }[0]
            return ConflictCount(
                field: kind.field, rule: kind.rule, count: counts.values.reduce(0, +), pair: most.key,
                pairCount: most.value)
        }
    }

    private static func kind(_ conflict: Conflict, _ names: [Field: String]) -> Kind {
        let rule = conflict.rule == .overtaken ? "overtaken" : "laterWins"
        switch conflict.subject {
        case .stage: return Kind(field: "stage", rule: rule)
        case .field(let field):
            let name = FieldNumbers.name(field) ?? names[field] ?? "field \(field.rawValue)"
            return Kind(field: name, rule: rule)
        }
    }
}
