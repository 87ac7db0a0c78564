import Replication
import SQLite
import ServiceDesk
import Standards

/// 9: whoever has a standard that is in force works by it, and two sites that have the same one come to the same.
///
/// A ticket is opened under the standard in force of those that its site has, so the version never goes back. In the
/// end every site has the same standards, with the same ceiling for refunds, and gives a ticket the same category and
/// the same due times as the hub does.
final class StandardChecker: Checker {
    let number = 9
    let name = "one standard everywhere"
    let tally = Tally()
    /// By site: the standard that was in force there when it was last looked at.
    private var known: [Int: String] = [:]

    func acknowledged(_ entry: Journal.Entry, at site: SimulatedSite, took: VirtualTime, in world: World) {
        let deed = entry.deed
        guard deed.isTicket, deed.kinds.contains(where: { if case .created = $0 { true } else { false } }),
            !world.isDamaged(site), let now = site.process?.now
        else { return }
        let inForce = world.look(at: site) { database in
            try database.first(
                """
                SELECT entity.id FROM standard JOIN entity ON entity.number = standard.entity WHERE effective <= ?
                ORDER BY effective DESC, published DESC, entity.id DESC LIMIT 1
                """, now
            ) { Deed.words(of: .bytes($0.blob(0))) }
        }
        guard let inForce = inForce ?? nil else { return }
        // It may have come in the very moment in which the ticket was opened.
        let before = known.updateValue(inForce, forKey: site.number)
        for case .assigned(Self.pack, let named) in deed.kinds {
            tally.expect(
                named == inForce || named == before, world, [site], about: .ticket(deed.entity),
                "ticket \(deed.entity) is opened at \(site.id) under another standard than the one in force there")
        }
    }

    private static let pack: UInt16 = 9

    /// Another database may know less.
    func replaced(_ site: SimulatedSite, in world: World) { known[site.number] = nil }

    func ended(_ world: World) {
        guard world.isSettled, let hub = standards(at: world.sites[0], in: world) else { return }
        let sites = world.core.filter { !$0.isHub && !world.isDamaged($0) }
        for site in sites {
            guard let own = standards(at: site, in: world) else { continue }
            tally.expect(
                own == hub, world, [site, world.sites[0]],
                "\(site.id) has other standards than the hub, or other ceilings")
        }
        let now = world.scenario.starts + world.kernel.now.milliseconds
        guard let atHub = answers(at: world.sites[0], now, in: world) else { return }
        for site in sites {
            for (ticket, answer) in (answers(at: site, now, in: world) ?? [:]).sorted(by: { $0.key < $1.key }) {
                guard let due = atHub[ticket] else { continue }
                tally.expect(
                    answer == due, world, [site, world.sites[0]], about: .ticket(ticket),
                    "\(site.id) and the hub do not say the same of ticket \(ticket): \(answer) and \(due)")
            }
        }
    }

    /// Each standard's version, when it takes effect, and the most that it lets be refunded.
    private func standards(at site: SimulatedSite, in world: World) -> [String]? {
        guard let process = site.process else { return nil }
        return try? process.read { store in
            let rows = try store.database.all(
                "SELECT entity, version, effective FROM standard ORDER BY effective, version"
            ) {
                (number: $0.int64(0), words: "\($0.text(1)) from \($0.int64(2))")
            }
            return try rows.map { row in
                let document = try store.row(number: row.number).state[Field(rawValue: 2)].textValue ?? ""
                return "\(row.words): \(Self.ceiling(of: document)) fen, \(Fingerprint.of(body: Array(document.utf8)))"
            }
        }
    }

    private static func ceiling(of document: String) -> String {
        guard
            case .object(let members)? = try? JSONValue(parsing: Array(document.utf8), sizeLimit: document.utf8.count),
            case .object(let refund)? = members["refund"], case .integer(let limit)? = refund["limitFen"]
        else { return "no" }
        return "\(limit)"
    }

    /// What a site says of each ticket that it shows: its category, and when each clock is due.
    private func answers(at site: SimulatedSite, _ now: Int64, in world: World) -> [String: String]? {
        guard let process = site.process else { return nil }
        let shelf = process.domain.shelf
        return try? process.read { store in
            let rows = try store.database.all("SELECT entity, category FROM ticket ORDER BY entity") {
                (number: $0.int64(0), category: $0.textOrNil(1))
            }
            var answers: [String: String] = [:]
            for shown in rows {
                let row = try store.row(number: shown.number)
                let readings = try TicketTiming(of: row, in: store, shelf: shelf, at: now)?.readings ?? []
                let dues = readings.map { reading in
                    "\(reading.kind.rawValue) \(reading.step ?? "") "
                        + (reading.due.map { String($0.milliseconds) } ?? "never")
                }
                answers[row.id.text] = ([shown.category ?? "none"] + dues).joined(separator: ", ")
            }
            return answers
        }
    }
}
