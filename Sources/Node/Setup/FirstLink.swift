import Foundation
import Replication
import SQLite
import ServiceDesk

/// The one-time link that makes a site's first administrator, or another where all are lost; made in the folder of a
/// site that is not running.
public enum FirstLink {
    /// Whether nobody has an account yet. A site that joins again keeps those it has, and one that an earlier version
    /// has made is asked at its next start.
    public static func isNeeded(in folder: DataFolder) -> Bool {
        guard let database = try? Database(path: folder.database, mode: .readOnly) else { return false }
        defer { database.close() }
        return (try? AccessTables(database).accounts().isEmpty) ?? false
    }

    /// - Returns: the path and query to be opened at the node's address; an earlier link is good no longer.
    /// - Throws: ``NodeError`` when the node runs.
    public static func make(in folder: DataFolder) throws -> String {
        let configuration = try NodeConfiguration(folder: folder)
        let lock: LockFile
        do {
            lock = try LockFile(path: folder.lock, name: "\(configuration.site) (inviting)")
        } catch let error as SQLiteError where error.kind == .locked {
            throw NodeError(.busy, "\(error.message).", remedy: "Try once more when it is done.")
        }
        defer { lock.release() }
        let storage = try Storage(path: folder.database, migrations: { Site.migrations })
        defer { storage.close() }
        return try storage.writer.withDatabase { database in
            try database.transaction(.immediate) {
                let origin = try SiteStore(database, domain: DeskDomain()).life().origin
                let now = SystemClock.wall()
                let tables = AccessTables(database)
                let key = try tables.invite(nil, origin: origin, at: now)
                try tables.record(SignInRecord(time: now, name: nil, address: "", outcome: .linkMade))
                return Invitation.path(key, nil)
            }
        }
    }
}
