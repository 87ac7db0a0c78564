import SQLite

/// Whether a hub's clock may be given out as the province's time. What a branch is told it stamps by, so a hub that
/// starts with a wrong year would carry it into every ticket; the branches' own clocks, each of which may be wrong, are
/// together the only other witness.
extension Session {
    /// A process has started, or an epoch begins: is this a plain continuation of the time known before?
    /// - Parameter isKept: the machine's clock was behind the time given out, which goes on.
    mutating func beginTimekeeping(isKept: Bool = false, at milliseconds: Int64) throws {
        guard life.isHub else { return }
        var record = try store.clockRecord()
        let peers = try store.peers()
        let last = max(life.clock.highest.milliseconds, peers.map(\.heard).max() ?? 0)
        let isNear = abs(milliseconds - last) <= ReplicationLimits.aheadMilliseconds
        // Where fewer than these could ever speak, the hub's clock is as good as theirs.
        let canBeProved =
            life.isGathering
            || peers.count { $0.joined != nil && !$0.isLost } >= ReplicationLimits.clocksInMedian
        let isDoubtful = record.standing != .believed || isKept || !isNear
        record.standing = canBeProved && isDoubtful ? .unproved : .believed
        record.asked = 0
        record.begun = milliseconds
        record.base = last > 0 ? last : milliseconds
        try store.save(record)
    }

    /// The time by which the hub stamps what it writes itself: while its clock is not believed it goes on from the last
    /// time it knew, so that a wrong year gets into no stamp.
    func stampTime(_ milliseconds: Int64) throws -> Int64 {
        guard life.isHub else { return milliseconds }
        let record = try store.clockRecord()
        guard record.standing != .believed else { return milliseconds }
        return min(milliseconds, record.base + max(0, milliseconds - record.begun))
    }

    /// Weighs the hub's clock against the one that a request shows.
    /// - Returns: why the site is told nothing for now; nil if it may be answered.
    mutating func weighClock(
        _ request: ExchangeRequest, of peer: Peer, at milliseconds: Int64
    ) throws -> ReplicationError? {
        var record = try store.clockRecord()
        let shift = Self.difference(request.wallClock, milliseconds)
        guard record.standing != .believed || !record.agrees(shift) else { return nil }
        try database.run(
            "UPDATE peer SET wall_offset = ?, heard = ?, clock_start = ? WHERE number = ?", shift, milliseconds,
            Int64(life.start), peer.number)
        let before = record
        let readings = try store.clockReadings(in: life.start, at: milliseconds)
        if let median = readings.median { (record.shift, record.measured) = (median, milliseconds) }
        record.standing = readings.verdict(on: record) ?? record.standing
        let isTold = record.mayTell(shift, at: milliseconds)
        if !isTold, record.asked == 0 { record.asked = milliseconds }
        if record != before { try store.save(record) }
        try note(record, before, at: milliseconds)
        return isTold ? nil : Self.unsure(record)
    }

    private mutating func note(_ record: ClockRecord, _ before: ClockRecord, at milliseconds: Int64) throws {
        if record.standing == .doubted, before.standing != .doubted {
            try self.record("hub clock doubted", of: life.site, record.doubt + ".", at: milliseconds)
        } else if record.standing == .believed, before.standing == .doubted {
            try self.record(
                "hub clock believed", of: life.site, "The branches' clocks bear the hub's out again.", at: milliseconds)
        }
    }

    private static func unsure(_ record: ClockRecord) -> ReplicationError {
        ReplicationError(
            .unsureOfTime,
            record.standing == .doubted
                ? "This hub tells nobody its time: \(record.doubt)."
                : "This hub has just started and its clock and this site's differ by more than 10 minutes: it waits "
                    + "to hear whose clock is right.",
            remedy: record.standing == .doubted
                ? "Its administrator has to look; this site goes on working and tries again by itself."
                : "This site tries again by itself; if its own clock is wrong, set it right.")
    }

    /// An administrator says that the hub's time is right, whatever its branches' clocks say.
    /// - Returns: by how much they differ, in milliseconds.
    @discardableResult
    public mutating func trustClock(actor: String, at milliseconds: Int64) throws -> Int64 {
        guard life.isHub else {
            throw ReplicationError(
                .refused, "\(life.site) is a branch and takes its time from the hub.",
                remedy: "Set this machine's clock right; the province's time is used in any case.")
        }
        var record = try store.clockRecord()
        guard record.standing != .believed else {
            throw ReplicationError(
                .refused, "The clock of \(life.site) is not doubted.", remedy: "See how it is: tributary status.")
        }
        let shift = try store.clockReadings(in: life.start, at: milliseconds).middle ?? record.shift
        record.trusted = shift.magnitude > UInt64(ReplicationLimits.aheadMilliseconds) ? shift : 0
        record.standing = .believed
        try store.save(record)
        try self.record(
            "hub clock trusted", of: life.site,
            "\(actor) has looked at the clock: the hub's time goes on, although its branches' clocks are "
                + "\(ClockRecord.words(shift)).", at: milliseconds)
        return shift
    }

    /// A branch remembers how far its clock was off when it was last measured.
    /// - Parameter shift: wall clock less province time, in milliseconds.
    public mutating func noteClock(_ shift: Int64, at milliseconds: Int64) throws {
        var record = try store.clockRecord()
        (record.shift, record.measured) = (shift, milliseconds)
        try store.save(record)
    }

    /// Clocks of strangers may show anything.
    static func difference(_ wallClock: Int64, _ milliseconds: Int64) -> Int64 {
        let (difference, isOver) = wallClock.subtractingReportingOverflow(milliseconds)
        return isOver ? (wallClock < 0 ? .min : .max) : difference
    }
}

extension SiteStore {
    /// The latest time that a hub is known to have given out, in milliseconds: what has been stamped, and up to when
    /// its branches have declared that they will stamp nothing more.
    public func timeGivenOut() throws -> Int64 {
        max(try life().clock.highest.milliseconds, try peers().map(\.watermark).max() ?? 0)
    }

    /// The clocks of the sites that a hub has heard in a start of its process and within a day.
    public func clockReadings(in start: UInt32, at milliseconds: Int64) throws -> ClockReadings {
        ClockReadings(
            try database.all(
                "SELECT wall_offset FROM peer WHERE clock_start = ? AND heard > ? AND is_lost = 0", Int64(start),
                milliseconds - ReplicationLimits.clockReadingMilliseconds
            ) { $0.int64(0) })
    }
}

extension ClockRecord {
    /// What an administrator does about a clock that is doubted.
    public static let remedy =
        "Look at the hub's clock. If it is wrong: set it right and start the hub again. If it is right, or the "
        + "province is to keep the time that was given out: tributary hub clock --data DIR --trust."

    /// Why the hub's clock is doubted, without a full stop; for a hub whose clock is.
    public var doubt: String { "its clock and the branches' do not agree; theirs are \(Self.words(shift))" }

    /// A difference in words: "36 min behind".
    public static func words(_ shift: Int64) -> String {
        let seconds = shift.magnitude / 1_000
        let size =
            switch seconds {
            case 0..<120: "\(seconds) s"
            case 120..<7_200: "\(seconds / 60) min"
            case 7_200..<172_800: "\(seconds / 3_600) h"
            default: "\(seconds / 86_400) days"
            }
        return "\(size) \(shift < 0 ? "behind" : "ahead")"
    }

    /// Whether a clock bears the hub's out, or is off as the administrator knows.
    func agrees(_ shift: Int64) -> Bool {
        let bound = UInt64(ReplicationLimits.aheadMilliseconds)
        return shift.magnitude <= bound || Session.difference(shift, trusted).magnitude <= bound
    }

    /// A hub that is not borne out yet still answers whose clock agrees: the two can do each other no harm. For the
    /// others it waits until enough have been heard, but not for ever.
    fileprivate func mayTell(_ shift: Int64, at milliseconds: Int64) -> Bool {
        switch standing {
        case .believed: true
        case .doubted: false
        case .unproved:
            agrees(shift) || (asked > 0 && milliseconds - asked > ReplicationLimits.clockProofMilliseconds)
        }
    }
}
