import Replication
import ServiceDesk
import Testing

/// Somebody has changed what the author was shown an earlier version of.
struct StaleForm: Error {
    let changed: ChangedSince
}

/// What people do at the counters of the province.
extension DeskProvince {
    @discardableResult
    func open(
        _ type: String = "complaint", at site: DeskSite, for home: DeskSite? = nil,
        _ fields: [String: Value] = ["subject": .text("Broadband is slow")], category: String? = nil,
        customer: NewTicket.Customer? = nil, key: IdempotencyKey? = nil, identifier: [UInt8]? = nil
    ) throws -> EntityID {
        var ticket = NewTicket(type: type, home: (home ?? site).id, fields: fields)
        ticket.category = category
        ticket.customer = customer
        return try open(ticket, at: site, key: key, identifier: identifier).row.id
    }

    @discardableResult
    func open(
        _ ticket: NewTicket, at site: DeskSite, key: IdempotencyKey? = nil, identifier: [UInt8]? = nil
    ) throws -> Written {
        now += 1_000
        let identifier = identifier ?? newIdentifier()
        let customer = newIdentifier()
        return try site.session {
            try site.desk(at: now).open(
                ticket, key: key, identifier: identifier, customerIdentifier: customer, in: &$0)
        }
    }

    /// A row of a file, imported at a site.
    @discardableResult
    func importRow(
        _ key: String, at site: DeskSite, for home: DeskSite, _ fields: [String: Value], state: String? = nil,
        customer: NewTicket.Customer? = nil, source: String = "old-desk"
    ) throws -> Written {
        var ticket = NewTicket(type: "complaint", home: home.id, fields: fields)
        ticket.source = NewTicket.Source(name: source, key: key)
        ticket.state = state
        ticket.customer = customer
        return try open(ticket, at: site)
    }

    @discardableResult
    func act(
        _ action: TicketAction, on ticket: EntityID, at site: DeskSite, shown: RowVersion? = nil,
        key: IdempotencyKey? = nil
    ) throws -> Written {
        now += 1_000
        let outcome = try site.session {
            try site.desk(at: now).act(action, on: ticket.text, shown: shown, key: key, in: &$0)
        }
        switch outcome {
        case .written(let written): return written
        case .changedSince(let changed): throw StaleForm(changed: changed)
        }
    }

    /// Writes past the desk: what a branch with other software could send.
    @discardableResult
    func force(_ edits: [Edit], on entity: EntityID, at site: DeskSite) throws -> ChangeReference {
        now += 1_000
        let lawful = site.domain
        site.domain = LawlessDomain()
        defer { site.domain = lawful }
        let outcome = try site.session { try $0.write(Draft(entity: entity, edits: edits, actor: "forger"), at: now) }
        guard case .written(let written) = outcome else { throw DeskError(.invalid, "Not written.", remedy: "") }
        return written.change.reference
    }

    @discardableResult
    func decide(
        _ request: ChangeReference, _ outcome: Answer.Outcome, reason: String = "as the rules say"
    ) throws -> Decision {
        now += 1_000
        return try hub.session {
            try $0.decide(
                request, outcome, reason: reason, actor: "supervisor", hubKey: DeskProvince.hubKey, at: now)
        }
    }
}

/// What the sites show.
extension DeskProvince {
    /// A ticket or customer as a site shows it; nil where it is not to be seen.
    func shown(_ entity: EntityID, at site: DeskSite) throws -> EntityState? {
        guard let row = try site.store.row(entity), row.state.exists, !row.isWithdrawn else { return nil }
        return row.state
    }

    func value(_ field: Field, of entity: EntityID, at site: DeskSite) throws -> Value? {
        try shown(entity, at: site)?[field]
    }

    func home(of ticket: EntityID, at site: DeskSite) throws -> String? {
        try value(TicketField.home, of: ticket, at: site)?.textValue
    }

    func stage(of ticket: EntityID, at site: DeskSite) throws -> String? { try shown(ticket, at: site)?.stageName }

    func version(of ticket: EntityID, at site: DeskSite) throws -> RowVersion {
        let row = try #require(try site.store.row(ticket))
        return RowVersion(origin: try site.store.life().origin, version: row.version)
    }

    /// Why changes to an entity were refused, as a site has it.
    func refusals(of entity: EntityID, at site: DeskSite) throws -> [String] {
        guard let row = try site.store.row(entity) else { return [] }
        return try site.store.refusals(of: row.number).map(\.reason)
    }

    /// Who may see a customer, as the hub has it.
    func sites(of customer: EntityID) throws -> [String] {
        try (shown(customer, at: hub)?.elements(of: CustomerField.sites) ?? []).compactMap(\.textValue).sorted()
    }

    /// The customer of a ticket, as a site shows it.
    func customer(of ticket: EntityID, at site: DeskSite) throws -> EntityID? {
        try value(TicketField.customer, of: ticket, at: site)?.bytesValue.flatMap {
            EntityID(kind: .customer, bytes: $0)
        }
    }
}
