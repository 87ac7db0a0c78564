import Replication
import SQLite

/// 13: frames, batches, queues, logs and what waits at the hub keep within their declared bounds.
final class BoundChecker: Checker {
    let number = 13
    let name = "every bound is kept"
    let tally = Tally()

    /// As declared: bytes of a frame, changes of a batch, changes of one site that wait at the hub before no more are
    /// taken, pages of the write-ahead log before a checkpoint, bytes of a page with its header in the log.
    private static let frame = 4 << 20
    private static let batch = 4_096
    private static let waiting: Int64 = 4_096
    private static let logPages = 1_000
    private static let pageInLog = 4_096 + 24

    func framed(_ bytes: Int, at site: SimulatedSite, in world: World) {
        tally.expect(bytes <= Self.frame, world, [site], "a frame of \(bytes) bytes")
    }

    func took(_ request: ExchangeRequest, _ turn: HubTurn, from site: Int, in world: World) {
        guard request.changes.count > 0, !world.staysBroken(site) else { return }
        let sender = [world.sites[site]]
        tally.expect(
            request.changes.count <= Self.batch, world, sender, "a batch of \(request.changes.count) changes")
        let bytes = request.changes.reduce(0) { $0 + $1.bodyAsStored.count }
        tally.expect(
            request.changes.count == 1 || bytes <= world.batchBytes, world, sender,
            "a batch of \(bytes) bytes, where \(world.batchBytes) may be sent at once")
    }

    func hour(_ world: World) {
        for site in world.sites { look(at: site, in: world) }
    }

    func ended(_ world: World) { hour(world) }

    private func look(at site: SimulatedSite, in world: World) {
        guard let process = site.process else { return }
        let jobs = max(world.queueJobs, site.settings.queueJobs)
        tally.expect(
            process.writer.waitingCount <= jobs, world, [site], "\(process.writer.waitingCount) jobs wait to be written"
        )
        // A transaction puts each page into the log once, and a checkpoint follows the one that fills it.
        let pages = (site.disk.size(of: "tributary.db") ?? 0) / 4_096 + Self.logPages
        let log = site.disk.size(of: "tributary.db-wal") ?? 0
        tally.expect(
            log <= (pages + Self.logPages) * Self.pageInLog, world, [site], "a write-ahead log of \(log) bytes")
        guard site.isHub else { return }
        let rows = world.look(at: site) { database in
            try database.all("SELECT site, count(*) FROM waiting GROUP BY site ORDER BY site") {
                (site: $0.text(0), count: $0.int64(1))
            }
        }
        for row in rows ?? [] {
            tally.expect(
                row.count < Self.waiting + Int64(Self.batch), world, [site],
                "\(row.count) changes of \(row.site) wait at the hub")
        }
    }
}
