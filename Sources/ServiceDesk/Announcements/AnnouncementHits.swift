import Replication
import SQLite
import Standards

/// The tickets that announcements hit: open ones of their categories or any below, at the branches that they are for,
/// opened while they hold or shortly before.
///
/// Whose ticket it is decides, also while the province has taken it: announcements are for branches. The fault that an
/// announcement names is one of them: its page shows the announcement too, and the list is of all that hangs on the
/// disturbance. As the index knows, what has just ended may still be listed for a moment.
///
/// What it costs grows with the tickets opened in that time, by the index of when they were opened, and neither with
/// those of other times nor beyond ``looksMax``.
public struct AnnouncementHits: Sendable {
    /// Milliseconds before an announcement begins: callers notice a disturbance before anybody has written that there
    /// is one, and a day covers the night in between.
    public static let lookBack: Int64 = 24 * 3_600_000
    /// Tickets of that time that are looked at, the newest: the hub of a large province takes more in a month, and no
    /// list or count reads through them all.
    public static let looksMax = 20_000

    private struct Reach: Sendable {
        let from: Int64
        let until: Int64
        /// Lists as JSON, which a statement takes as one value; all branches when nil.
        let categories: String
        let sites: String?
    }

    private let reaches: [Reach]

    /// Whether there is no announcement, so that nothing is hit.
    public var isEmpty: Bool { reaches.isEmpty }

    /// - Parameter pack: the standard in force, which says what lies below a category.
    public init(_ announcements: [Announcement], pack: StandardPack?) {
        reaches = announcements.map { one in
            Reach(
                from: one.from - Self.lookBack, until: min(one.until, one.withdrawnAt ?? one.until),
                categories: Self.list(pack?.descendants(of: one.categories) ?? one.categories),
                sites: one.sites.isEmpty ? nil : Self.list(one.sites))
        }
    }

    /// Those of all announcements that hold now.
    /// - Parameter now: province time, in milliseconds.
    public init(currentIn store: SiteStore, pack: StandardPack?, at now: Int64) throws {
        var query = AnnouncementQuery()
        query.isCurrent = true
        self.init(try query.list(in: store, at: now), pack: pack)
    }

    private static func list(_ words: [String]) -> String { JSONValue.array(words.map { .string($0) }).text() }

    /// Selects the tickets' own numbers.
    var entities: (sql: SQL, values: [(any SQLiteBindable)?]) {
        let first: Int64 = reaches.map(\.from).min() ?? 0
        let end: Int64 = reaches.map(\.until).max() ?? 0
        var values: [(any SQLiteBindable)?] = [first, end, Int64(Self.looksMax)]
        var condition: SQL = "1 = 0"
        for reach in reaches {
            condition = condition + Self.isInReach
            values += [reach.from, reach.until, reach.categories]
            if let sites = reach.sites {
                condition = condition + Self.isOfSites
                values.append(sites)
            }
            condition = condition + ")"
        }
        return (Self.open + condition + ")", values)
    }

    private static let open: SQL = """
        SELECT seen.entity FROM (
            SELECT entity, opened, home, category FROM ticket INDEXED BY ticket_opened
            WHERE opened >= ? AND opened < ? ORDER BY opened DESC, entity DESC LIMIT ?) AS seen
        WHERE NOT EXISTS (SELECT 1 FROM board WHERE board.entity = seen.entity AND board.closed_day IS NOT NULL)
        AND (
        """

    private static let isInReach: SQL = """
         OR (seen.opened >= ? AND seen.opened < ? AND seen.category IN (SELECT value FROM json_each(?))
        """

    private static let isOfSites: SQL = " AND seen.home IN (SELECT value FROM json_each(?))"
}
