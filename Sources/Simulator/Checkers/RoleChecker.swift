import Hashing
import Replication
import SQLite

/// 28: nobody acts without a role that the own site knows of; and nobody who had one there is refused for want of it,
/// whatever the province has taken away meanwhile.
final class RoleChecker: Checker {
    let number = 28
    let name = "nobody acts without a role, and nobody who had one is refused"
    let tally = Tally()
    private var procedures: Procedures?
    private static let ticket: UInt8 = 16
    /// What the hub does of its own accord.
    private static let hub = "hub"

    func wrote(_ change: Change, at site: SimulatedSite, in database: Database, _ world: World) {
        guard isAsked(world), change.entity.kind.rawValue == Self.ticket, change.actor != Self.hub,
            !world.isDamaged(site),
            let rights = try? RosterReckoning(database, roster: Self.roster(of: site), world.journal), rights.isBegun
        else { return }
        let known = procedures ?? Procedures(world.input.document)
        procedures = known
        var needed: [String] = []
        for case .stepped(let step, _, _) in Deed(change, at: site.number).kinds {
            let type = try? database.first(
                "SELECT type FROM ticket JOIN entity ON number = entity WHERE kind = ? AND id = ?",
                Int64(Self.ticket), change.entity.bytes
            ) { $0.text(0) }
            needed = known.roles(for: step, of: (type ?? nil) ?? "")
        }
        tally.expect(
            rights.holds(change.actor, anyOf: needed, of: known.allRoles), world, [site],
            about: .ticket(change.entity.text), "somebody without a role for it changed ticket \(change.entity.text)")
    }

    func ended(_ world: World) {
        guard isAsked(world), let hub = world.sites.first, !world.isDamaged(hub) else { return }
        noteLate(at: hub, world)
        // Whoever got an earlier database back knows less than it did when it acted.
        guard !world.hasRenewed else { return }
        let refused = world.look(at: hub) { database in
            try database.all(
                """
                SELECT origin.id, log.sequence FROM verdict JOIN log ON log.position = verdict.position
                JOIN origin ON origin.number = log.origin JOIN entity ON entity.number = log.entity
                WHERE entity.kind = ? AND reason LIKE 'Whoever did this holds %' ORDER BY verdict.position
                """, Int64(Self.ticket)
            ) { Journal.Key(origin: $0.uint64(0), sequence: $0.uint64(1)) }
        }
        for key in refused ?? [] {
            guard let home = world.journal.homes[key.origin], !world.faults.damaged.contains(home) else { continue }
            tally.expect(
                false, world, [hub, world.sites[home]], about: .change(key),
                "change \(key.sequence) of \(world.sites[home].id.text) was its author's to make, and was refused")
        }
    }

    private func isAsked(_ world: World) -> Bool { world.scenario.workload.rosterChangesPerDay > 0 }

    private func noteLate(at hub: SimulatedSite, _ world: World) {
        let late = world.look(at: hub) { database in
            try database.first("SELECT count(*) FROM late_act") { $0.int(0) }
        }
        for _ in 0..<((late ?? nil) ?? 0) { world.mark(.actedUnheard) }
    }

    /// A roster is named after its site.
    private static func roster(of site: SimulatedSite) -> String {
        SHA256.hash(Array("staff of \(site.id.text)".utf8)).prefix(16).map { byte in
            let text = String(byte, radix: 16)
            return text.count == 1 ? "0" + text : text
        }.joined()
    }
}
