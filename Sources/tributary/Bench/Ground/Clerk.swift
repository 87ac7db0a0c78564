import Node
import Replication
import ServiceDesk

/// Does at a site's desk what a person or an import does, many to a transaction.
struct Clerk {
    /// Tickets or edits that share a commit.
    static let batch = 1_000

    let site: Site

    /// Takes tickets for a branch.
    func open(_ tickets: [SampleTicket], for home: SiteID) throws {
        for range in Batches.of(Self.batch, covering: tickets.count) {
            let part = Array(tickets[range])
            let site = site
            try site.perform("bench") { session, now in
                let desk = site.desk(session.store, actor: "bench", now: now)
                for ticket in part {
                    _ = try desk.open(
                        ticket.form(home: home), key: nil, identifier: ticket.identifier,
                        customerIdentifier: ticket.identifier, in: &session)
                }
            }
        }
    }

    /// Changes one field of some of the tickets.
    func edit(_ edits: [SampleEdit], of tickets: [SampleTicket]) throws {
        for range in Batches.of(Self.batch, covering: edits.count) {
            let part = edits[range].map { (name: EntityID(kind: .ticket, bytes: tickets[$0.ticket].identifier), $0) }
            let site = site
            try site.perform("bench") { session, now in
                let desk = site.desk(session.store, actor: "bench", now: now)
                for (name, edit) in part {
                    _ = try desk.act(
                        .assign(["status": .text(edit.status)]), on: name?.text ?? "", shown: nil, key: nil,
                        in: &session)
                }
            }
        }
    }
}
