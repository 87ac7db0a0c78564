import Replication
import SQLite
import Standards

extension PackShelf {
    /// Standards looked at for what was once in force; a province publishes a few a year, and the shelf must hold them.
    static let pastLimit = capacity / 2

    /// The standards that have been in force since a time, as far as they are here: the one that was then, and those
    /// that took effect after it, in that order. Of more than ``pastLimit`` the latest.
    /// - Parameters:
    ///   - since: milliseconds of province time, as is `now`.
    /// - Returns: each with the time at which it took effect.
    func inForce(
        from since: Int64, to now: Int64, in store: SiteStore
    ) throws -> [(effective: Int64, pack: StandardPack)] {
        let names = try store.database.all(
            """
            SELECT entity.id, effective FROM standard JOIN entity ON entity.number = standard.entity
            WHERE effective <= ? ORDER BY effective DESC, published DESC, entity.id DESC
            """, now
        ) { (name: EntityID(kind: .standard, bytes: $0.blob(0)), effective: $0.int64(1)) }
        var chosen: [(effective: Int64, name: EntityID)] = []
        var next = Int64.max
        for row in names where row.effective < next && chosen.count < Self.pastLimit {
            // Of several that took effect at one time only the last was in force.
            next = row.effective
            if let name = row.name { chosen.append((row.effective, name)) }
            if row.effective <= since { break }
        }
        return try chosen.reversed().compactMap { one in
            try pack(one.name, in: store).map { (one.effective, $0) }
        }
    }
}
