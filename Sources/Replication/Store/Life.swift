import Hashing
import SQLite

/// What a database knows of its own life: who it is, how far it has come, and how far the hub has heard it.
public struct Life: Equatable, Sendable {
    public let site: SiteID
    public let isHub: Bool
    /// It holds everything and takes no work: a hub can be made of it.
    public let isStandby: Bool
    public internal(set) var origin: OriginID
    /// How often a process has started on this database; compared with the side file.
    public internal(set) var start: UInt32
    public internal(set) var clock: HybridClock
    /// The site's own stream.
    public internal(set) var chain: Chain
    /// Changes up to here have left, or may have: they are never altered.
    public internal(set) var markedSent: UInt64
    /// What the hub has said that it durably holds.
    public internal(set) var acknowledged: Chain
    /// The time up to which this site has declared its stamps, in milliseconds.
    public internal(set) var watermark: Int64
    public internal(set) var cursor: FeedCursor
    /// At the hub: the number of the last feed entry given out.
    public internal(set) var admission: UInt64
    /// The highest protocol that the hub has announced.
    public internal(set) var hubProtocol: UInt16
    /// Whether the hub knows of this origin. One that was taken since is announced before anything is sent under it.
    public internal(set) var isAnnounced: Bool
    /// Where the comparison with the hub stands that this site has to make.
    public internal(set) var comparing: ComparingStage
    /// What the hub has confirmed; nil before it has.
    public internal(set) var receipt: Receipt?
    /// This file is a backup, or was made from one: whoever starts on it takes a new origin, and a hub a new epoch.
    public internal(set) var isCopy: Bool
    /// At the hub: why it neither exchanges nor decides until an administrator has looked; empty when it does.
    public internal(set) var doubt: String
    /// At the hub: the highest epoch that anybody has spoken of.
    public internal(set) var heardEpoch: UInt32
    /// At the hub: whether the sites are still bringing what it may have lost, so that nothing is judged yet.
    public internal(set) var isGathering: Bool
    /// At the hub: whether it was made of a standby in this epoch, so that what was granted and is not recorded as sent
    /// is uncertain.
    public internal(set) var hasTakenOver: Bool

    /// What a standby says to whoever wants to write there.
    static let whereToWrite = "Write at the branch that owns the ticket, or at the hub."

    public var backlog: UInt64 { chain.number - acknowledged.number }

    func hasSameStanding(as other: Life) -> Bool {
        origin == other.origin && hubProtocol == other.hubProtocol && isAnnounced == other.isAnnounced
            && comparing == other.comparing && isCopy == other.isCopy && doubt == other.doubt
            && heardEpoch == other.heardEpoch && isGathering == other.isGathering && receipt == other.receipt
            && hasTakenOver == other.hasTakenOver
    }

    /// Writes what changes with every job.
    func writeProgress(to database: Database) throws {
        try database.run(
            """
            UPDATE life SET start = ?, clock = ?, sequence = ?, digest = ?, marked_sent = ?, acknowledged = ?,
                acknowledged_digest = ?, watermark = ?, epoch_number = ?, epoch_random = ?, feed = ?,
                feed_digest = ?, admission = ?
            """,
            Int64(start), clock.highest.raw, chain.number, chain.digest, markedSent, acknowledged.number,
            acknowledged.digest, watermark, Int64(cursor.epoch.number), cursor.epoch.random, cursor.chain.number,
            cursor.chain.digest, admission)
    }

    /// Writes what changes with a restore or an epoch, and hardly ever else.
    func writeStanding(to database: Database) throws {
        try database.run(
            """
            UPDATE life SET origin = ?, hub_protocol = ?, is_announced = ?, comparing = ?, is_copy = ?, doubt = ?,
                heard_epoch = ?, is_gathering = ?, receipt = ?, has_taken_over = ?
            """,
            origin.raw, Int64(hubProtocol), isAnnounced, comparing.rawValue, isCopy, doubt, Int64(heardEpoch),
            isGathering, receipt?.encoded ?? [], hasTakenOver)
    }
}

extension SiteStore {
    /// The row: read anew in every transaction, and after a savepoint was undone, so that no rollback can leave a wrong
    /// copy behind.
    public func life() throws -> Life {
        let memo = memo
        if let known = memo?.life ?? (memo?.unwritten as? UnwrittenLife)?.life { return known }
        let life = try storedLife()
        memo?.life = life
        return life
    }

    private func storedLife() throws -> Life {
        let life = try database.first(
            """
            SELECT site, is_hub, origin, start, clock, sequence, digest, marked_sent, acknowledged,
                acknowledged_digest, watermark, epoch_number, epoch_random, feed, feed_digest, admission,
                hub_protocol, is_announced, comparing, is_copy, doubt, heard_epoch, is_gathering, receipt, is_standby,
                has_taken_over
            FROM life
            """
        ) { row in
            Life(
                site: SiteID(row.text(0)), isHub: row.bool(1), isStandby: row.bool(24),
                origin: OriginID(raw: row.uint64(2)),
                start: UInt32(clamping: row.int(3)), clock: HybridClock(highest: Stamp(raw: row.uint64(4))),
                chain: Chain(number: row.uint64(5), digest: try row.digest(6)), markedSent: row.uint64(7),
                acknowledged: Chain(number: row.uint64(8), digest: try row.digest(9)), watermark: row.int64(10),
                cursor: FeedCursor(
                    epoch: Epoch(number: UInt32(clamping: row.int(11)), random: row.uint64(12)),
                    chain: Chain(number: row.uint64(13), digest: try row.digest(14))),
                admission: row.uint64(15), hubProtocol: UInt16(clamping: row.int(16)), isAnnounced: row.bool(17),
                comparing: ComparingStage(rawValue: row.int64(18)) ?? .due,
                receipt: try? Receipt(encoded: row.blob(23)), isCopy: row.bool(19), doubt: row.text(20),
                heardEpoch: UInt32(clamping: row.int(21)), isGathering: row.bool(22),
                hasTakenOver: row.bool(25))
        }
        guard let life else {
            throw ReplicationError(
                .notFound, "This database belongs to no site yet.",
                remedy: "Run `tributary hub init` or `tributary branch join` on its folder.")
        }
        // What follows counts from one to the other.
        guard life.acknowledged.number <= life.chain.number, life.markedSent <= life.chain.number else {
            throw ReplicationError(
                .inconsistent, "The database says that more was sent than was ever written: its disk has damaged it.",
                remedy: "Run `tributary verify`, and join the site again in a new folder; keep this one.")
        }
        return life
    }

    /// Begins a database's life.
    /// - Parameter origin: 64 bits that the caller has drawn.
    public func found(
        site: SiteID, isHub: Bool, isStandby: Bool = false, origin: OriginID, epoch: Epoch
    ) throws {
        try database.run(
            """
            INSERT INTO life (only, site, is_hub, origin, start, clock, sequence, digest, marked_sent, acknowledged,
                acknowledged_digest, watermark, epoch_number, epoch_random, feed, feed_digest, admission, is_standby)
            VALUES (1, ?, ?, ?, 0, 0, 0, ?, 0, 0, ?, 0, ?, ?, 0, ?, 0, ?)
            """,
            site.text, isHub, origin.raw, Digest128.zero, Digest128.zero, Int64(epoch.number), epoch.random,
            Digest128.zero, isStandby)
        _ = try originNumber(origin, site: site)
    }
}

extension Row {
    /// An entity's identifier out of two columns; nil if it is damaged or not there.
    func entityID(kind: Int, id: Int) -> EntityID? {
        guard let digest = digest128(id), let kind = UInt8(exactly: int64(kind)) else { return nil }
        return EntityID(kind: EntityKind(rawValue: kind), high: digest.high, low: digest.low)
    }

    /// A digest column; anything but 16 bytes is damage.
    func digest(_ column: Int) throws -> Digest128 {
        guard let digest = digest128(column) else {
            throw ReplicationError(
                .inconsistent, "A digest in the database is not 16 bytes long.",
                remedy: "Run `tributary verify`, and restore the site from the hub if it reports damage.")
        }
        return digest
    }
}
