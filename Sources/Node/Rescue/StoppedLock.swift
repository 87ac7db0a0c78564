import Replication
import SQLite

/// The lock of a site that must be stopped while something is done to it.
enum StoppedLock {
    static func take(_ folder: DataFolder, _ site: SiteID, _ what: String) throws -> LockFile {
        do {
            return try LockFile(path: folder.lock, name: "\(site) (\(what))")
        } catch let error as SQLiteError where error.kind == .locked {
            throw NodeError(.busy, "\(error.message).", remedy: "Stop that process first.")
        }
    }
}
