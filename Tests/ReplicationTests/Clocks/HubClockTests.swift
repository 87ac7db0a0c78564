import Testing

@testable import Replication

@Suite("A hub's clock against those of its branches")
struct HubClockTests {
    private static let hour: Int64 = 3_600_000
    private static let year: Int64 = 365 * 24 * hour
    private static let bound = ReplicationLimits.aheadMilliseconds

    private let province: TestProvince
    private let ticket: EntityID

    init() throws {
        province = try TestProvince(branches: 4)
        ticket = try province.ticket(at: province.branches[0], sharedWith: Array(province.branches[1...]))
        try province.converge()
    }

    private func record() throws -> ClockRecord { try province.hub.store.clockRecord() }

    /// The hub's process starts again when its clock reads `ahead` of what it should; the branches' clocks are right.
    private func startHub(ahead: Int64, isMended: Bool = false, isKept: Bool = false) throws {
        let number = province.hub.start + 1
        try province.hub.restart(start: number)
        province.now += ahead
        for branch in province.branches { try branch.restart(ahead: isMended ? 0 : -ahead) }
        try province.hub.session {
            try $0.startUp(
                number, contradiction: nil, fresh: OriginID(raw: 1), isKept: isKept, at: province.now)
        }
    }

    private func hello(_ number: Int) throws -> ReplicationError.Kind? {
        failure { try province.exchange(.hello, province.branches[number]) }
    }

    private func stamps(of site: TestSite) throws -> [Int64] {
        var stamps: [Int64] = []
        try site.store.forEachChange(of: try site.life().origin, after: 0) { entry in
            stamps.append(entry.change.stamp.milliseconds)
            return true
        }
        return stamps
    }

    @Test(
        "a hub that starts in a wrong year tells nobody its time, moves no change, and waits", arguments: [year, -year])
    func wrongYear(_ ahead: Int64) throws {
        let before = province.now
        try startHub(ahead: ahead)
        #expect(try record().standing == .unproved)
        for branch in province.branches { try province.write(TestProvince.note("mine"), on: ticket, at: branch) }
        let written = try province.branches.map { try stamps(of: $0) }
        for number in 0..<4 { #expect(try hello(number) == .unsureOfTime) }
        #expect(try record().standing == .doubted)
        #expect(try record().shift == -ahead)
        #expect(failure { try province.exchange(.push, province.branches[0]) } == .unsureOfTime)
        let own = try province.write(TestProvince.note("by the province"), on: ticket, at: province.hub)
        #expect(own.change.stamp.milliseconds < before + 1_000)
        #expect(try province.branches.map { try stamps(of: $0) } == written)
        #expect(try province.hub.store.incidents(limit: 9).map(\.kind) == ["hub clock doubted"])

        try startHub(ahead: -ahead, isMended: true)
        try province.converge()
        try province.checkAgreement()
        #expect(try record().standing == .believed)
        #expect(try province.state(ticket, at: province.hub).notes == 5)
        let all = try (province.branches + [province.hub]).flatMap { try stamps(of: $0) }
        #expect(all.allSatisfy { abs($0 - before) < Self.bound })
    }

    @Test(
        "two of three whose clocks agree with a hub that was away prove its clock; one in a wrong year has to wait"
    )
    func wrongBranch() throws {
        province.now += Self.hour
        try startHub(ahead: 0)
        try province.branches[0].restart(ahead: Self.year)
        #expect(try record().standing == .unproved)
        #expect(try hello(0) == .unsureOfTime)
        #expect(try hello(1) == nil)
        #expect(try hello(0) == .unsureOfTime)
        #expect(try hello(2) == nil)
        #expect(try record().standing == .believed)
        #expect(try hello(0) == nil)
        try province.converge()
        try province.checkAgreement()
    }

    @Test("a hub that was away for ten minutes is believed at once; one millisecond longer, and it has to be borne out")
    func shortAway() throws {
        let last = max(
            try province.hub.life().clock.highest.milliseconds, try province.hub.store.peers().map(\.heard).max() ?? 0)
        province.now = last + Self.bound
        try startHub(ahead: 0)
        #expect(try record().standing == .believed)
        province.now = last + Self.bound + 1
        try startHub(ahead: 0)
        #expect(try record().standing == .unproved)
    }

    @Test("a branch that differs is put off for an hour at most when too few others come")
    func putOffForAnHour() throws {
        try startHub(ahead: Self.hour)
        #expect(try hello(0) == .unsureOfTime)
        province.now += ReplicationLimits.clockProofMilliseconds
        #expect(try hello(0) == .unsureOfTime)
        province.now += 1
        #expect(try hello(0) == nil)
    }

    @Test("a running hub is doubted by three of four that agree with one another, and not by two, nor by three at odds")
    func unitedAgainst() throws {
        for branch in province.branches[..<2] { try branch.restart(ahead: Self.year) }
        try province.branches[2].restart(ahead: Self.year + Self.bound + 1)
        for number in 0..<4 { #expect(try hello(number) == nil) }
        #expect(try record().standing == .believed)
        try province.branches[2].restart(ahead: Self.year + Self.bound)
        #expect(try hello(2) == .unsureOfTime)
        #expect(try record().standing == .doubted)
        #expect(try record().shift == Self.year)
    }

    @Test("ten minutes are borne, and one millisecond more is not")
    func edge() throws {
        for branch in province.branches { try branch.restart(ahead: Self.bound) }
        for number in 0..<4 { #expect(try hello(number) == nil) }
        #expect(try record().standing == .believed)
        for branch in province.branches { try branch.restart(ahead: Self.bound + 1) }
        let told = try (0..<4).map { try hello($0) }
        #expect(told == [nil, nil, .unsureOfTime, .unsureOfTime])
    }

    @Test("a clock that was read a day ago, or in an earlier start of the hub, has no vote")
    func staleReadings() throws {
        for number in 1..<4 { #expect(try hello(number) == nil) }
        for branch in province.branches { try branch.restart(ahead: Self.year) }
        province.now += ReplicationLimits.clockReadingMilliseconds
        #expect(try hello(0) == nil)
        #expect(try hello(1) == nil)
        #expect(try hello(2) == .unsureOfTime)
    }

    @Test("a doubt ends by itself when the most of the branches' clocks have come back to the hub's")
    func bornOutAgain() throws {
        for branch in province.branches[..<3] { try branch.restart(ahead: Self.year) }
        for number in 0..<3 { _ = try hello(number) }
        #expect(try record().standing == .doubted)
        try province.branches[0].restart(ahead: 0)
        #expect(try hello(0) == .unsureOfTime)
        try province.branches[1].restart(ahead: 0)
        #expect(try hello(1) == nil)
        #expect(try record().standing == .believed)
        #expect(try province.hub.store.incidents(limit: 1).first?.kind == "hub clock believed")
    }

    @Test("an administrator lets the hub's time go on, on record, and only a further difference is doubted again")
    func trusted() throws {
        #expect(failure { try province.hub.session { try $0.trustClock(actor: "li", at: province.now) } } == .refused)
        try startHub(ahead: Self.year)
        for number in 0..<3 { _ = try hello(number) }
        let shift = try province.hub.session { try $0.trustClock(actor: "li", at: province.now) }
        #expect(shift == -Self.year)
        for number in 0..<4 { #expect(try hello(number) == nil) }
        #expect(try record().standing == .believed)
        #expect(try province.hub.store.incidents(limit: 1).first?.text.contains("li has looked") == true)
        for branch in province.branches { try branch.restart(ahead: Self.hour - Self.year) }
        for number in 0..<3 { _ = try hello(number) }
        #expect(try record().standing == .doubted)
        let branch = province.branches[0]
        #expect(failure { try branch.session { try $0.trustClock(actor: "li", at: 1) } } == .refused)
    }

    @Test("a hub whose clock was set back keeps the time given out, and asks its branches about it")
    func keptTime() throws {
        try startHub(ahead: 0, isKept: true)
        #expect(try record().standing == .unproved)
        #expect(try hello(0) == nil)
    }

    @Test("the time given out is that of the latest mark, and the hub stamps nothing up to it")
    func givenOut() throws {
        province.now += Self.hour
        try province.exchange(.poll, province.branches[1])
        #expect(try province.hub.store.timeGivenOut() == province.now)
        // A clock that is set back a little still stamps above it.
        var clock = try province.hub.life().clock
        #expect(clock.tick(milliseconds: province.now - 55).milliseconds > province.now)
    }

    @Test("with two branches nobody can outvote the hub: its clock is believed")
    func twoBranches() throws {
        let small = try TestProvince(branches: 2)
        small.now += Self.year
        try small.hub.session {
            try $0.startUp(9, contradiction: nil, fresh: OriginID(raw: 1), at: small.now)
        }
        #expect(try small.hub.store.clockRecord().standing == .believed)
    }

    @Test("a clock that is not believed drops no feed")
    func keepsFeeds() throws {
        try province.write(TestProvince.note("news"), on: ticket, at: province.hub)
        try startHub(ahead: Self.year)
        #expect(try province.hub.session { try $0.boundFeeds(at: province.now) } == [])
    }

    @Test("the wall clock of a stranger may show anything", arguments: [-1, 0, Stamp.millisecondsMax])
    func strangeClock(_ wall: Int64) throws {
        try startHub(ahead: Self.hour)
        var request = try province.prepare(.hello, at: province.branches[0]).request
        request.wallClock = wall
        _ = try province.deliver(request.encoded, from: province.branches[0])
        #expect(try record().standing == .unproved)
    }
}
