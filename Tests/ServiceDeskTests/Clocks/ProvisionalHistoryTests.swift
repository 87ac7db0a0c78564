import Replication
import ServiceDesk
import Standards
import Testing

@Suite("What was due provisionally")
struct ProvisionalHistoryTests {
    /// Something is done with an enquiry every five working days.
    private let quiet = ClockPack.limit("quietDays", "update", "enquiry", ["unit": "workingDays", "value": 5])
    private let known = ClockPack.year(2026, holidays: ["2026-10-01", "2026-10-02"])

    /// On 2026-12-30T10:00 in the province, a Wednesday; by a standard that knows no 2027.
    private func province() throws -> DeskProvince {
        let province = try DeskProvince()
        try province.publish(ClockPack.made(years: [known], more: [quiet]))
        province.now = 1_798_596_000_000
        try province.converge()
        return province
    }

    private func clock(
        _ ticket: EntityID, _ province: DeskProvince, at site: DeskSite? = nil, _ kind: ClockKind = .solution
    ) throws -> (due: DueTime?, before: [TicketTiming.ProvisionalDue]) {
        let site = site ?? province.yinchuan
        let row = try site.desk(at: province.now).ticket(ticket.text)
        let timing = try #require(try TicketTiming(of: row, in: site.store, shelf: PackShelf(), at: province.now))
        let reading = try #require(timing.readings.first { $0.kind == kind })
        return (reading.due, timing.provisionally(reading))
    }

    private func announce(_ version: String, _ holidays: [String], _ province: DeskProvince, later: Int64 = 0) throws {
        let years = [known, ClockPack.year(2027, holidays: holidays)]
        try province.publish(ClockPack.made(version: version, years: years, more: [quiet]), later: later)
        try province.converge()
    }

    @Test("D3: once the year is announced a ticket shows when it was due before that, and by which calendar")
    func announced() throws {
        let province = try province()
        let ticket = try province.open("enquiry", at: province.yinchuan)
        let first = try #require(try clock(ticket, province).due)
        #expect(first.isProvisional)
        #expect(try clock(ticket, province).before.isEmpty)
        try announce("2027.1", ["2027-01-01"], province)
        for site in [province.hub, province.yinchuan] {
            let now = try clock(ticket, province, at: site)
            #expect(now.due == DueTime(milliseconds: first.milliseconds + 24 * ClockPack.hour, isProvisional: false))
            #expect(now.before.map(\.calendar) == ["2026.5"])
            #expect(now.before.map(\.due) == [first])
        }
        let young = try province.open("enquiry", at: province.yinchuan)
        #expect(try clock(young, province).before.isEmpty, "it was never due by the old calendar")
    }

    @Test(
        "D3: a provisional time that was confirmed is shown; a standard without news, or not in effect, adds nothing"
    )
    func confirmed() throws {
        let province = try province()
        let ticket = try province.open("enquiry", at: province.yinchuan)
        let first = try #require(try clock(ticket, province).due)
        try province.publish(ClockPack.made(version: "2026.6", solution: 20, years: [known]))
        try province.converge()
        #expect(try clock(ticket, province).before.isEmpty)
        try announce("2027.1", ["2027-05-03"], province, later: 3 * ClockPack.hour)
        #expect(try clock(ticket, province).before.isEmpty)
        province.now += 4 * ClockPack.hour
        try province.converge()
        let now = try clock(ticket, province)
        #expect(now.due == DueTime(milliseconds: first.milliseconds, isProvisional: false))
        #expect(now.before.map(\.calendar) == ["2026.5"])
        #expect(now.before.map(\.due) == [first])
    }

    @Test("a clock that began when the year was announced was never provisional")
    func later() throws {
        let province = try province()
        let ticket = try province.open("enquiry", at: province.yinchuan)
        try announce("2027.1", ["2027-01-01"], province)
        #expect(try clock(ticket, province, .update).before.count == 1)
        try province.act(.note(Note(text: "called them")), on: ticket, at: province.yinchuan)
        #expect(try clock(ticket, province, .update).before.isEmpty)
        #expect(try clock(ticket, province).before.count == 1)
    }

    @Test("a limit in natural hours was never provisional")
    func natural() throws {
        let province = try province()
        let ticket = try province.open(at: province.yinchuan)
        try announce("2027.1", ["2027-01-01"], province)
        #expect(try clock(ticket, province).before.isEmpty)
    }
}
