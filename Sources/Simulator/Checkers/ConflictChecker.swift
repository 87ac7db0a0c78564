import Replication

/// 11: of two who changed one thing without having heard of each other, the one who lost is listed.
final class ConflictChecker: Checker {
    let number = 11
    let name = "whoever lost is listed"
    let tally = Tally()
    private let books: TicketBooks

    private struct Loss: Hashable {
        /// Nil for the step.
        let field: UInt16?
        let loser: Journal.Key
    }

    init(_ books: TicketBooks) { self.books = books }

    func ended(_ world: World) {
        for site in world.core {
            for page in books.pages(at: site, in: world) ?? [] where !page.hasStranger {
                guard let shown = page.shown else { continue }
                look(page, shown, at: site, world)
            }
        }
    }

    private func look(
        _ page: TicketBooks.Page, _ shown: TicketBooks.Shown, at site: SimulatedSite, _ world: World
    ) {
        let listed = Set(shown.conflicts.map(Self.loss))
        let reckoned = TicketReckoning(page.lines.filter(\.hasEffect))
        for step in reckoned.steps where !step.hasEffect {
            tally.expect(
                listed.contains(Loss(field: nil, loser: step.by)), world, [site], about: .ticket(page.ticket),
                "step \(step.name) of ticket \(page.ticket) came too late, and nobody is told")
        }
        for (field, row) in reckoned.assignments.sorted(by: { $0.key < $1.key }) {
            look(row, of: field, page.ticket, listed, at: site, world)
        }
        tally.expect(
            shown.openConflicts == shown.conflicts.count { $0.settledBy == nil }, world, [site],
            about: .ticket(page.ticket),
            "the list of tickets counts \(shown.openConflicts) open conflicts of ticket \(page.ticket)")
    }

    /// - Parameter row: the assignments of one field in the order in which they stand.
    private func look(
        _ row: [TicketReckoning.Assignment], of field: UInt16, _ ticket: String, _ listed: Set<Loss>,
        at site: SimulatedSite, _ world: World
    ) {
        for (place, first) in row.enumerated() {
            for (later, second) in row.enumerated().dropFirst(place + 1) where areApart(first, second) {
                // Somebody in between may have replaced the first with open eyes, or have said the same once more.
                let between = row[(place + 1)..<later]
                let isAnswered = between.contains {
                    $0.deed.covers(origin: first.key.origin, sequence: first.key.sequence) || $0.value == first.value
                }
                guard !isAnswered else { continue }
                tally.expect(
                    listed.contains(Loss(field: field, loser: first.key)), world, [site], about: .ticket(ticket),
                    "what change \(first.key.sequence) of \(world.sites[first.deed.site].id) put into field \(field) "
                        + "of ticket \(ticket) is lost, and nobody is told")
            }
        }
    }

    /// Whether neither knew of the other and they differ.
    private func areApart(_ first: TicketReckoning.Assignment, _ second: TicketReckoning.Assignment) -> Bool {
        first.value != second.value
            && !second.deed.covers(origin: first.key.origin, sequence: first.key.sequence)
            && !first.deed.covers(origin: second.key.origin, sequence: second.key.sequence)
    }

    private static func loss(_ conflict: Conflict) -> Loss {
        let loser = Journal.Key(origin: conflict.losing.origin.raw, sequence: conflict.losing.sequence)
        switch conflict.subject {
        case .stage: return Loss(field: nil, loser: loser)
        case .field(let field): return Loss(field: field.rawValue, loser: loser)
        }
    }
}
