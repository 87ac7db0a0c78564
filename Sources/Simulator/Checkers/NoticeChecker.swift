import SQLite

/// 29: a customer is told of every step that the standard marks for it, and of each once; of none that the hub has not
/// admitted.
///
/// Which steps have had effect is reckoned from what people did.
final class NoticeChecker: Checker {
    let number = 29
    let name = "customers are told of each step once"
    let tally = Tally()
    private let books: TicketBooks
    private var procedures: Procedures?
    private var timesTold: [Journal.Key: Int] = [:]

    /// As the design has it: of what is older than this when an epoch begins nobody is told.
    private static let oldest: Int64 = 3 * 86_400_000
    /// What only the rows of an event log say: which version of their source they are, and of when.
    private static let broughtIn: [UInt16] = [14, 15]
    private static let ticket: UInt8 = 16

    init(_ books: TicketBooks) { self.books = books }

    func told(of key: Journal.Key, in world: World) {
        let hub = world.sites[0]
        timesTold[key, default: 0] += 1
        tally.expect(
            timesTold[key] == 1, world, [hub], about: .change(key),
            "a customer was told \(timesTold[key] ?? 0) times of change \(key.sequence)")
        // A hub that has gone meanwhile may have lost what it told of.
        let row = world.look(at: hub) { database in
            try database.first(
                """
                SELECT log.condition, entity.id, log.body FROM log
                JOIN origin ON origin.number = log.origin JOIN entity ON entity.number = log.entity
                WHERE origin.id = ? AND log.sequence = ? AND entity.kind = ?
                """, key.origin, key.sequence, Int64(Self.ticket)
            ) { (condition: $0.int64(0), ticket: $0.blob(1), body: $0.blob(2)) }
        }
        guard let row = row ?? nil, !world.isDamaged(hub) else { return }
        tally.expect(
            row.condition == 1, world, [hub], about: .change(key),
            "a customer was told of change \(key.sequence), which the hub has not admitted")
        guard let deed = world.journal.deed(key, kind: Self.ticket, entity: row.ticket, body: row.body) else { return }
        let known = known(world)
        let tells = deed.kinds.contains { kind in
            if case .stepped(let name, _, _) = kind { known.notifies(name) } else { false }
        }
        tally.expect(
            tells, world, [hub], about: .change(key),
            "a customer was told of change \(key.sequence), which is no step to tell of")
    }

    func ended(_ world: World) {
        let hub = world.sites[0]
        guard hub.gateway != nil, world.isSettled, !world.staysBroken(0), let since = since(at: hub, world) else {
            return
        }
        for page in books.pages(at: hub, in: world) ?? [] where !page.hasStranger {
            guard let shown = page.shown else { continue }
            look(page, shown.type, since, hub, world)
        }
    }

    private func look(
        _ page: TicketBooks.Page, _ type: String, _ since: Int64, _ hub: SimulatedSite, _ world: World
    ) {
        let known = known(world)
        let lines = page.lines.filter(\.hasEffect)
        for step in TicketReckoning(lines).steps where step.hasEffect && known.notifies(step.name, of: type) {
            guard let line = lines.first(where: { $0.key == step.by }), let deed = line.deed,
                Int64(line.stamp >> 16) >= since - Self.oldest, !Self.isBroughtIn(deed)
            else { continue }
            tally.expect(
                timesTold[step.by] == 1, world, [hub], about: .ticket(page.ticket),
                "of step \(step.name) of ticket \(page.ticket) the customer was told \(timesTold[step.by] ?? 0) times")
        }
    }

    private static func isBroughtIn(_ deed: Deed) -> Bool {
        deed.kinds.contains { kind in
            if case .assigned(let field, _) = kind { broughtIn.contains(field) } else { false }
        }
    }

    /// When the hub's epoch began, but for its first: 0; nil where that cannot be read.
    private func since(at hub: SimulatedSite, _ world: World) -> Int64? {
        let since = world.look(at: hub) { database in
            try database.first("SELECT since FROM notice_basis") { $0.int64(0) }
        }
        return since ?? nil
    }

    private func known(_ world: World) -> Procedures {
        let known = procedures ?? Procedures(world.input.document)
        procedures = known
        return known
    }
}
