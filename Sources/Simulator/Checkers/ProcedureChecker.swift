import Replication

/// 10: tickets move by the procedure of their type only, and nobody is let take a step that is not open to them.
final class ProcedureChecker: Checker {
    let number = 10
    let name = "steps follow the procedure"
    let tally = Tally()
    private let books: TicketBooks
    private var procedures: Procedures?
    /// What a field says that nothing was put into.
    private static let empty = ["null", ""]

    init(_ books: TicketBooks) { self.books = books }

    func ended(_ world: World) {
        let known = procedures ?? Procedures(world.input.document)
        procedures = known
        for site in world.core {
            for page in books.pages(at: site, in: world) ?? [] where !page.hasStranger {
                guard let shown = page.shown else { continue }
                look(page, shown, at: site, known, world)
                if site.isHub {
                    lookBack(page, world)
                    for line in page.lines where line.hasEffect { lookForPapers(line, page, shown.type, known, world) }
                }
            }
        }
    }

    /// Whether the steps of a ticket are those of its procedure, and lead to where the ticket is.
    private func look(
        _ page: TicketBooks.Page, _ shown: TicketBooks.Shown, at site: SimulatedSite, _ known: Procedures,
        _ world: World
    ) {
        tally.expect(
            known.has(state: shown.state, of: shown.type), world, [site], about: .ticket(page.ticket),
            "ticket \(page.ticket) is \(shown.state), which is no state of \(shown.type)")
        let reckoned = TicketReckoning(page.lines.filter(\.hasEffect))
        var state = reckoned.steps.first?.from ?? shown.state
        for step in reckoned.steps {
            let rule = known.rule(step.name, of: shown.type)
            tally.expect(
                rule == .init(from: step.leaves, to: step.to), world, [site], about: .ticket(page.ticket),
                "step \(step.name) of ticket \(page.ticket) is not that of \(shown.type)")
            if let rule, rule.from.contains(state) { state = rule.to }
        }
        tally.expect(
            state == shown.state, world, [site], about: .ticket(page.ticket),
            "ticket \(page.ticket) is \(shown.state), and its steps lead to \(state)")
    }

    /// Whether the author of a line had seen another: under the number that it has now or under one that it had before
    /// it was issued again. Two copies of a database use one number for two changes: which of them was meant tells the
    /// database that the author, or whom it had heard, was at.
    /// - Parameter untold: what to believe where nothing tells: of the hub's own answers nobody notes the database.
    private func knew(
        _ deed: Deed, _ line: TicketBooks.Line, _ other: TicketBooks.Line, _ page: TicketBooks.Page, _ world: World,
        untold: Bool
    ) -> Bool {
        other.names.contains { name in
            guard deed.covers(origin: name.origin, sequence: name.sequence) else { return false }
            let known = name.origin == deed.origin ? line : lastSeen(of: name.origin, by: deed, page)
            guard let place = other.written, let database = known?.written?.database else { return untold }
            return world.journal.descent.holds(database, place)
        }
    }

    /// The line by which an author knows how far another's stream had come: whoever has a number now had it before
    /// those who have given it up.
    private func lastSeen(of origin: UInt64, by deed: Deed, _ page: TicketBooks.Page) -> TicketBooks.Line? {
        let last = Journal.Key(origin: origin, sequence: deed.seen[origin] ?? 0)
        return page.lines.first { $0.key == last } ?? page.lines.first { $0.names.contains(last) }
    }

    /// Whether each step could be taken from where its author saw the ticket: what the change covers, and no more.
    private func lookBack(_ page: TicketBooks.Page, _ world: World) {
        for line in page.lines {
            // What a disk has damaged may show its people a state that never was.
            guard let deed = line.deed, !world.faults.damaged.contains(deed.site) else { continue }
            for case .stepped(let name, let leaves, _) in deed.kinds {
                guard let seen = views(deed, line, page, world, untold: true) else { continue }
                let isOpen =
                    seen.contains { leaves.contains($0.state) }
                    || views(deed, line, page, world, untold: false)?.contains { leaves.contains($0.state) } ?? true
                tally.expect(
                    isOpen, world, [world.sites[deed.site]], about: .ticket(page.ticket),
                    "step \(name) of ticket \(page.ticket) was taken where the ticket was \(seen[1].state)")
            }
        }
    }

    /// Whether what a step asks for was filled in, by its author or by those whom it had heard of.
    private func lookForPapers(
        _ line: TicketBooks.Line, _ page: TicketBooks.Page, _ type: String, _ known: Procedures, _ world: World
    ) {
        guard let deed = line.deed, !world.faults.damaged.contains(deed.site) else { return }
        for case .stepped(let name, _, _) in deed.kinds {
            let fields = known.required(by: name, of: type)
            guard !fields.isEmpty else { continue }
            guard let seen = views(deed, line, page, world, untold: true) else { continue }
            var brought: [UInt16] = []
            for case .assigned(let field, let value) in deed.kinds where !Self.empty.contains(value) {
                brought.append(field)
            }
            let isComplete = seen.contains { view in
                fields.allSatisfy { brought.contains($0) || !Self.empty.contains(view.fields[$0]?.value ?? "") }
            }
            tally.expect(
                isComplete, world, [world.sites[deed.site]], about: .ticket(page.ticket),
                "step \(name) of ticket \(page.ticket) was taken without what it asks for")
        }
    }

    /// What the author of a line may have seen of the ticket: whether or not it had heard of a refusal, by which steps
    /// come to effect that had none beside what was refused.
    /// Nil where there were too many of those to tell.
    private func views(
        _ deed: Deed, _ line: TicketBooks.Line, _ page: TicketBooks.Page, _ world: World, untold: Bool
    ) -> [TicketReckoning]? {
        let covered = page.lines.filter { $0.key != line.key && knew(deed, line, $0, page, world, untold: untold) }
        guard covered.count(where: { !$0.hasEffect }) < 2 else { return nil }
        return [covered, covered.filter(\.hasEffect)].map { TicketReckoning($0) }
    }
}
