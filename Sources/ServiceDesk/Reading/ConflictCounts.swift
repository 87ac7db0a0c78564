import Replication
import SQLite

/// How many conflicts there are, for whoever asks where and by what they come about. Read from an index of the
/// conflicts alone, whatever the number of tickets.
public struct ConflictCounts: Sendable {
    public struct Count: Equatable, Sendable {
        public var open = 0
        public var settled = 0

        public init(open: Int = 0, settled: Int = 0) {
            self.open = open
            self.settled = settled
        }

        fileprivate mutating func add(_ count: Int, isSettled: Bool) {
            if isSettled { settled += count } else { open += count }
        }
    }

    public struct Kind: Hashable, Sendable {
        /// Nil for a rule that a newer version has written.
        public let rule: Conflict.Rule?
        public let subject: Conflict.Subject
    }

    public struct Pair: Hashable, Sendable {
        public let losing: OriginID
        public let winning: OriginID
    }

    /// The most frequent first.
    public private(set) var kinds: [(kind: Kind, count: Count)] = []
    /// By who lost and who won.
    public private(set) var pairs: [Pair: Count] = [:]
    public private(set) var total = Count()

    /// Of what this site may see.
    public init(of store: SiteStore) throws {
        var counts: [(kind: Kind, count: Count)] = []
        var placeOfKind: [Kind: Int] = [:]
        try store.database.forEach(
            """
            SELECT rule, field, losing, winning, is_settled, count(*) FROM conflict
            GROUP BY rule, field, losing, winning, is_settled
            """
        ) { row in
            let field = row.int64OrNil(1).map { Field(rawValue: UInt16(clamping: $0)) }
            let kind = Kind(
                rule: Conflict.Rule(rawValue: UInt8(clamping: row.int(0))),
                subject: field.map { .field($0) } ?? .stage)
            let pair = Pair(losing: OriginID(raw: row.uint64(2)), winning: OriginID(raw: row.uint64(3)))
            let (isSettled, count) = (row.bool(4), row.int(5))
            let place = placeOfKind[kind] ?? counts.count
            if place == counts.count {
                placeOfKind[kind] = place
                counts.append((kind, Count()))
            }
            counts[place].count.add(count, isSettled: isSettled)
            pairs[pair, default: Count()].add(count, isSettled: isSettled)
            total.add(count, isSettled: isSettled)
            return true
        }
        // A stable order of what is equally frequent: that of the index.
        kinds = counts.enumerated().sorted { left, right in
            (-left.element.count.all, left.offset) < (-right.element.count.all, right.offset)
        }.map(\.element)
    }
}

extension ConflictCounts.Count {
    fileprivate var all: Int { open + settled }

    /// Both together.
    public static func + (left: Self, right: Self) -> Self {
        Self(open: left.open + right.open, settled: left.settled + right.settled)
    }
}
