import SQLite

/// Something that an administrator should know of and that healed, or did not: kept, newest last.
public struct Incident: Sendable {
    public let number: Int64
    /// Province time in milliseconds.
    public let time: Int64
    /// Two or three words: "new origin", "proof failed".
    public let kind: String
    public let site: SiteID
    public let text: String
}

extension Session {
    /// Keeps an incident; of many the oldest go.
    mutating func record(_ kind: String, of site: SiteID, _ text: String, at milliseconds: Int64) throws {
        try database.run(
            "INSERT INTO incident (time, kind, site, text) VALUES (?, ?, ?, ?)", milliseconds, kind, site.text, text)
        recorded.append((kind, site, text))
        try database.run(
            "DELETE FROM incident WHERE number <= (SELECT max(number) FROM incident) - ?",
            Int64(ReplicationLimits.incidentsKept))
    }
}

extension SiteStore {
    /// The newest first.
    public func incidents(limit: Int) throws -> [Incident] {
        try database.all(
            "SELECT number, time, kind, site, text FROM incident ORDER BY number DESC LIMIT ?", Int64(limit)
        ) {
            Incident(
                number: $0.int64(0), time: $0.int64(1), kind: $0.text(2), site: SiteID($0.text(3)), text: $0.text(4))
        }
    }
}
