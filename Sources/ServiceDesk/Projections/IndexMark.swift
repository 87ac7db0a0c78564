import Replication
import SQLite

/// Marks tickets of which the index and the counters have to learn anew. Most changes need no mark: whoever keeps the
/// index reads on in the log from where it was.
enum IndexMark {
    /// For what no new row of the log tells: what was refused, came into view, or was mended.
    static func ticket(_ entity: Int64, in database: Database) throws {
        try database.run("INSERT OR IGNORE INTO index_stale VALUES (?)", entity)
    }

    /// Of a customer who came into view, or went out of it.
    static func tickets(of customer: EntityID, in database: Database) throws {
        try database.run(
            "INSERT OR IGNORE INTO index_stale SELECT entity FROM ticket WHERE customer = ?", customer.bytes)
    }
}
