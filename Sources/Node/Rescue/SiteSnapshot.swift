import Foundation
import Replication
import SQLite
import ServiceDesk

/// A file that a new machine of a site begins with, so that it need not be sent change by change what the site may see.
///
/// The file is a database with customers' words: carry it as you would carry the machine, and remove it afterwards. It
/// opens nothing: a token of the hub does.
public enum SiteSnapshot {
    /// Makes one of the hub's database, while the hub works or is stopped. The file is there when it is whole, and not
    /// before.
    /// - Parameter step: is told what is being done.
    /// - Throws: ``NodeError`` when the target exists or the folder holds no hub; what ``Replication/Snapshot`` throws.
    public static func make(
        for site: SiteID, of folder: DataFolder, to target: String, step: (String) -> Void = { _ in }
    ) throws -> (snapshot: Snapshot, bytes: Int) {
        guard try NodeConfiguration(folder: folder).isHub else {
            throw NodeError(
                .badFolder, "\(folder.path) holds a branch.",
                remedy: "Make the snapshot at the hub, which holds what every branch may see.")
        }
        let draft = target + ".part"
        for path in [target, draft] where Files.exists(path) {
            throw NodeError(
                .badFolder, "\(path) exists.",
                remedy: path == target ? "Name a new file." : "A snapshot was cut off there: remove it.")
        }
        step("copying what \(site) may see")
        do {
            try Files.touch(draft)
            let snapshot = try fill(draft, for: site, of: folder)
            try Files.sync(draft)
            try Files.move(draft, to: target)
            return (snapshot, Files.size(target))
        } catch {
            Files.removeDatabase(draft)
            guard let error = error as? ReplicationError else { throw error }
            throw NodeError(.refused, error.message, remedy: error.remedy)
        }
    }

    private static func fill(_ draft: String, for site: SiteID, of folder: DataFolder) throws -> Snapshot {
        let database = try Database(path: draft, mode: .readWriteCreate)
        defer { database.close() }
        try database.migrate(Site.migrations)
        try database.setUpForBulkLoading(syncs: false)
        return try Snapshot.fill(
            database, from: folder.database, for: site, domain: DeskDomain(), at: SystemClock.wall())
    }

    /// Puts a snapshot where a site's database is to be.
    /// - Throws: ``NodeError`` when the file is no snapshot.
    public static func place(_ file: String, in folder: DataFolder, step: (String) -> Void = { _ in }) throws {
        do {
            let database = try Database(path: file, mode: .readOnly)
            defer { database.close() }
            let snapshot = try Snapshot(in: database)
            step("taking over \(snapshot.entities) entities for \(snapshot.site)")
        } catch is SQLiteError {
            throw notOne(file)
        } catch is ReplicationError {
            throw notOne(file)
        }
        Files.removeDatabase(folder.database)
        try Files.copy(file, to: folder.database)
    }

    /// Founds a site in the database that was placed.
    /// - Parameter epoch: the hub's, as it has told the site that joins.
    /// - Throws: ``NodeError`` when the snapshot is damaged, another site's, of another epoch or of a later version; in
    ///   whatever case the database is removed then.
    public static func found(
        _ folder: DataFolder, site: SiteID, origin: OriginID, epoch: Epoch, step: (String) -> Void = { _ in }
    ) throws {
        do {
            let storage = try Storage(path: folder.database, migrations: { Site.migrations })
            defer { storage.close() }
            try storage.writer.withDatabase { database in
                try database.transaction(.immediate) {
                    try AccessTables(database).removeEverything()
                    try SiteStore(database, domain: DeskDomain())
                        .foundOnSnapshot(site: site, origin: origin, epoch: epoch) { step("\($0) changes checked") }
                }
            }
        } catch {
            // Nothing of what was not taken over stays here.
            Files.removeDatabase(folder.database)
            if let error = error as? ReplicationError {
                throw NodeError(.refused, error.message, remedy: error.remedy)
            }
            guard (error as? SQLiteError)?.kind == .newerDatabase else { throw error }
            throw NodeError(
                .refused, "The hub that made the snapshot is of a later version than this program.",
                remedy: "Upgrade this one, or join without the snapshot.")
        }
    }

    private static func notOne(_ file: String) -> NodeError {
        NodeError(
            .badFolder, "\(file) is no snapshot.",
            remedy: "Make one at the hub: tributary site snapshot SITE --to FILE")
    }
}
