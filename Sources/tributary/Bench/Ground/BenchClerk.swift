import Node
import Replication
import ServiceDesk

/// Does at a site's desk what a person or an import does, many to a transaction.
struct BenchClerk {
    /// Tickets or edits that share a commit.
    static let batch = 1_000

    let site: Site

    /// Takes tickets for a branch.
    func open(_ tickets: [SampleTicket], for home: SiteID) throws {
        try open(tickets.map { $0.form(home: home) }, as: tickets.map(\.identifier))
    }

    /// Takes tickets that have been filled in, under these identifiers.
    func open(_ forms: [NewTicket], as identifiers: [[UInt8]]) throws {
        for range in Batches.of(Self.batch, covering: forms.count) {
            let part = Array(zip(forms[range], identifiers[range]))
            let site = site
            try site.perform("bench") { session, now in
                let desk = site.desk(session.store, actor: "bench", now: now)
                for (form, identifier) in part {
                    _ = try desk.open(
                        form, key: nil, identifier: identifier, customerIdentifier: identifier, in: &session)
                }
            }
        }
    }

    /// Takes tickets and changes one field of each a few times, every thousand of them before the next are taken.
    func work(on tickets: [SampleTicket], for home: SiteID, editsEach: Int) throws {
        for range in Batches.of(Self.batch, covering: tickets.count) {
            let part = Array(tickets[range])
            try open(part, for: home)
            for round in 0..<editsEach {
                try edit(SampleEdit.edits(part.count, of: part.count, seed: UInt64(round)), of: part)
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
