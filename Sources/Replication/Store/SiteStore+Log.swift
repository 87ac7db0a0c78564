import Hashing
import SQLite

/// A change as the log holds it.
public struct LogEntry: Sendable {
    public let position: Int64
    public let change: Change
    public let hash: Digest128
    /// The row version of the entity that it brought about here.
    public let version: UInt64
    /// Whether its stamp was corrected before it left.
    public let isCorrected: Bool
    public let isAdmitted: Bool
}

extension SiteStore {
    private static let columns: SQL = """
        SELECT log.position, origin.id, log.sequence, log.stamp, entity.kind, entity.id, log.body, log.hash,
            log.version, log.is_corrected, log.condition
        FROM log JOIN origin ON origin.number = log.origin JOIN entity ON entity.number = log.entity
        """

    private static func entry(_ row: Row) throws -> LogEntry {
        guard let id = EntityID(kind: EntityKind(rawValue: UInt8(row.int(4))), bytes: row.blob(5)) else {
            throw ReplicationError(
                .inconsistent, "A log row names an entity whose identifier is damaged.",
                remedy: "Run `tributary verify`.")
        }
        let change = try Change(
            origin: OriginID(raw: row.uint64(1)), sequence: row.uint64(2), stamp: Stamp(raw: row.uint64(3)),
            entity: id, storedBody: row.blob(6))
        return LogEntry(
            position: row.int64(0), change: change, hash: try row.digest(7), version: row.uint64(8),
            isCorrected: row.bool(9), isAdmitted: row.int64(10) == Schema.Condition.admitted)
    }

    /// Stores a change; returns its position.
    func append(
        _ change: Change, hash: Digest128, row: EntityRow, condition: Int64, admission: UInt64?
    ) throws -> Int64 {
        try database.run(
            """
            INSERT INTO log (origin, sequence, stamp, entity, condition, admission, version, hash, body)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            try originNumber(change.origin), change.sequence, change.stamp.raw, row.number, condition, admission,
            row.version + 1, hash, change.storedBody)
        return database.lastInsertedRowID
    }

    /// The changes of an entity that have effect here: admitted ones, and this site's own on their way.
    public func changes(of entity: Int64) throws -> [Change] { try entries(of: entity).map(\.change) }

    public func entries(of entity: Int64) throws -> [LogEntry] {
        try database.all(
            Self.columns + " WHERE log.entity = ? AND log.condition <= 1 ORDER BY log.stamp, log.position", entity,
            map: Self.entry)
    }

    /// The refused changes of an entity with their reasons: kept and shown.
    public func refusals(of entity: Int64) throws -> [(entry: LogEntry, reason: String)] {
        try database.all(
            Self.columns + " WHERE log.entity = ? AND log.condition = 3 ORDER BY log.stamp, log.position", entity,
            map: Self.entry
        ).map { entry in
            let reason = try database.first("SELECT reason FROM verdict WHERE position = ?", entry.position) {
                $0.text(0)
            }
            return (entry, reason ?? "")
        }
    }

    /// The changes that were refused last, the newest first. What a refused creation would have made is shown as that
    /// change alone would have made it.
    public func refusals(limit: Int) throws -> [(entry: LogEntry, reason: String, row: EntityRow)] {
        try database.all("SELECT position, reason FROM verdict ORDER BY position DESC LIMIT ?", Int64(limit)) {
            (position: $0.int64(0), reason: $0.text(1))
        }.compactMap { verdict in
            guard let entry = try entry(at: verdict.position), var row = try row(entry.change.entity) else {
                return nil
            }
            if !row.state.exists { row.state = Fold.state(of: [entry.change]) }
            return (entry, verdict.reason, row)
        }
    }

    /// A change that was refused, if that is what became of it.
    public func refusedChange(_ reference: ChangeReference) throws -> Change? {
        guard let entry = try entry(of: reference) else { return nil }
        let isRefused = try database.first("SELECT 1 FROM verdict WHERE position = ?", entry.position) { _ in true }
        return isRefused == nil ? nil : entry.change
    }

    public func entry(at position: Int64) throws -> LogEntry? {
        try database.first(Self.columns + " WHERE log.position = ?", position, map: Self.entry)
    }

    public func entry(of reference: ChangeReference) throws -> LogEntry? {
        try database.first(
            Self.columns + " WHERE origin.id = ? AND log.sequence = ?", reference.origin.raw, reference.sequence,
            map: Self.entry)
    }

    /// An origin's changes from after `sequence` on, until `body` has had enough.
    func forEachChange(of origin: OriginID, after sequence: UInt64, _ body: (LogEntry) throws -> Bool) throws {
        let number = try originNumber(origin)
        try database.forEach(
            Self.columns + " WHERE log.origin = ? AND log.sequence > ? ORDER BY log.sequence", number, sequence
        ) { try body(Self.entry($0)) }
    }

    /// Every row of an origin's stream with the hash as stored, and the change where it can be read: for `verify`.
    func forEachStored(
        of origin: Int64, _ body: (_ sequence: UInt64, _ hash: Digest128?, _ entry: LogEntry?) throws -> Void
    ) throws {
        try database.forEach(Self.columns + " WHERE log.origin = ? ORDER BY log.sequence", origin) { row in
            try body(row.uint64(2), row.digest128(7), try? Self.entry(row))
            return true
        }
    }

    /// An entity's admitted changes in the order of their admission, from after `admission` on.
    func forEachAdmitted(
        of entity: Int64, after admission: UInt64, _ body: (LogEntry, UInt64) throws -> Bool
    ) throws {
        try database.forEach(
            """
            SELECT position, admission FROM log
            WHERE entity = ? AND condition = 1 AND admission > ? ORDER BY admission, position
            """, entity, admission
        ) { row in
            guard let entry = try entry(at: row.int64(0)) else { return true }
            return try body(entry, row.uint64(1))
        }
    }

    /// Whether a change is held here, whatever became of it.
    func holds(_ reference: ChangeReference) throws -> Bool {
        try database.first(
            """
            SELECT 1 FROM log JOIN origin ON origin.number = log.origin WHERE origin.id = ? AND log.sequence = ?
            """, reference.origin.raw, reference.sequence
        ) { _ in true } ?? false
    }
}
