import Foundation
import Replication
import SQLite
import ServiceDesk
import Standards

/// What an operator does to a hub that was lost or put back: each begins a new epoch, in which its sites bring what
/// they hold before anything is judged or decided.
public struct HubRescue: Sendable {
    public let site: SiteID
    public let epoch: UInt32
    /// The sites that must be compared before the hub decides again, as far as it knows of them.
    public let awaited: [SiteID]
    public let restore: Restore?

    /// Restores a hub from a backup, or takes its database as it is, put back by other means.
    /// - Parameters:
    ///   - key: where the hub key is; nil for the one in the folder.
    ///   - epoch: the least number of the new epoch; 0 for one above those that the database knows.
    ///   - step: is told what is being done.
    public static func restore(
        _ folder: DataFolder, from backup: DataFolder?, key: String?, epoch: UInt32, actor: String,
        step: (String) -> Void = { _ in }
    ) throws -> HubRescue {
        let configuration = try backup.map(Restore.configuration) ?? NodeConfiguration(folder: folder)
        guard configuration.isHub else {
            throw NodeError(
                .badFolder, "\((backup ?? folder).path) holds a branch.",
                remedy: "A branch is restored with: tributary restore --from BACKUP --data DIR")
        }
        let bytes = try self.key(key, for: configuration.site, in: folder)
        var restore: Restore?
        if let backup { restore = try Restore.put(backup, configuration, into: folder, step) }
        if !Files.exists(folder.hubKey) { try folder.replace(folder.hubKey, with: bytes) }
        let reason =
            restore.map { "\(actor) has restored the hub from the backup of \($0.time)" }
            ?? "\(actor) has restored the hub on the database that was put back"
        return try begin(folder, configuration, bytes, epoch, because: reason, actor, restore)
    }

    /// Makes an empty hub from its key alone: directory, standards and tickets come back from its branches.
    public static func rebuild(
        _ folder: DataFolder, topology: Topology, key: String, listen: String, epoch: UInt32, actor: String
    ) throws -> HubRescue {
        guard let hub = topology.hub else {
            throw NodeError(
                .badConfiguration, "The topology has no hub.", remedy: "Check it: tributary topology check.")
        }
        _ = try NodeConfiguration.address(listen)
        let bytes = try HubKey.read(key, of: SiteID(hub.id))
        guard !Files.exists(folder.database) else {
            throw NodeError(
                .badFolder, "\(folder.path) holds a database already.",
                remedy: "Name a new folder; or restore what is there: tributary hub restore --data \(folder.path)")
        }
        try folder.create()
        let configuration = NodeConfiguration(
            site: SiteID(hub.id), isHub: true, listen: listen, letters: hub.ticketLetters, name: hub.name,
            timeZone: "\(topology.province.timeZone)")
        let lock = try StoppedLock.take(folder, configuration.site, "rebuilding")
        try folder.replace(folder.hubKey, with: bytes)
        try folder.replace(folder.token, with: Array((Secrets.hex(Secrets.random(bytes: 16)) + "\n").utf8))
        let storage = try Storage(path: folder.database, migrations: { Site.migrations })
        try storage.writer.withDatabase { database in
            try database.transaction(.immediate) {
                try SiteStore(database, domain: DeskDomain(), sealKey: bytes)
                    .found(site: configuration.site, isHub: true, origin: Draws.origin(), epoch: .none)
            }
        }
        storage.close()
        lock.release()
        let made = try begin(
            folder, configuration, bytes, epoch, because: "\(actor) has rebuilt the hub from its key", actor, nil)
        // Last, so that a folder without it is one whose making was cut off.
        try folder.replace(folder.configuration, with: configuration.json.bytes(pretty: true) + [0x0A])
        return made
    }

    /// An administrator has looked, and says that what stopped the hub was mistaken.
    /// - Returns: what had stopped it.
    public static func dismiss(_ folder: DataFolder, actor: String) throws -> String {
        let configuration = try NodeConfiguration(folder: folder)
        let lock = try StoppedLock.take(folder, configuration.site, "going on")
        defer { lock.release() }
        return try write(folder, try hubKey(of: folder, configuration)) { session, now in
            let counted = try SideFile(folder: folder).contradiction(after: session.life.start, isHub: true)
            let reasons = [session.life.doubt, counted ?? ""].filter { !$0.isEmpty }
            guard !reasons.isEmpty else {
                throw NodeError(
                    .notNow, "Nothing has stopped \(configuration.site).",
                    remedy: "See how it is: tributary status --data \(folder.path)")
            }
            let reason = reasons.joined(separator: "; ")
            try session.dismissDoubt(reason, actor: actor, at: now)
            return reason
        }
    }

    /// An administrator has looked at a stopped hub's clock, and says that its time is right.
    /// - Returns: by how much the branches' clocks differ, in milliseconds.
    public static func trustClock(_ folder: DataFolder, actor: String) throws -> Int64 {
        let configuration = try NodeConfiguration(folder: folder)
        let lock = try StoppedLock.take(folder, configuration.site, "trusting its clock")
        defer { lock.release() }
        return try write(folder, try hubKey(of: folder, configuration)) { session, now in
            try session.trustClock(actor: actor, at: now)
        }
    }

    private static func hubKey(of folder: DataFolder, _ configuration: NodeConfiguration) throws -> [UInt8] {
        guard configuration.isHub else {
            throw NodeError(
                .badFolder, "\(folder.path) holds a branch, which goes on by itself.", remedy: "Name the hub's folder.")
        }
        return try folder.read(folder.hubKey)
    }

    /// The key that is named, or the one in the folder; two that differ are refused.
    private static func key(_ path: String?, for site: SiteID, in folder: DataFolder) throws -> [UInt8] {
        let kept = Files.exists(folder.hubKey) ? try folder.read(folder.hubKey) : nil
        guard let path else {
            guard let kept else {
                throw NodeError(
                    .badConfiguration, "\(folder.path) has no hub key.",
                    remedy: "Name the file that `tributary hub key` wrote: --key FILE")
            }
            return kept
        }
        let named = try HubKey.read(path, of: site)
        guard kept == nil || kept == named else {
            throw NodeError(
                .badConfiguration,
                "\(path) (\(HubKey.fingerprint(named))) is not the key in \(folder.path) "
                    + "(\(HubKey.fingerprint(kept ?? []))).",
                remedy: "Leave out --key, or name a new folder.")
        }
        return named
    }

    private static func begin(
        _ folder: DataFolder, _ configuration: NodeConfiguration, _ key: [UInt8], _ epoch: UInt32,
        because reason: String, _ actor: String, _ restore: Restore?
    ) throws -> HubRescue {
        let lock = try StoppedLock.take(folder, configuration.site, "beginning an epoch")
        defer { lock.release() }
        return try write(folder, key) { session, now in
            let (random, origin) = (Draws.number(), Draws.origin())
            try session.beginEpoch(
                atLeast: epoch, random: random, origin: origin, because: reason, actor: actor, at: now)
            let awaited = try session.store.peers().filter { !$0.isCompared && !$0.isLost }.map(\.site)
            return HubRescue(
                site: configuration.site, epoch: session.life.cursor.epoch.number, awaited: awaited, restore: restore)
        }
    }

    /// One transaction on a stopped hub; afterwards the side file agrees with the database.
    private static func write<T: Sendable>(
        _ folder: DataFolder, _ key: [UInt8], _ body: @escaping @Sendable (inout Session, Int64) throws -> T
    ) throws -> T {
        let storage = try Storage(path: folder.database, migrations: { Site.migrations })
        defer { storage.close() }
        let (value, start) = try storage.writer.withDatabase { database in
            try database.transaction(.immediate) {
                let store = SiteStore(database, domain: DeskDomain(), sealKey: key)
                let now = max(SystemClock.wall(), try store.life().clock.highest.milliseconds)
                return try Session.run(store) { (try body(&$0, now), $0.life.start) }
            }
        }
        try SideFile(folder: folder).agree(on: start)
        return value
    }
}
