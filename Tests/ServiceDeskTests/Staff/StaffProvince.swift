import Replication
import ServiceDesk
import Standards
import Testing

/// What people with names do, where roles count.
extension DeskProvince {
    @discardableResult
    func staff(
        _ person: String, at place: DeskSite, grant: [String] = [], revoke: [String] = [],
        by actor: String = "province",
        from site: DeskSite? = nil
    ) throws -> Written {
        now += 1_000
        let site = site ?? hub
        let outcome = try site.session {
            try site.desk(at: now, actor: actor).staff(
                person, at: place.id, granting: grant, revoking: revoke, shown: nil, key: nil, in: &$0)
        }
        guard case .written(let written) = outcome else { throw DeskError(.invalid, "Stale.", remedy: "") }
        return written
    }

    @discardableResult
    func act(
        _ action: TicketAction, on ticket: EntityID, at site: DeskSite, by person: String
    ) throws -> Written {
        now += 1_000
        let outcome = try site.session {
            try site.desk(at: now, actor: person).act(action, on: ticket.text, shown: nil, key: nil, in: &$0)
        }
        guard case .written(let written) = outcome else { throw DeskError(.invalid, "Stale.", remedy: "") }
        return written
    }

    /// Writes past the desk as a person.
    func force(_ edits: [Edit], on entity: EntityID, at site: DeskSite, by person: String) throws -> ChangeReference {
        now += 1_000
        let lawful = site.domain
        site.domain = LawlessDomain()
        defer { site.domain = lawful }
        let outcome = try site.session { try $0.write(Draft(entity: entity, edits: edits, actor: person), at: now) }
        guard case .written(let written) = outcome else { throw DeskError(.invalid, "Not written.", remedy: "") }
        return written.change.reference
    }

    func roles(of person: String, at place: DeskSite, as seen: DeskSite) throws -> [String] {
        try Roster.current(of: place.id, in: seen.store)?.roles(of: person) ?? []
    }

    func isRefused(_ change: ChangeReference) throws -> Bool { try hub.store.refusedChange(change) != nil }
}

extension DeskProvince {
    func open(_ ticket: NewTicket, at site: DeskSite, by person: String) throws -> Written {
        now += 1_000
        let (identifier, customer) = (newIdentifier(), newIdentifier())
        return try site.session {
            try site.desk(at: now, actor: person).open(
                ticket, key: nil, identifier: identifier, customerIdentifier: customer, in: &$0)
        }
    }
}
