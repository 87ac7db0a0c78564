import Replication
import SQLite
import ServiceDesk

/// The hub is made of its standby.
extension FaultDriver {
    /// How long it takes until the standby's machine, empty now, is enrolled as a standby again.
    private static let enrolledAgainAfter = VirtualTime.hours(1)

    /// What `hub promote` does, with both stopped: the standby's database is taken over, and its machine begins anew.
    /// - Returns: the number of the new database's last start.
    func promote(_ standby: SimulatedSite, to hub: SimulatedSite) throws -> UInt32 {
        if standby.process != nil { stop(standby) }
        if standby.disk.isOff { standby.powerUp() }
        hub.disk.replace(with: .empty)
        begin(hub, with: nil)
        let start = try takeOver(from: standby, at: hub)
        isPromotionDue = false
        world.mark(.promoted)
        standby.disk.replace(with: .empty)
        begin(standby, with: nil)
        standby.waitsForEnrolment = true
        world.replaced(standby, isGone: true)
        world.kernel.after(Self.enrolledAgainAfter, "enrolment", site: standby.number) { [unowned self] in
            enrol(standby)
        }
        return start
    }

    private func takeOver(from standby: SimulatedSite, at hub: SimulatedSite) throws -> UInt32 {
        let old = try Database(path: standby.databasePath, mode: .readWriteCreate, vfs: SimulatedVFS.name)
        defer { old.close() }
        try old.migrate(SiteProcess.migrations)
        let source = SiteStore(old, domain: DeskDomain())
        let database = try Database(path: hub.databasePath, mode: .readWriteCreate, vfs: SimulatedVFS.name)
        defer { database.close() }
        try database.migrate(SiteProcess.migrations)
        let domain = DeskDomain(shelf: PackShelf(check: hub.reading.check), mischief: hub.mischief)
        let store = SiteStore(database, domain: domain, sealKey: hub.sealKey)
        let life = try source.life()
        let now = max(hub.wall, life.clock.highest.milliseconds)
        let (first, origin, random) = (OriginID(raw: hub.draw()), OriginID(raw: hub.draw()), hub.draw())
        func run<T>(_ body: (inout Session) throws -> T) throws -> T {
            try database.transaction(.immediate) { try Session.run(store, body) }
        }
        try database.transaction(.immediate) {
            try store.found(site: hub.id, isHub: true, origin: first, epoch: .none)
        }
        world.journal.note(origin: first.raw, of: hub.number)
        try run {
            try $0.beginEpoch(
                atLeast: life.cursor.epoch.number + 1, random: random, origin: origin,
                because: "the hub's disk was lost", actor: "operator", at: now)
        }
        var position = Int64(0)
        while let part = try source.admittedChanges(after: position) {
            position = part.last
            try run { try $0.takeOver(part.changes, from: standby.id, at: now) }
        }
        var file = Int64(0)
        while let next = try run({ try $0.takeOverFile(from: source, after: file, at: now) }) { file = next }
        return try run {
            _ = try $0.endTakingOver(from: standby.id, actor: "operator", at: now)
            return $0.life.start
        }
    }
}
