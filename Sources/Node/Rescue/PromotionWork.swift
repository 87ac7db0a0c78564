import Foundation
import Replication
import SQLite
import ServiceDesk
import Standards

/// A promotion under way, in the standby's folder and under its lock.
struct PromotionWork {
    /// After so many parts the log of the new database is brought into it.
    private static let partsBetweenCheckpoints = 16

    let folder: DataFolder
    let configuration: NodeConfiguration
    let key: String
    let actor: String
    private var files = 0
    private var damaged = 0
    private var differing = 0
    private var incomplete = 0

    init(folder: DataFolder, configuration: NodeConfiguration, key: String, actor: String) {
        self.folder = folder
        self.configuration = configuration
        self.key = key
        self.actor = actor
    }

    private var draft: String { folder.database + ".promoting" }

    /// Whether an earlier promotion had taken everything when it was cut off.
    func isCutOff() throws -> Bool {
        guard !Files.exists(folder.database) else { return try life(of: folder.database).isHub }
        guard Files.exists(draft), try isTaken() else {
            throw NodeError(
                .badFolder, "\(folder.database) is not there.",
                remedy: "Put it back from the folder `aside`, and promote it again.")
        }
        return true
    }

    private func isTaken() throws -> Bool {
        try read(draft) { try $0.directoryEntry(of: configuration.site)?.isRevoked ?? false }
    }

    private func life(of path: String) throws -> Life { try read(path) { try $0.life() } }

    private func read<T>(_ path: String, _ body: (SiteStore) throws -> T) throws -> T {
        let database = try Database(path: path, mode: .readOnly)
        defer { database.close() }
        return try database.transaction(.deferred) { try body(SiteStore(database, domain: DeskDomain())) }
    }

    /// Makes the hub's database beside the standby's.
    mutating func take(epoch least: UInt32, _ step: (String) -> Void) throws {
        step("opening the standby's database")
        for end in ["", "-wal", "-shm"] { folder.remove(draft + end) }
        // A process that was killed may have left it to the next start to bring tables and log up to date.
        let upToDate = try Database(path: folder.database, mode: .readWriteCreate)
        try upToDate.migrate(Site.migrations)
        upToDate.close()
        let old = try Database(path: folder.database, mode: .readOnly)
        defer { old.close() }
        let source = SiteStore(old, domain: DeskDomain())
        let bytes = try checkedKey(of: hub(in: source).site)
        let database = try Database(path: draft, mode: .readWriteCreate)
        defer { database.close() }
        try database.migrate(Site.migrations)
        let target = SiteStore(database, domain: DeskDomain(), sealKey: bytes)
        // What is stamped later than this machine's clock says is none the less the province's.
        let now = max(SystemClock.wall(), try source.life().clock.highest.milliseconds)
        try begin(target, above: source, atLeast: least, now)
        try takeChanges(source, into: target, now, step)
        step("holding both against each other")
        differing = try source.differences(from: target)
        incomplete = try source.incompleteEntities()
        try takeFiles(source, into: target, now, step)
        try database.transaction(.immediate) { try AccessTables(database).takeOver(from: AccessTables(old)) }
        try run(target) { _ = try $0.endTakingOver(from: configuration.site, actor: actor, at: now) }
        try database.checkpoint(truncate: true)
    }

    private func hub(in store: SiteStore) throws -> DirectoryEntry {
        guard let hub = try store.directory().first(where: \.isHub) else {
            throw NodeError(
                .badFolder, "\(configuration.site) has not heard of its hub yet, so there is nothing to promote.",
                remedy: "Rebuild the hub from its branches: tributary hub rebuild --help.")
        }
        return hub
    }

    /// The key must be the one from which the standby's own credential was derived.
    private func checkedKey(of hub: SiteID) throws -> [UInt8] {
        let bytes = try HubKey.read(key, of: hub)
        let own = configuration.credential ?? ""
        let parts = own.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let serial = Int64(parts[1]),
            Secrets.credential(of: configuration.site, serial: serial, hubKey: bytes) == own
        else {
            throw NodeError(
                .badConfiguration,
                "\(key) (\(HubKey.fingerprint(bytes))) is not the key of the hub that "
                    + "\(configuration.site) has joined.",
                remedy: "Name the file that `tributary hub key` wrote for that hub.")
        }
        return bytes
    }

    private func begin(_ target: SiteStore, above source: SiteStore, atLeast least: UInt32, _ now: Int64) throws {
        let hub = try hub(in: source).site
        let followed = try source.life().cursor.epoch.number
        try target.database.transaction(.immediate) {
            try target.found(site: hub, isHub: true, origin: Draws.origin(), epoch: .none)
        }
        try run(target) { session in
            try session.beginEpoch(
                atLeast: max(least, followed &+ 1), random: Draws.number(), origin: Draws.origin(),
                because: "\(actor) has promoted \(configuration.site)", actor: actor, at: now)
        }
    }

    private mutating func takeChanges(
        _ source: SiteStore, into target: SiteStore, _ now: Int64, _ step: (String) -> Void
    ) throws {
        let all = try source.database.first("SELECT count(*) FROM log WHERE condition = 1") { $0.int(0) } ?? 0
        var (position, taken, parts) = (Int64(0), 0, 0)
        while let part = try source.admittedChanges(after: position) {
            step("taking over: \(taken) of \(all) changes")
            position = part.last
            damaged += part.damaged
            try run(target) { try $0.takeOver(part.changes, from: configuration.site, at: now) }
            taken += part.changes.count
            parts += 1
            if parts.isMultiple(of: Self.partsBetweenCheckpoints) { try target.database.checkpoint(truncate: true) }
        }
    }

    private mutating func takeFiles(
        _ source: SiteStore, into target: SiteStore, _ now: Int64, _ step: (String) -> Void
    ) throws {
        var last = Int64(0)
        while true {
            step("taking over: \(files) files")
            let next = try run(target) { try $0.takeOverFile(from: source, after: last, at: now) }
            guard let next else { return }
            last = next
            files += 1
            try target.database.checkpoint(truncate: true)
        }
    }

    @discardableResult
    private func run<T>(_ target: SiteStore, _ body: (inout Session) throws -> T) throws -> T {
        try target.database.transaction(.immediate) { try Session.run(target, body) }
    }

    /// Puts the hub's database, key and configuration in the place of the standby's; each step may have been done.
    func end(listen: String?) throws -> Promotion {
        var aside: String?
        if Files.exists(draft) {
            try Files.sync(draft)
            let hub = try read(draft) { try self.hub(in: $0) }
            try folder.replace(folder.hubKey, with: checkedKey(of: hub.site))
            aside = try moveAside()
            for end in ["-wal", "-shm"] { folder.remove(draft + end) }
            try Files.move(draft, to: folder.database)
            guard folder.sync() else { throw NodeError.unsynced(folder) }
        }
        let promotion = try read(folder.database) { try self.promotion($0, aside) }
        try SideFile(folder: folder).agree(on: life(of: folder.database).start)
        let entry = try read(folder.database) { try self.hub(in: $0) }
        let hub = NodeConfiguration(
            site: entry.site, isHub: true, listen: listen ?? configuration.listen, letters: entry.ticketLetters,
            name: LocalText(zh: entry.nameZH, en: entry.nameEN), timeZone: configuration.timeZone)
        // Last: until then the folder is a standby's, and the same command goes on with it.
        try folder.replace(folder.configuration, with: hub.json.bytes(pretty: true) + [0x0A])
        return promotion
    }

    /// With what else makes a standby's folder of it.
    private func moveAside() throws -> String? {
        guard let path = try Restore.moveAside(folder) else { return nil }
        let aside = DataFolder(path)
        for (file, kept) in [(folder.configuration, aside.configuration), (folder.starts, aside.starts)]
        where Files.exists(file) {
            try Files.copy(file, to: kept)
        }
        return path
    }

    private func promotion(_ store: SiteStore, _ aside: String?) throws -> Promotion {
        let life = try store.life()
        return Promotion(
            hub: life.site, standby: configuration.site, epoch: life.cursor.epoch.number,
            changes: Int(try SiteFigures(of: store).changes),
            files: files, damaged: damaged, differing: differing, incomplete: incomplete,
            uncertain: try store.effects(in: .uncertain, limit: .max),
            awaited: try store.peers().filter { !$0.isCompared && !$0.isLost }.map(\.site), aside: aside)
    }
}
