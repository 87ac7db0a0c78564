import Foundation
import Replication
import SQLite
import ServiceDesk
import Standards

/// Puts a backup into a folder that is new or holds the stopped site; what was there is moved aside and never deleted.
public struct Restore: Sendable {
    public let holdings: Holdings
    /// When the backup was made.
    public let time: String
    /// Where the earlier database is now; nil when there was none.
    public let aside: String?
    /// What the earlier database never sent, if it can still be read.
    public let unsentAside: UInt64?

    /// Restores a branch. At its next start it takes a new origin by itself and compares with the hub.
    /// - Parameter step: is told what is being done.
    public static func branch(
        from backup: DataFolder, to folder: DataFolder, step: (String) -> Void = { _ in }
    ) throws -> Restore {
        let configuration = try configuration(of: backup)
        guard !configuration.isHub else {
            throw NodeError(
                .badFolder, "\(backup.path) is a backup of the hub.",
                remedy: "Type: tributary hub restore --from \(backup.path) --data \(folder.path)")
        }
        return try put(backup, configuration, into: folder, step)
    }

    /// The configuration in a backup.
    static func configuration(of backup: DataFolder) throws -> NodeConfiguration {
        guard Files.exists(backup.backup), Files.exists(backup.database) else {
            throw NodeError(
                .badFolder, "\(backup.path) is no backup that `tributary backup` has made.",
                remedy: "Name the folder that was given as --to.")
        }
        return try NodeConfiguration(folder: backup)
    }

    /// Holds the folder's lock only if there is a site already: a new folder is nobody's.
    static func put(
        _ backup: DataFolder, _ configuration: NodeConfiguration, into folder: DataFolder, _ step: (String) -> Void
    ) throws -> Restore {
        let isNew = !Files.exists(folder.configuration)
        if isNew {
            guard !Files.exists(folder.database) else {
                throw NodeError(
                    .badFolder,
                    "\(folder.path) holds a database and no node.json.",
                    remedy: "Name a new folder, or put the configuration back first.")
            }
            try folder.create()
        } else {
            let there = try NodeConfiguration(folder: folder)
            guard there.site == configuration.site, there.isHub == configuration.isHub else {
                throw NodeError(
                    .badFolder, "\(folder.path) holds \(there.site), and the backup is of \(configuration.site).",
                    remedy: "Name the folder of \(configuration.site), or a new one.")
            }
        }
        let lock = try StoppedLock.take(folder, configuration.site, "restoring")
        defer { lock.release() }
        step("copying the backup")
        let draft = folder.database + ".restoring"
        try Files.copy(backup.database, to: draft)
        step("opening and checking the copy")
        let holdings = try Holdings(checking: draft)
        for end in ["-wal", "-shm"] { folder.remove(draft + end) }
        let unsent = Self.unsent(in: folder)
        let aside = try moveAside(folder)
        try Files.move(draft, to: folder.database)
        guard folder.sync() else { throw NodeError.unsynced(folder) }
        let kept = [
            (backup.payments, folder.payments), (backup.notices, folder.notices),
            (backup.noticeSettings, folder.noticeSettings),
        ]
        for (source, target) in kept where !Files.exists(target) && Files.exists(source) {
            try Files.copy(source, to: target)
        }
        if !Files.exists(folder.token) {
            try folder.replace(folder.token, with: Array((Secrets.hex(Secrets.random(bytes: 16)) + "\n").utf8))
        }
        if isNew {
            try folder.replace(folder.configuration, with: configuration.json.bytes(pretty: true) + [0x0A])
        }
        return Restore(holdings: holdings, time: try time(of: backup), aside: aside, unsentAside: unsent)
    }

    private static func time(of backup: DataFolder) throws -> String {
        let json = try? JSONValue(parsing: try backup.read(backup.backup), sizeLimit: NodeConfiguration.sizeMax)
        return json?["time"]?.stringValue ?? "an unknown time"
    }

    /// How many changes a database that is about to be put aside had not sent; nil if it is not there or unreadable.
    private static func unsent(in folder: DataFolder) -> UInt64? {
        guard Files.exists(folder.database), let database = try? Database(path: folder.database, mode: .readOnly) else {
            return nil
        }
        defer { database.close() }
        let life = try? SiteStore(database, domain: DeskDomain()).life()
        return life.flatMap { $0.isHub ? nil : $0.backlog }
    }

    /// Moves the database that is there into a folder beside it.
    static func moveAside(_ folder: DataFolder) throws -> String? {
        let files = ["", "-wal", "-shm"].map { folder.database + $0 }.filter(Files.exists)
        guard !files.isEmpty else { return nil }
        var aside = DataFolder(folder.path + "/aside")
        var number = 1
        while Files.exists(aside.path) {
            number += 1
            aside = DataFolder(folder.path + "/aside-\(number)")
        }
        try aside.create()
        for file in files {
            try Files.move(file, to: aside.path + "/" + URL(fileURLWithPath: file).lastPathComponent)
        }
        return aside.path
    }
}
