import Replication
import SQLite

/// A standard that a site holds.
public struct StandardListing: Sendable {
    public let name: EntityID
    public let version: String
    /// Milliseconds since 1970.
    public let published: Int64
    /// When it takes or took effect, in milliseconds since 1970.
    public let effective: Int64
    /// Whether it is the one in force.
    public let isCurrent: Bool

    /// Every standard here, the newest first.
    /// - Parameter milliseconds: province time.
    public static func all(in store: SiteStore, shelf: PackShelf, at milliseconds: Int64) throws -> [StandardListing] {
        let current = try shelf.current(in: store, at: milliseconds)?.name
        let rows = try store.database.all(
            "SELECT entity, version, published, effective FROM standard ORDER BY published DESC, entity DESC"
        ) { (entity: $0.int64(0), version: $0.text(1), published: $0.int64(2), effective: $0.int64(3)) }
        return try rows.map { row in
            let name = try store.row(number: row.entity).id
            return StandardListing(
                name: name, version: row.version, published: row.published, effective: row.effective,
                isCurrent: name == current)
        }
    }
}
