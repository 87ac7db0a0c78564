import Replication
import SQLite

/// A customer's set of sites, kept by the hub: those that may see a ticket or a circuit which names the customer, and
/// no others.
extension DeskDomain {
    public func consequences(
        of change: Change, before: EntityState, after: EntityState, in database: Database
    ) throws -> [Draft] {
        let store = SiteStore(database, domain: self)
        try noteLateAct(change, before: before, in: store)
        try noteAuthority(change, in: store)
        let answers = change.entity.kind == .ticket ? try answer(toReviewIn: change, after: after, in: store) : nil
        let ended = try withdrawals(after: change, state: after, in: store)
        return try [answers].compactMap { $0 } + ended + sites(of: change, before: before, after: after, in: store)
    }

    private func sites(
        of change: Change, before: EntityState, after: EntityState, in store: SiteStore
    ) throws -> [Draft] {
        // Most tickets name no customer.
        if change.entity.kind == .ticket, Self.customer(of: before) == nil, Self.customer(of: after) == nil {
            return []
        }
        if change.entity.kind == .circuit { return try consequences(before, after, in: store) }
        let author = try change.creation.flatMap { _ in try store.site(of: change.origin) }
        switch change.entity.kind {
        case .ticket:
            // Who opens a ticket for another branch has taken its customer down, and keeps neither.
            let left = Self.audience(of: before) + [author].compactMap { $0 }
            let (old, new) = (Self.customer(of: before), Self.customer(of: after))
            return try Set([old, new].compactMap { $0 }).sorted().compactMap { id in
                try draft(for: id, needed: id == new ? Self.audience(of: after) : [], left: left, in: store)
            }
        case .customer where before.exists:
            // A site that imports a customer again names itself; only a ticket keeps it there.
            return try [draft(for: change.entity, needed: [], left: [author].compactMap { $0 }, in: store)]
                .compactMap { $0 }
        default: return []
        }
    }

    /// A branch knows whose its circuits are before anything goes wrong with them, so that it can say so offline.
    private func consequences(
        _ before: EntityState, _ after: EntityState, in store: SiteStore
    ) throws -> [Draft] {
        let (left, here) = (Self.circuitSites(before), Self.circuitSites(after))
        let (old, new) = (Self.customer(ofCircuit: before), Self.customer(ofCircuit: after))
        return try Set([old, new].compactMap { $0 }).sorted().compactMap { id in
            try draft(for: id, needed: id == new ? here : [], left: left, in: store)
        }
    }

    private func draft(for id: EntityID, needed: [SiteID], left: [SiteID], in store: SiteStore) throws -> Draft? {
        guard let customer = try store.row(id), customer.state.exists else { return nil }
        let known = Self.sites(customer.state.elements(of: CustomerField.sites))
        let added = needed.filter { !known.contains($0) }
        var removed = known.filter { left.contains($0) && !needed.contains($0) }
        if !removed.isEmpty {
            let named = try sites(naming: id, in: store)
            removed.removeAll { named.contains($0) }
        }
        let edits: [Edit] =
            added.map { .add(CustomerField.sites, .text($0.text)) }
            + removed.map { .remove(CustomerField.sites, .text($0.text)) }
        return edits.isEmpty ? nil : Draft(entity: id, edits: edits, actor: DeskActor.hub)
    }

    private func sites(naming customer: EntityID, in store: SiteStore) throws -> [SiteID] {
        let tickets = try store.database.all("SELECT entity FROM ticket WHERE customer = ?", customer.bytes) {
            $0.int64(0)
        }
        let circuits = try store.database.all("SELECT entity FROM circuit WHERE customer = ?", customer.bytes) {
            $0.int64(0)
        }
        return try tickets.flatMap { Self.audience(of: try store.row(number: $0).state) }
            + circuits.flatMap { Self.circuitSites(try store.row(number: $0).state) }
    }

    private static func circuitSites(_ circuit: EntityState) -> [SiteID] {
        sites(circuit.elements(of: CircuitField.sites))
    }

    private static func customer(ofCircuit circuit: EntityState) -> EntityID? {
        circuit[CircuitField.customer].bytesValue.flatMap { EntityID(kind: .customer, bytes: $0) }
    }

    private static func customer(of ticket: EntityState) -> EntityID? {
        ticket[TicketField.customer].bytesValue.flatMap { EntityID(kind: .customer, bytes: $0) }
    }
}
