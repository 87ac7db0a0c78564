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

    /// The positions of one entity's changes (the statement's first value), which lead from the last to the first.
    static let positionsOfEntity: SQL = """
        WITH RECURSIVE mine (position) AS (
            SELECT last FROM entity WHERE number = ?1
            UNION ALL
            SELECT log.previous FROM mine CROSS JOIN log ON log.position = mine.position
            WHERE log.previous < log.position AND log.previous > 0)

        """

    private static let countOfEntity: SQL =
        positionsOfEntity
        + "SELECT count(*) FROM mine CROSS JOIN log ON log.position = mine.position WHERE condition <> 4"

    private static let admittedOfEntity: SQL =
        positionsOfEntity + """
            SELECT log.position, admission FROM mine CROSS JOIN log ON log.position = mine.position
            WHERE condition = 1 AND admission > ?2 ORDER BY admission, log.position
            """

    /// The same columns, of one entity's changes only.
    private static let columnsOfEntity: SQL = """
        SELECT log.position, origin.id, log.sequence, log.stamp, entity.kind, entity.id, log.body, log.hash,
            log.version, log.is_corrected, log.condition
        FROM mine CROSS JOIN log ON log.position = mine.position
        JOIN origin ON origin.number = log.origin JOIN entity ON entity.number = log.entity
        """

    // Joined once: these run for every change.
    private static let entriesOfEntity: SQL =
        positionsOfEntity + columnsOfEntity + " WHERE log.condition <= 1 ORDER BY log.stamp, log.position"
    private static let entryAtPosition: SQL = columns + " WHERE log.position = ?"
    private static let entryOfReference: SQL = columns + " WHERE origin.id = ? AND log.sequence = ?"
    private static let entriesOfOrigin: SQL =
        columns + " WHERE log.origin = ? AND log.sequence > ? ORDER BY log.sequence"

    private static let storedOfOrigin: SQL =
        columns + " WHERE log.origin = ? AND log.sequence > ? AND log.sequence <= ? ORDER BY log.sequence"

    /// - Parameter isProved: computes the hash of the content instead of believing the one stored with it.
    private static func entry(_ row: Row, isProved: Bool) throws -> LogEntry {
        guard let id = EntityID(kind: EntityKind(rawValue: UInt8(clamping: row.int(4))), bytes: row.blob(5)) else {
            throw ReplicationError(
                .inconsistent, "A log row names an entity whose identifier is damaged.",
                remedy: "Run `tributary verify`.")
        }
        let change = try Change(
            origin: OriginID(raw: row.uint64(1)), sequence: AsideNumber.sequence(of: row.int64(2)),
            stamp: Stamp(raw: row.uint64(3)), entity: id, storedBody: row.blob(6),
            hash: isProved ? nil : try row.digest(7))
        let hash = isProved ? row.digest128(7) ?? .zero : try row.digest(7)
        return LogEntry(
            position: row.int64(0), change: change, hash: hash, version: row.uint64(8),
            isCorrected: row.bool(9), isAdmitted: row.int64(10) == Schema.Condition.admitted)
    }

    private static func entry(_ row: Row) throws -> LogEntry { try entry(row, isProved: false) }

    /// Stores a change at the position that its entity's row names as the last.
    /// - Parameters:
    ///   - previous: the position of the entity's change before it; 0 for none.
    ///   - aside: its ``AsideNumber``, if its own number is another's.
    func append(
        _ change: Change, to row: EntityRow, previous: Int64, version: UInt64, _ condition: Int64, _ admission: UInt64?,
        numbered aside: Int64? = nil
    ) throws {
        let origin = try originNumber(change.origin)
        try database.run("INSERT INTO log VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?)") { parameters in
            parameters.add(row.last)
            parameters.add(origin)
            parameters.add(aside ?? Int64(bitPattern: change.sequence))
            parameters.add(change.stamp.raw)
            parameters.add(row.number)
            parameters.add(previous)
            parameters.add(condition)
            parameters.add(admission)
            parameters.add(version)
            parameters.add(high: change.hash.high, low: change.hash.low)
            parameters.add(change.storedBody)
        }
    }

    /// The position for the next change.
    func nextPosition() throws -> Int64 {
        let memo = memo
        let last = try memo?.lastPosition ?? database.first("SELECT max(position) FROM log") { $0.int64(0) } ?? 0
        memo?.lastPosition = last + 1
        return last + 1
    }

    /// One change of an entity and the position of the one before it; no change where it has no effect.
    func step(at position: Int64, of entity: EntityID) throws -> (change: Change?, previous: Int64) {
        let step = try database.first(
            """
            SELECT previous, condition, origin, sequence, stamp, body, hash FROM log WHERE position = ?
            """, position
        ) { row -> (change: Change?, previous: Int64) in
            guard row.int64(1) <= Schema.Condition.admitted else { return (nil, row.int64(0)) }
            let change = try Change(
                origin: try originID(row.int64(2)), sequence: row.uint64(3), stamp: Stamp(raw: row.uint64(4)),
                entity: entity, storedBody: row.blob(5), hash: try row.digest(6))
            return (change, row.int64(0))
        }
        // A row that named itself, or one after it, would be followed for ever.
        guard let step, step.previous < position else {
            throw ReplicationError(
                .inconsistent, "The changes of entity \(entity.text) do not lead to one another.",
                remedy: "Run `tributary verify`.")
        }
        return step
    }

    /// The changes of an entity that have effect here: admitted ones, and this site's own on their way.
    public func changes(of entity: Int64) throws -> [Change] { try entries(of: entity).map(\.change) }

    public func entries(of entity: Int64) throws -> [LogEntry] {
        try database.all(Self.entriesOfEntity, entity, map: Self.entry)
    }

    /// How many changes of an entity there are, whatever became of them.
    func changeCount(of entity: Int64) throws -> Int {
        try database.first(Self.countOfEntity, entity) { $0.int(0) } ?? 0
    }

    /// The refused changes of an entity with their reasons: kept and shown.
    public func refusals(of entity: Int64) throws -> [(entry: LogEntry, reason: String)] {
        try database.all(
            Self.positionsOfEntity + Self.columnsOfEntity
                + " WHERE log.condition = 3 ORDER BY log.stamp, log.position", entity,
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
        let held = try entry(of: reference)
        if let held {
            let isRefused = try database.first("SELECT 1 FROM verdict WHERE position = ?", held.position) { _ in true }
            if isRefused != nil { return held.change }
        }
        return try entriesAside(reference).first?.change
    }

    /// Changes that had to give their number up to another.
    func entriesAside(_ reference: ChangeReference) throws -> [LogEntry] {
        try database.all(
            Self.columns + " WHERE origin.id = ? AND log.sequence < 0 ORDER BY log.position", reference.origin.raw,
            map: Self.entry
        ).filter { $0.change.sequence == reference.sequence }
    }

    /// A free number for one more.
    func asideNumber(for reference: ChangeReference) throws -> Int64 {
        AsideNumber.make(reference.sequence, after: Int64(try entriesAside(reference).count))
    }

    public func entry(at position: Int64) throws -> LogEntry? {
        try database.first(Self.entryAtPosition, position, map: Self.entry)
    }

    public func entry(of reference: ChangeReference) throws -> LogEntry? {
        try database.first(Self.entryOfReference, reference.origin.raw, reference.sequence, map: Self.entry)
    }

    /// An origin's changes from after `sequence` on, until `body` has had enough.
    func forEachChange(of origin: OriginID, after sequence: UInt64, _ body: (LogEntry) throws -> Bool) throws {
        let number = try originNumber(origin)
        try database.forEach(Self.entriesOfOrigin, number, sequence) { try body(Self.entry($0)) }
    }

    /// The same with rows whose content was erased, or cannot be read any more: there is no entry of them.
    /// - Parameter isProved: nor of one whose content is not what its hash says any more. Who gives a change another
    ///   time gives it a new hash, and must not vouch for what a disk has made of it.
    func forEachRow(
        of origin: OriginID, after sequence: UInt64, isProved: Bool = false,
        _ body: (_ position: Int64, _ sequence: UInt64, _ hash: Digest128, _ entry: LogEntry?) throws -> Bool
    ) throws {
        try database.forEach(Self.entriesOfOrigin, try originNumber(origin), sequence) { row in
            let isEmptied = row.int64(10) == Schema.Condition.emptied
            let entry = isEmptied ? nil : try? Self.entry(row, isProved: isProved)
            return try body(
                row.int64(0), row.uint64(2), row.digest(7), entry.flatMap { $0.change.hash == $0.hash ? $0 : nil })
        }
    }

    /// When a change was stamped; nil for one that is not held.
    func stamp(of reference: ChangeReference) throws -> Stamp? {
        try database.first(
            """
            SELECT stamp FROM log JOIN origin ON origin.number = log.origin WHERE origin.id = ? AND sequence = ?
            """, reference.origin.raw, reference.sequence
        ) { Stamp(raw: $0.uint64(0)) }
    }

    /// What a row of the log turns out to hold.
    enum StoredContent {
        case entry(LogEntry)
        /// Erased; its hash stays.
        case emptied
        case unread
    }

    /// Every row of an origin's stream with the hash as stored, and the change where it can be read: for `verify`.
    func forEachStored(
        of origin: Int64, _ body: (_ sequence: UInt64, _ hash: Digest128?, _ content: StoredContent) throws -> Void
    ) throws {
        try forEachStored(of: origin, after: 0, upTo: UInt64(Int64.max)) { try body($1, $2, $3) }
    }

    /// The same of a part of the stream, with each row's place in the log.
    func forEachStored(
        of origin: Int64, after number: UInt64, upTo end: UInt64,
        _ body: (_ position: Int64, _ sequence: UInt64, _ hash: Digest128?, _ content: StoredContent) throws -> Void
    ) throws {
        try database.forEach(Self.storedOfOrigin, values: [origin, number, end]) { row in
            let content: StoredContent =
                row.int64(10) == Schema.Condition.emptied
                ? .emptied : (try? Self.entry(row, isProved: true)).map { .entry($0) } ?? .unread
            try body(row.int64(0), row.uint64(2), row.digest128(7), content)
            return true
        }
    }

    /// A change whose content is what its hash says; nil for any other.
    func provenEntry(at position: Int64) throws -> LogEntry? {
        try database.first(Self.entryAtPosition, position) { row in
            guard let entry = try? Self.entry(row, isProved: true), entry.change.hash == entry.hash else { return nil }
            return entry
        } ?? nil
    }

    /// An entity's admitted changes in the order of their admission, from after `admission` on.
    func forEachAdmitted(
        of entity: Int64, after admission: UInt64, _ body: (LogEntry, UInt64) throws -> Bool
    ) throws {
        try database.forEach(
            Self.admittedOfEntity, entity, admission
        ) { row in
            guard let entry = try entry(at: row.int64(0)) else { return true }
            return try body(entry, row.uint64(1))
        }
    }

    /// Where a change is held and what became of it.
    struct Held {
        let position: Int64
        let condition: Int64
        let hash: Digest128
    }

    func condition(of reference: ChangeReference) throws -> Held? {
        try database.first(
            """
            SELECT log.position, condition, hash FROM log JOIN origin ON origin.number = log.origin
            WHERE origin.id = ? AND log.sequence = ?
            """, reference.origin.raw, reference.sequence
        ) { Held(position: $0.int64(0), condition: $0.int64(1), hash: try $0.digest(2)) }
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
