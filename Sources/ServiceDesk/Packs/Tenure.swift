import Replication
import SQLite

/// Which standard is in force, and how long that is so if none is published meanwhile.
struct Tenure: Sendable {
    /// Nil before the first takes effect.
    let name: EntityID?
    /// Milliseconds since 1970; `until` is the first in which another is in force.
    let from: Int64
    let until: Int64

    /// - Parameter milliseconds: province time.
    init(at milliseconds: Int64, in store: SiteStore) throws {
        let inForce = try store.database.first(
            // In the end by the identifier, since every site numbers its entities in another order.
            """
            SELECT entity.id, effective FROM standard JOIN entity ON entity.number = standard.entity
            WHERE effective <= ? ORDER BY effective DESC, published DESC, entity.id DESC LIMIT 1
            """, milliseconds
        ) { (name: EntityID(kind: .standard, bytes: $0.blob(0)), from: $0.int64(1)) }
        let next = try store.database.first("SELECT MIN(effective) FROM standard WHERE effective > ?", milliseconds) {
            $0.isNull(0) ? nil : $0.int64(0)
        }
        name = inForce?.name
        from = inForce?.from ?? .min
        until = (next ?? nil) ?? .max
    }

    func holds(at milliseconds: Int64) -> Bool { from <= milliseconds && milliseconds < until }
}
