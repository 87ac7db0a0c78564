import Replication
import SQLite

/// 26: a ticket has exactly one owner at any time: its branch, or the province while it has taken it.
///
/// At every site: the branch is one of the directory's and the holder nobody but the hub. In the order of the changes:
/// only the hub takes and gives back, only a branch that was offered a ticket becomes its home, and whoever knows that
/// the province has a ticket takes no step with it. In the end every site names the owner that the hub names.
final class OwnerChecker: Checker {
    let number = 26
    let name = "a ticket has one owner"
    let tally = Tally()
    private let books: TicketBooks

    private enum Field {
        static let home: UInt16 = 4
        static let transferTo: UInt16 = 5
        static let heldBy: UInt16 = 19
    }

    /// Who owns a ticket by a site's own table and log.
    private struct Owner: Equatable {
        let home: String
        let heldBy: String
    }

    init(_ books: TicketBooks) { self.books = books }

    func hour(_ world: World) {
        let branches = Set(world.sites.dropFirst().map(\.id.text))
        for site in world.sites where !world.isDamaged(site) {
            let homes = world.look(at: site) { database in
                try database.all("SELECT home, count(*) FROM ticket GROUP BY home ORDER BY home") { $0.text(0) }
            }
            for home in homes ?? [] {
                tally.expect(
                    branches.contains(home), world, [site], "\(site.id) shows tickets of \(home), which is no branch")
            }
        }
    }

    func ended(_ world: World) {
        var owners: [String: Owner] = [:]
        for site in world.core {
            for page in books.pages(at: site, in: world) ?? [] where !page.hasStranger {
                guard let shown = page.shown else { continue }
                let reckoned = TicketReckoning(page.lines.filter(\.hasEffect))
                let owner = Owner(home: shown.home, heldBy: reckoned.fields[Field.heldBy]?.value ?? "null")
                let hub = world.sites[0].id.text
                tally.expect(
                    ["null", hub].contains(owner.heldBy), world, [site], about: .ticket(page.ticket),
                    "ticket \(page.ticket) is held by \(owner.heldBy), which is not the hub")
                if site.isHub {
                    owners[page.ticket] = owner
                    for line in page.lines where line.hasEffect { look(line, of: page, world) }
                } else if world.isSettled, let known = owners[page.ticket] {
                    tally.expect(
                        owner == known, world, [site, world.sites[0]], about: .ticket(page.ticket),
                        "ticket \(page.ticket) has another owner than at the hub")
                }
            }
        }
    }

    /// Whether whoever wrote a line could do so.
    private func look(_ line: TicketBooks.Line, of page: TicketBooks.Page, _ world: World) {
        // Of a database that went two ways the numbers in what was seen do not say which of them was meant.
        guard let deed = line.deed, deed.site > 0, !world.faults.damaged.contains(deed.site),
            !world.journal.descent.isSplit, !world.hasRenewed
        else { return }
        let site = world.sites[deed.site]
        let isNew = deed.kinds.contains { if case .created = $0 { true } else { false } }
        for case .assigned(let field, let value) in deed.kinds {
            switch field {
            case Field.heldBy:
                tally.expect(
                    false, world, [site], about: .ticket(page.ticket),
                    "\(site.id) has set who holds ticket \(page.ticket), which is the province's")
            case Field.home where !isNew:
                let offered = seen(by: deed, page).fields[Field.transferTo]?.value
                tally.expect(
                    value == site.id.text && offered == value, world, [site], about: .ticket(page.ticket),
                    "\(site.id) has made \(value) the branch of ticket \(page.ticket), offered to \(offered ?? "none")")
            default: continue
            }
        }
        guard deed.kinds.contains(where: { if case .stepped = $0 { true } else { false } }) else { return }
        let holder = seen(by: deed, page).fields[Field.heldBy]?.value ?? "null"
        tally.expect(
            holder == "null", world, [site, world.sites[0]], about: .ticket(page.ticket),
            "\(site.id) has taken a step with ticket \(page.ticket), which it knew the province to have")
    }

    /// What the author of a line knew of the ticket.
    private func seen(by deed: Deed, _ page: TicketBooks.Page) -> TicketReckoning {
        TicketReckoning(
            page.lines.filter { line in
                line.hasEffect && (line.key.origin, line.key.sequence) != (deed.origin, deed.sequence)
                    && deed.covers(origin: line.key.origin, sequence: line.key.sequence)
            })
    }
}
