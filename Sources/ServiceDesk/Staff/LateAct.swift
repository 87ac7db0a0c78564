import Replication
import SQLite

/// Something that stands although its author's role had been taken away: the site had not heard of that.
public struct LateAct: Equatable, Sendable {
    public static let limit = 500

    public let change: ChangeReference
    public let entity: EntityID
    public let site: String
    public let person: String
    /// The role that was taken away; `*` for the right of all before the site had a roster.
    public let role: String
    /// When it was done, in milliseconds since 1970.
    public let time: Int64

    func note(in database: Database, of row: Int64) throws {
        try database.run(
            "INSERT OR IGNORE INTO late_act VALUES (?, ?, ?, ?, ?, ?, ?)", change.origin.raw, change.sequence, row,
            site, person, role, time)
    }

    /// Newest first.
    public static func list(at site: SiteID?, in store: SiteStore) throws -> [LateAct] {
        try store.database.all(
            """
            SELECT late_act.origin, sequence, kind, id, site, person, role, time FROM late_act
            JOIN entity ON entity.number = late_act.entity
            WHERE ?1 IS NULL OR site = ?1 ORDER BY time DESC, late_act.origin, sequence LIMIT ?2
            """, site?.text, Int64(limit)
        ) { row in
            EntityID(kind: EntityKind(rawValue: UInt8(clamping: row.int(2))), bytes: row.blob(3)).map { entity in
                LateAct(
                    change: ChangeReference(origin: OriginID(raw: row.uint64(0)), sequence: row.uint64(1)),
                    entity: entity, site: row.text(4), person: row.text(5), role: row.text(6), time: row.int64(7))
            }
        }.compactMap { $0 }
    }
}
