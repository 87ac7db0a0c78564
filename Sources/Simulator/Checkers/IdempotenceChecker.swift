import Replication
import SQLite

/// 4: what is delivered twice has happened once: no request is carried out again, no log holds a change twice, and each
/// entity's sum is that of its admitted changes.
final class IdempotenceChecker: Checker, LogVisitor {
    let number = 4
    let name = "what comes twice counts once"
    let tally = Tally()
    private let walk: LogWalk
    private var taken: Set<Request> = []
    private var sums: [Int64: Sum128] = [:]
    private var last: Journal.Key?
    /// How often the hub holds a deed that has the same person's key, by its essence.
    private var essences: [UInt64: Int] = [:]
    private var lives: Set<Life> = []

    /// What was done, and by which life of whose database.
    private struct Life: Hashable {
        let origin: UInt64
        let essence: UInt64
    }

    private struct Request: Hashable {
        let origin: UInt64
        let lane: UInt8
        let start: UInt32
        let count: UInt32
    }

    init(_ walk: LogWalk) {
        self.walk = walk
        walk.add(self)
    }

    func took(_ request: ExchangeRequest, _ turn: HubTurn, from site: Int, in world: World) {
        // What was refused was not carried out.
        guard turn.answer.refusal == nil else { return }
        let name = Request(
            origin: request.origin.raw, lane: request.lane.rawValue, start: request.number.start,
            count: request.number.count)
        tally.expect(
            taken.insert(name).inserted, world, [world.sites[site], world.sites[0]],
            "request \(name.start).\(name.count) of \(world.sites[site].id) was carried out twice")
    }

    /// A hub that was put back has forgotten which requests it had, and is asked by other origins or once more.
    func replaced(_ site: SimulatedSite, in world: World) {
        if site.isHub { taken = [] }
    }

    func started(_ site: SimulatedSite, in world: World) { walk.started(site, in: world) }
    func hour(_ world: World) { walk.hour(world) }

    func ended(_ world: World) {
        walk.ended(world)
        let twice = world.look(at: world.sites[0]) { database in
            try database.all("SELECT request, count(*) FROM outbox GROUP BY request HAVING count(*) > 1") {
                "\($0.text(0)) has \($0.int64(1)) effects in the outbox"
            }
        }
        for text in twice ?? [] { tally.expect(false, world, [world.sites[0]], text) }
    }

    func begins(at site: SimulatedSite, in world: World) {
        sums = [:]
        last = nil
        essences = [:]
        lives = []
    }

    func sees(_ row: LogRow, at site: SimulatedSite, in world: World) {
        tally.expect(last != row.key, world, [site], "change \(row.sequence) of one origin is in the log twice")
        last = row.key
        count(row, at: site, in: world)
        if row.condition == 1 { sums[row.entity, default: Sum128()].add(row.hash) }
    }

    /// A site that was put back issues again what has not arrived, and nothing that has: one deed is there once. A new
    /// hub that knows by its marker what was granted, and not yet that it was answered, gives the same answer again.
    private func count(_ row: LogRow, at site: SimulatedSite, in world: World) {
        guard world.hasRenewed, row.condition == 1, let body = row.body, row.kind == 16 else { return }
        let essence = StoredBody(body).essence(of: row.kind, row.id)
        let tries = world.journal.tries(of: essence)
        guard tries > 0 else { return }
        essences[essence, default: 0] += 1
        let isFirst = lives.insert(Life(origin: row.origin, essence: essence)).inserted
        tally.expect(
            essences[essence] ?? 0 <= tries || (isFirst && isAnswer(row, body, in: world)), world, [site],
            "what was done once is in the log of \(site.id) \(essences[essence] ?? 0) times, last as change "
                + "\(row.sequence) of one origin")
    }

    private func isAnswer(_ row: LogRow, _ body: [UInt8], in world: World) -> Bool {
        let deed = world.journal.deed(row.key, kind: row.kind, entity: row.id, body: body)
        return deed?.kinds.contains { if case .answered = $0 { true } else { false } } ?? false
    }

    func ends(at site: SimulatedSite, in world: World) {
        _ = world.look(at: site) { database in
            try database.forEach("SELECT number, sum, hex(id) FROM entity") { row in
                self.tally.expect(
                    Sum128(row.blob(1)) == self.sums[row.int64(0)] ?? Sum128(), world, [site],
                    "the sum of entity \(row.text(2)) is not that of its admitted changes")
                return true
            }
        }
        sums = [:]
    }
}
