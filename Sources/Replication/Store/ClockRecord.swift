import SQLite

/// What a site remembers of its own clock.
public struct ClockRecord: Equatable, Sendable {
    /// Whether a hub's clock is believed. A branch believes its hub, and stays `believed`.
    public enum Standing: Int64, Sendable {
        case believed = 0
        /// The hub was away for a while and has started with a time that nobody has borne out.
        case unproved = 1
        /// Its branches' own clocks say otherwise: it tells nobody its time.
        case doubted = 2
    }

    public internal(set) var standing = Standing.believed
    /// At a branch, its wall clock less province time; at a hub, the median of its branches' wall clocks less its time,
    /// when they last were weighed. In milliseconds.
    public internal(set) var shift: Int64 = 0
    /// When, in province time; 0 for never.
    public internal(set) var measured: Int64 = 0
    /// The median with which an administrator has said that the hub's time is right, in milliseconds; 0 for none.
    public internal(set) var trusted: Int64 = 0
    /// When the first branch called that was put off in this start, in milliseconds; 0 for none.
    var asked: Int64 = 0
    /// The hub's time at its start, and the last it had known before, in milliseconds.
    var begun: Int64 = 0
    var base: Int64 = 0
}

extension SiteStore {
    public func clockRecord() throws -> ClockRecord {
        try database.first("SELECT standing, shift, measured, trusted, asked, begun, base FROM clock") { row in
            ClockRecord(
                standing: .init(rawValue: row.int64(0)) ?? .unproved, shift: row.int64(1), measured: row.int64(2),
                trusted: row.int64(3), asked: row.int64(4), begun: row.int64(5), base: row.int64(6))
        } ?? ClockRecord()
    }

    func save(_ record: ClockRecord) throws {
        try database.run(
            "INSERT OR REPLACE INTO clock VALUES (1, ?, ?, ?, ?, ?, ?, ?)", record.standing.rawValue, record.shift,
            record.measured, record.trusted, record.asked, record.begun, record.base)
    }
}
