import SQLite

/// 21: the sites that are whole come to one state within the time that their backlog and lines need.
final class ConvergenceChecker: Checker {
    let number = 21
    let name = "the province becomes level"
    let isLiveness = true
    let tally = Tally()
    private let books: TicketBooks

    init(_ books: TicketBooks) { self.books = books }

    func ended(_ world: World) {
        defer { lookAtFiles(world) }
        tally.expect(
            world.isSettled, world, world.core,
            "not level \(DurationText.text(world.kernel.now - world.scenario.lasts)) after the faults had ceased")
        guard world.isSettled, let hub = tickets(at: world.sites[0], in: world) else { return }
        let helpers = helpers(world)
        for site in world.core where !site.isHub {
            guard let branch = tickets(at: site, in: world) else { continue }
            for (name, words) in branch.sorted(by: { $0.key < $1.key }) {
                tally.expect(
                    hub[name] == words, world, [site, world.sites[0]], "ticket \(name) differs from the hub's")
            }
            let name = site.id.text
            let own = hub.filter { $0.value.isFor(name) || (helpers[$0.key]?.contains(name) ?? false) }
            let expected = site.isStandby ? hub.count : own.count
            tally.expect(
                branch.count == expected, world, [site, world.sites[0]],
                "holds \(branch.count) tickets where the hub has \(expected) for it")
        }
    }

    /// The branches that help with tickets, by what the hub's log says was done.
    private func helpers(_ world: World) -> [String: Set<String>] {
        let pages = books.pages(at: world.sites[0], in: world) ?? []
        return Dictionary(
            pages.map { ($0.ticket.uppercased(), TicketReckoning($0.lines.filter(\.hasEffect)).helpers) },
            uniquingKeysWith: { first, _ in first })
    }

    /// What either of the two has whole of a ticket that both show, both have.
    private func lookAtFiles(_ world: World) {
        for site in world.core where !site.isHub {
            for file in world.lackedFiles(between: site) {
                tally.expect(
                    false, world, [site, world.sites[0]], about: .ticket(file.ticket),
                    "the \(file.isAtHub ? "hub" : "branch") lacks file \(file.hash.prefix(8)) of ticket \(file.ticket)")
            }
        }
    }

    struct Shown: Equatable {
        let columns: [String]
        let home: String
        let transferTo: String

        func isFor(_ site: String) -> Bool { home == site || transferTo == site }
    }

    private func tickets(at site: SimulatedSite, in world: World) -> [String: Shown]? {
        world.look(at: site) { database in
            var shown: [String: Shown] = [:]
            try database.forEach(
                """
                SELECT hex(entity.id), ticket.number, type, ticket.state, home, transfer_to, category, source,
                    hex(customer), subject, opened, conflicts
                FROM ticket JOIN entity ON entity.number = ticket.entity
                """
            ) { row in
                shown[row.text(0)] = Shown(
                    columns: (1...11).map { row.isNull($0) ? "" : row.text($0) }, home: row.text(4),
                    transferTo: row.isNull(5) ? "" : row.text(5))
                return true
            }
            return shown
        }
    }
}
