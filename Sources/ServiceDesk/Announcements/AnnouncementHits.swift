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
        let categories: Set<String>
        /// All branches when empty.
        let sites: Set<String>

        func covers(_ home: String, _ category: String) -> Bool {
            categories.contains(category) && (sites.isEmpty || sites.contains(home))
        }
    }

    /// One for each announcement.
    private let reaches: [Reach]
    /// Fewer in tests.
    var looks = AnnouncementHits.looksMax

    /// Whether there is no announcement, so that nothing is hit.
    public var isEmpty: Bool { reaches.isEmpty }

    /// - Parameter pack: the standard in force, which says what lies below a category.
    public init(_ announcements: [Announcement], pack: StandardPack?) {
        reaches = announcements.map { one in
            Reach(
                from: one.from - Self.lookBack, until: min(one.until, one.withdrawnAt ?? one.until),
                categories: Set(pack?.descendants(of: one.categories) ?? one.categories), sites: Set(one.sites))
        }
    }

    /// Those of all announcements that hold now.
    /// - Parameter now: province time, in milliseconds.
    public init(currentIn store: SiteStore, pack: StandardPack?, at now: Int64) throws {
        var query = AnnouncementQuery()
        query.isCurrent = true
        self.init(try query.list(in: store, at: now), pack: pack)
    }

    /// As JSON, which a statement takes as one value.
    private static func list(_ words: Set<String>) -> String {
        JSONValue.array(words.sorted().map { .string($0) }).text()
    }

    /// How many tickets each of the announcements hits, in the order in which they were given: as many as a list by
    /// that one alone has. The tickets of all are looked at in one pass, the newest first, and of the time of each
    /// announcement no more than ``looksMax``.
    public func counts(in store: SiteStore) throws -> [Int] {
        var counts = Array(repeating: 0, count: reaches.count)
        guard !isEmpty else { return counts }
        var looked = counts
        let categories = reaches.reduce(into: Set<String>()) { $0.formUnion($1.categories) }
        let first: Int64 = reaches.map(\.from).min() ?? 0
        let end: Int64 = reaches.map(\.until).max() ?? 0
        try store.database.forEach(Self.seen, values: [Self.list(categories), first, end]) { row in
            let opened = row.int64(0)
            let isOpen = row.bool(1)
            let (home, category) = isOpen ? (row.text(2), row.text(3)) : ("", "")
            var isDone = true
            for (place, reach) in reaches.enumerated() where looked[place] < looks && opened >= reach.from {
                isDone = false
                guard opened < reach.until else { continue }
                looked[place] += 1
                if isOpen, reach.covers(home, category) { counts[place] += 1 }
            }
            return !isDone
        }
        return counts
    }

    /// Each with whether it is an open one of the categories: of others nobody asks whether they are open.
    private static let seen: SQL = """
        SELECT opened, CASE WHEN category IN (SELECT value FROM json_each(?)) THEN NOT EXISTS (
            SELECT 1 FROM board WHERE board.entity = ticket.entity AND board.closed_day IS NOT NULL) ELSE 0 END,
            home, category
        FROM ticket INDEXED BY ticket_opened WHERE opened >= ? AND opened < ? ORDER BY opened DESC, entity DESC
        """

    /// Selects the tickets' own numbers.
    var entities: (sql: SQL, values: [(any SQLiteBindable)?]) {
        let first: Int64 = reaches.map(\.from).min() ?? 0
        let end: Int64 = reaches.map(\.until).max() ?? 0
        var values: [(any SQLiteBindable)?] = [first, end, Int64(looks)]
        var condition: SQL = "1 = 0"
        for reach in reaches {
            condition = condition + Self.isInReach
            values += [reach.from, reach.until, Self.list(reach.categories)]
            if !reach.sites.isEmpty {
                condition = condition + Self.isOfSites
                values.append(Self.list(reach.sites))
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
