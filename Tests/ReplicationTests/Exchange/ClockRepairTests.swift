import Testing

@testable import Replication

struct ClockRepairTests {
    private static let hour: Int64 = 3_600_000
    private static let bound = ReplicationLimits.aheadMilliseconds

    private let province: TestProvince
    private let branch: TestSite
    private let ticket: EntityID

    init() throws {
        province = try TestProvince(branches: 2)
        branch = province.branches[0]
        ticket = try province.ticket(at: branch, sharedWith: [province.branches[1]])
        try province.converge()
    }

    /// The stamps of a site's changes as the hub holds them, in the order in which they were made.
    private func stamps(of site: TestSite) throws -> [Stamp] {
        var stamps: [Stamp] = []
        try province.hub.store.forEachChange(of: try site.life().origin, after: 0) { entry in
            stamps.append(entry.change.stamp)
            return true
        }
        return stamps
    }

    @Test(
        "what a branch wrote offline with a clock that was ahead is given its true time before it is sent",
        arguments: [hour, 365 * 24 * hour])
    func ahead(_ ahead: Int64) throws {
        try branch.restart(ahead: ahead)
        let first = province.now
        for text in ["one", "two", "three"] {
            try province.write(TestProvince.title(text), on: ticket, at: branch)
            province.now += 60_000
        }
        try province.converge()
        try province.checkAgreement()
        let stamps = try stamps(of: branch).suffix(3).map(\.milliseconds)
        #expect(stamps == [first + 1, first + 60_002, first + 120_003])
        #expect(try province.title(of: ticket, at: province.branches[1]) == "three")
        let entries = try branch.store.entries(of: try #require(try branch.store.row(ticket)).number)
        #expect(entries.map(\.isCorrected) == [false, true, true, true])
    }

    @Test("what a disk has made of a change is not vouched for when its time is put right")
    func damaged() throws {
        try branch.restart(ahead: Self.hour)
        for text in ["one", "two", "three"] {
            try province.write(TestProvince.title(text), on: ticket, at: branch)
        }
        let number = try #require(try branch.store.row(ticket)).number
        let (place, written) = try { ($0.position, $0.hash) }(branch.store.entries(of: number)[2])
        try branch.database.run(
            "UPDATE log SET body = substr(body, 1, length(body) - 1) || x'FF' WHERE position = ?", place)
        try province.exchange(.hello, branch)
        let entries = try branch.store.entries(of: number)
        #expect(entries.map(\.isCorrected) == [false, true, true, false])
        #expect(entries.last?.position == place)
        #expect(entries.last?.hash == written)
        #expect(try branch.store.provenEntry(at: place) == nil)
    }

    @Test("changes of several starts with several wrong clocks keep their order and come out within the bound")
    func severalStarts() throws {
        let times: [Int64] = [2 * Self.hour, -Self.hour, 365 * 24 * Self.hour, 0, Self.hour]
        for (number, ahead) in times.enumerated() {
            try branch.restart(ahead: ahead)
            for step in 0..<3 { try province.write(TestProvince.title("\(number).\(step)"), on: ticket, at: branch) }
            province.now += 5 * 60_000
        }
        try province.converge()
        try province.checkAgreement()
        let stamps = try stamps(of: branch)
        #expect(stamps.count == 16)
        #expect(zip(stamps, stamps.dropFirst()).allSatisfy { $0 < $1 })
        #expect(stamps.allSatisfy { $0.milliseconds <= province.now + Self.bound })
        #expect(try province.title(of: ticket, at: province.hub) == "4.2")
    }

    @Test("a clock that is off by less than ten minutes alters nothing")
    func withinTheBound() throws {
        try branch.restart(ahead: Self.bound)
        let written = try province.write(TestProvince.title("near"), on: ticket, at: branch)
        try province.converge()
        #expect(try stamps(of: branch).last == written.change.stamp)
    }

    @Test("what was marked sent keeps its stamp when later changes are issued again above it")
    func sentStays() throws {
        try branch.restart(ahead: 9 * 60_000)
        try province.exchange(.hello, branch)
        try branch.restart(ahead: 9 * 60_000)
        let sent = try province.write(TestProvince.title("sent"), on: ticket, at: branch)
        _ = try province.prepare(.push, at: branch)
        try branch.restart(ahead: Self.hour)
        try province.write(TestProvince.title("after"), on: ticket, at: branch)
        try province.exchange(.hello, branch)
        let number = try #require(try branch.store.row(ticket)).number
        let last = try branch.store.entries(of: number).suffix(2)
        #expect(last.first?.change == sent.change)
        #expect(last.map(\.isCorrected) == [false, true])
        #expect(last.map(\.change.stamp).max() == last.last?.change.stamp)
        try province.converge()
        try province.checkAgreement()
        #expect(try province.title(of: ticket, at: province.hub) == "after")
    }

    @Test("a batch stamped ten minutes ahead is taken; one millisecond more, and all of it is refused")
    func tooFarAhead() throws {
        let other = province.branches[1]
        try other.restart(ahead: Self.bound)
        try province.write(TestProvince.title("edge"), on: ticket, at: other)
        try province.exchange(.push, other)
        #expect(try province.title(of: ticket, at: province.hub) == "edge")

        try province.write(TestProvince.note("in time"), on: ticket, at: branch)
        try branch.restart(ahead: Self.bound + 2)
        try province.write(TestProvince.note("too early"), on: ticket, at: branch)
        let before = try province.logCount(at: province.hub)
        province.now += 1
        #expect(failure { try province.exchange(.push, branch) } == .tooFarAhead)
        #expect(try province.logCount(at: province.hub) == before)
        province.now += 1
        try province.exchange(.push, branch)
        #expect(try province.state(ticket, at: province.hub).notes == 2)
    }

    @Test("after a repair the branch's clock is that of the province again")
    func clockFallsBack() throws {
        try branch.restart(ahead: 365 * 24 * Self.hour)
        try province.write(TestProvince.title("next year"), on: ticket, at: branch)
        try province.exchange(.hello, branch)
        let written = try province.write(TestProvince.title("now"), on: ticket, at: branch)
        #expect(written.change.stamp.milliseconds == province.now)
    }

    @Test("what is written on top of a change from a fast clock sorts after it, also when it is issued again")
    func aboveWhatItHasSeen() throws {
        let other = province.branches[1]
        try other.restart(ahead: 9 * 60_000)
        let fast = try province.write(TestProvince.title("fast"), on: ticket, at: other).change
        try province.converge()
        let plain = try province.write(TestProvince.remark("on top"), on: ticket, at: branch).change
        #expect(plain.stamp > fast.stamp)
        try province.converge()
        try other.restart(ahead: 8 * 60_000 + Self.hour)
        let faster = try province.write(TestProvince.title("faster"), on: ticket, at: other).change
        #expect(faster.covers(plain.reference))
        try province.converge()
        try province.checkAgreement()
        let stamps = try stamps(of: other)
        #expect(try #require(stamps.last) > plain.stamp)
        #expect(try #require(stamps.last) < faster.stamp)
        #expect(try province.title(of: ticket, at: branch) == "faster")
    }

    @Test("no change is issued again below the declared mark, even if the province's clock has been set back")
    func aboveTheMark() throws {
        let declared = try #require(try province.prepare(.poll, at: branch).request.watermark).time
        province.now -= 20 * 60_000
        try branch.restart(ahead: 2 * Self.hour)
        try province.write(TestProvince.title("after the mark"), on: ticket, at: branch)
        try province.exchange(.hello, branch)
        let number = try #require(try branch.store.row(ticket)).number
        let last = try #require(try branch.store.entries(of: number).last)
        #expect(last.isCorrected)
        #expect(last.change.stamp.milliseconds == declared + 1)
    }

    @Test("a long backlog of a wrong clock is issued again as a whole and goes up in many batches")
    func longBacklog() throws {
        try branch.restart(ahead: Self.hour)
        for number in 0..<300 { try province.write(TestProvince.note("\(number)"), on: ticket, at: branch) }
        province.budget = 2_000
        try province.converge()
        try province.checkAgreement()
        #expect(try province.state(ticket, at: province.hub).notes == 300)
        #expect(try stamps(of: branch).allSatisfy { $0.milliseconds <= province.now })
    }
}
