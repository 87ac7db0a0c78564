import SQLite

/// A site as the hub knows it: its place in the feeds and how far it has come.
public struct Peer: Sendable {
    public let number: Int64
    public let site: SiteID
    /// The origin announced last; nil until it has joined.
    public let origin: OriginID?
    /// The feed number of its joining; nil until then.
    public let joined: UInt64?
    /// Whether it counts as a witness of decisions.
    public let isCounting: Bool
    public let feed: Chain
    /// Province time, milliseconds; 0 before the first.
    public let watermark: Int64
    public let backlog: UInt64
    /// Its wall clock less the hub's, in milliseconds, when last heard.
    public let wallOffset: Int64
    /// When it was last heard, in milliseconds; 0 for never.
    public let heard: Int64
    public let software: String
    /// Whether it has been compared in this epoch, or need not be.
    public let isCompared: Bool
    /// Whether an administrator has said that it will not come back.
    public let isLost: Bool
    /// Whether its feed was over its budget and is kept no longer.
    public let isDropped: Bool
    /// The highest protocol that it has announced.
    public let speaks: UInt16

    /// Whether its audience is everything.
    public let isStandby: Bool
    /// Of a standby: the entity's row up to which it has been told what there is; nil when it has been told of all.
    public let entering: Int64?

    /// What a database that will not come back had last told of itself, as the end of a sentence.
    var lastWords: String {
        guard heard > 0 else { return "was never heard" }
        let held = backlog == 1 ? "1 change that only it held" : "\(backlog) changes that only it held"
        return "last spoke of \(backlog == 0 ? "no change" : held); what it wrote after that is not known here"
    }

    /// The shared list, of which everyone's feed is a part.
    static let everyone: Int64 = 0
}

extension SiteStore {
    private static let columns: SQL = """
        SELECT number, site, origin, joined, is_counting, feed, feed_digest, watermark, backlog, wall_offset, heard,
            software, is_compared, is_lost, is_dropped, protocol, is_standby, entering FROM peer
        """
    private static let peersBySite = columns + " ORDER BY site"
    private static let peerOfSite = columns + " WHERE site = ?"
    private static let peerOfNumber = columns + " WHERE number = ?"

    private static func peer(_ row: Row) throws -> Peer {
        Peer(
            number: row.int64(0), site: SiteID(row.text(1)), origin: row.uint64OrNil(2).map { OriginID(raw: $0) },
            joined: row.uint64OrNil(3), isCounting: row.bool(4),
            feed: Chain(number: row.uint64(5), digest: try row.digest(6)), watermark: row.int64(7),
            backlog: row.uint64(8), wallOffset: row.int64(9), heard: row.int64(10), software: row.text(11),
            isCompared: row.bool(12), isLost: row.bool(13), isDropped: row.bool(14),
            speaks: UInt16(clamping: row.int(15)), isStandby: row.bool(16), entering: row.int64OrNil(17))
    }

    public func peers() throws -> [Peer] {
        try database.all(Self.peersBySite, map: Self.peer)
    }

    public func peer(site: SiteID) throws -> Peer? {
        try database.first(Self.peerOfSite, site.text, map: Self.peer)
    }

    /// The number of a site in the feeds, which it keeps for good; nil for a site that has none.
    func peerNumber(of site: SiteID) throws -> Int64? {
        let memo = memo
        if let known = memo?.peers[site] { return known }
        let number = try database.first("SELECT number FROM peer WHERE site = ?", site.text) { $0.int64(0) }
        memo?.peers[site] = .some(number)
        return number
    }

    func peer(number: Int64) throws -> Peer? {
        try database.first(Self.peerOfNumber, number, map: Self.peer)
    }

    /// The peer behind an origin that has joined here, now or in an earlier life.
    func peer(of origin: OriginID) throws -> Peer? {
        let site = try database.first("SELECT site FROM origin WHERE id = ?", origin.raw) { $0.textOrNil(0) }
        guard let site = site ?? nil else { return nil }
        return try peer(site: SiteID(site))
    }
}
