import Replication
import SQLite
import ServiceDesk
import Standards

/// A ticket as whoever works on it has it before them, with what its standard says of it.
struct Casefile {
    let row: EntityRow
    let pack: StandardPack
    let type: TicketType
    let store: SiteStore
    let site: SiteID
    let isHub: Bool
    /// Province time, in milliseconds since 1970.
    let now: Int64

    var state: EntityState { row.state }
    var stage: String { state.stageName }
    var isFinal: Bool { type.state(stage)?.isFinal ?? true }
    var home: String? { state[TicketField.home].textValue }
    var isHome: Bool { home == site.text }
    /// Whether the province has taken it.
    var isHeld: Bool { state[TicketField.heldBy] != .null }
    var department: String? { state[TicketField.department].textValue }

    /// The branches that were asked to help.
    var helpers: [Value] { state.elements(of: TicketField.collaborators) }

    func text(_ field: String) -> String? { Self.text(state[FieldNumbers.field(field)]) }

    static func text(_ value: Value) -> String? {
        switch value {
        case .text(let text): text.isEmpty ? nil : text
        case .integer(let number): String(number)
        case .bool(let flag): flag ? "true" : "false"
        case .null, .bytes: nil
        }
    }

    /// The texts of a set, sorted.
    func elements(_ field: String) -> [String] {
        Set(state.elements(of: FieldNumbers.field(field)).compactMap(\.textValue)).sorted()
    }

    func isFilled(_ field: String) -> Bool { text(field) != nil || !elements(field).isEmpty }

    /// The first step within the work that can be done now.
    var nextStep: TicketSteps.Step? {
        guard type.work.worksSteps(in: stage) else { return nil }
        let all = TicketSteps(of: state, type: type, pack: pack).all
        return all.first { step in
            step.state != .done
                && all.allSatisfy { !step.template.after.contains($0.template.id) || $0.state == .done }
        }
    }

    var areStepsDone: Bool { TicketSteps(of: state, type: type, pack: pack).areDone }

    /// The tickets that were opened for this one.
    func children(_ types: [String]) throws -> [EntityRow] {
        try store.database.all("SELECT entity FROM child WHERE parent = ? ORDER BY entity", row.id.bytes) {
            $0.int64(0)
        }
        .map { try store.row(number: $0) }
        .filter { types.contains($0.state[TicketField.type].textValue ?? "") }
    }

    /// Whether a ticket of this standard has come to its end.
    func hasEnded(_ other: EntityRow) -> Bool {
        let type = other.state[TicketField.type].textValue.flatMap { pack.ticketType($0) }
        return type?.state(other.state.stageName)?.isFinal ?? false
    }

    /// A ticket that can be built upon: one with such a value, valid for a while yet. One's own child comes first.
    func foundation(for link: ProcedureMap.Link) throws -> EntityRow? {
        let types = pack.ticketTypes.filter { $0.field(link.field) != nil }.map(\.id)
        let others = try types.flatMap { type in
            try store.database.all(
                "SELECT entity FROM ticket WHERE type = ? ORDER BY opened DESC, entity DESC LIMIT 20", type
            ) { $0.int64(0) }
        }
        return try (children(types) + others.map { try store.row(number: $0) }).first { holds($0, link) }
    }

    func holds(_ other: EntityRow, _ link: ProcedureMap.Link) -> Bool {
        guard let value = Self.text(other.state[FieldNumbers.field(link.field)]), link.values.contains(value) else {
            return false
        }
        guard let end = link.validUntil else { return true }
        return (other.state[FieldNumbers.field(end)].integerValue ?? 0) > now + 3_600_000
    }
}
