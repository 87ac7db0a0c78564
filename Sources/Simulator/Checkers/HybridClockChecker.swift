import SQLite

/// 6: an origin's stamps rise with its changes, as far as each was written in knowledge of the ones before, and a
/// site's clock falls below nothing that it has stamped, heard or read before, unless it has corrected times that had
/// not left it. Nothing gets into the province that is stamped far ahead of the true time, whatever a machine's clock
/// shows.
final class HybridClockChecker: Checker, LogVisitor {
    let number = 6
    let name = "a site's clock never goes back"
    let tally = Tally()
    /// A branch's clock may be ten minutes ahead of the hub's and the hub's as much of the others'; the rest is for
    /// what a clock gains in a month. In milliseconds.
    static let aheadMax: UInt64 = 60 * 60 * 1_000

    private let walk: LogWalk
    private var origin: UInt64?
    /// The last change of the origin that each of the site's databases has written; nil for what nobody did.
    private var last: [(written: Descent.Place?, stamp: UInt64)] = []
    private var highest: UInt64 = 0
    private var earlier: [Int: UInt64] = [:]
    /// By site: how many rows had their times corrected when it was last asked.
    private var corrections: [Int: Int64] = [:]

    init(_ walk: LogWalk) {
        self.walk = walk
        walk.add(self)
    }

    func started(_ site: SimulatedSite, in world: World) {
        walk.started(site, in: world)
        look(at: site, in: world)
    }

    func hour(_ world: World) {
        walk.hour(world)
        for site in world.sites { look(at: site, in: world) }
    }

    func ended(_ world: World) {
        walk.ended(world)
        for site in world.sites { look(at: site, in: world) }
    }

    func corrected(at site: SimulatedSite, in world: World) {
        earlier[site.number] = nil
        corrections[site.number] = countCorrections(at: site, in: world)
    }

    /// Another database is another life: what the one before had heard is not known to it.
    func replaced(_ site: SimulatedSite, in world: World) {
        earlier[site.number] = nil
        corrections[site.number] = nil
    }

    private func look(at site: SimulatedSite, in world: World) {
        guard !world.faults.damaged.contains(site.number), let clock = clock(of: site, in: world) else { return }
        defer { earlier[site.number] = clock }
        guard let before = earlier[site.number] else { return }
        if clock < before {
            // What cannot be read just now says nothing either way.
            guard let count = countCorrections(at: site, in: world) else { return }
            // A process that ended before it could say so may have corrected some.
            defer { corrections[site.number] = count }
            guard corrections[site.number] ?? 0 == count else { return }
        }
        tally.expect(clock >= before, world, [site], "the clock fell by \((before &- clock) >> 16) ms")
    }

    private func clock(of site: SimulatedSite, in world: World) -> UInt64? {
        world.look(at: site) { try $0.first("SELECT clock FROM life") { $0.uint64(0) } } ?? nil
    }

    private func countCorrections(at site: SimulatedSite, in world: World) -> Int64? {
        world.look(at: site) { database in
            try database.first("SELECT total(stamp >> 16) FROM log WHERE is_corrected = 1") { $0.int64(0) }
        } ?? nil
    }

    func begins(at site: SimulatedSite, in world: World) {
        origin = nil
        highest = 0
    }

    func sees(_ row: LogRow, at site: SimulatedSite, in world: World) {
        guard row.body != nil else { return }
        if origin != row.origin { (origin, last) = (row.origin, []) }
        let descent = world.journal.descent
        let written = descent.isSplit ? world.journal.written(row) : nil
        // Of two copies neither knows what the other does, and a new hub may hold changes of both under one origin: of
        // what a hub that was put back did by itself nobody can tell which of them it was.
        let isEither = descent.isSplit(at: 0) && world.journal.homes[row.origin] ?? 0 == 0
        let known = last.filter { other in
            guard let written, let before = other.written else { return !isEither }
            return descent.holds(written.database, before)
        }
        tally.expect(
            known.allSatisfy { row.stamp > $0.stamp }, world, [site],
            "change \(row.sequence) of one origin, in the log of \(site.id), is not stamped after the one before")
        last.removeAll { $0.written?.database == written?.database }
        last.append((written, row.stamp))
        // What waits or was refused has not been heard.
        guard row.condition < 2 else { return }
        highest = max(highest, row.stamp)
        let latest = UInt64(site.starts + site.now.microseconds / 1_000) + Self.aheadMax
        guard site.isHub, row.stamp >> 16 > latest else { return }
        tally.expect(
            false, world, [site],
            "change \(row.sequence) is stamped \(((row.stamp >> 16) - latest) / 1_000) s ahead of what may be")
    }

    func ends(at site: SimulatedSite, in world: World) {
        guard let clock = clock(of: site, in: world) else { return }
        tally.expect(clock >= highest, world, [site], "the clock is behind a stamp in its log")
    }
}
