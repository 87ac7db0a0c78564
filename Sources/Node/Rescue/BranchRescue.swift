import Replication
import SQLite
import ServiceDesk

/// What an operator says of one of two databases of a branch.
public enum BranchRescue {
    /// The stopped branch goes on under a new origin at its next start: announced last, it is the one that is fed.
    public static func keep(_ folder: DataFolder) throws -> SiteID {
        let configuration = try NodeConfiguration(folder: folder)
        guard !configuration.isHub else {
            throw NodeError(
                .badFolder, "\(folder.path) holds a hub.",
                remedy: "Of two hubs stop one, and on the other type: tributary hub restore --data DIR")
        }
        let lock = try StoppedLock.take(folder, configuration.site, "keeping")
        defer { lock.release() }
        let database = try Database(path: folder.database, mode: .readWriteCreate)
        defer { database.close() }
        try database.run("UPDATE life SET is_copy = 1")
        return configuration.site
    }
}
