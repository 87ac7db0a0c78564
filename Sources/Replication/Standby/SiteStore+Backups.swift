import SQLite

/// What the hub knows of the last backup of itself that was opened, checked and found on another disk: it holds all
/// that was admitted before it, so a branch may let go of that.
public struct NotedBackup: Equatable, Sendable {
    /// The number of the last feed entry that the backup knows of.
    public let admission: UInt64
    /// When it was made, in milliseconds.
    public let time: Int64
    /// Where it was put.
    public let place: String

    public init(admission: UInt64, time: Int64, place: String) {
        self.admission = admission
        self.time = time
        self.place = place
    }
}

extension SiteStore {
    /// Notes a backup that was verified on another disk. An earlier one counts for nothing that this one does not hold,
    /// so only the last is kept.
    /// - Parameter epoch: the one that the backup's database is of; of another it is not noted.
    /// - Returns: whether it was.
    public func note(_ backup: NotedBackup, of epoch: Epoch) throws -> Bool {
        let life = try life()
        guard life.isHub, life.cursor.epoch == epoch, backup.admission <= life.admission else { return false }
        try database.run(
            "INSERT OR REPLACE INTO backup VALUES (1, ?, ?, ?)", backup.admission, backup.time, backup.place)
        return true
    }

    /// The last backup that was noted.
    public func notedBackup() throws -> NotedBackup? {
        try database.first("SELECT admission, time, place FROM backup") {
            NotedBackup(admission: $0.uint64(0), time: $0.int64(1), place: $0.text(2))
        }
    }

    private static let admittedAfterBackup: SQL =
        positionsOfEntity + """
            SELECT 1 FROM mine CROSS JOIN log ON log.position = mine.position CROSS JOIN backup
            WHERE condition = 1 AND log.admission > backup.admission LIMIT 1
            """

    /// Whether every admitted change of an entity is in the last backup.
    func isInBackup(_ row: EntityRow) throws -> Bool {
        guard try notedBackup() != nil else { return false }
        return try database.first(Self.admittedAfterBackup, row.number, map: { _ in true }) == nil
    }
}
