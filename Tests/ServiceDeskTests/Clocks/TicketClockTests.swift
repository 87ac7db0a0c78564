import Replication
import ServiceDesk
import Standards
import Testing

@Suite("The clocks of a ticket")
struct TicketClockTests {
    private let hour = ClockPack.hour

    private func province(_ pack: DeskPack? = nil) throws -> DeskProvince {
        let province = try DeskProvince()
        try province.publish(pack ?? ClockPack.made())
        try province.converge()
        return province
    }

    private func timing(_ ticket: EntityID, at site: DeskSite, _ province: DeskProvince) throws -> TicketTiming {
        let row = try site.desk(at: province.now).ticket(ticket.text)
        return try #require(
            try TicketTiming(of: row, in: site.store, shelf: PackShelf(), at: province.now))
    }

    private func clock(
        _ kind: ClockKind, _ ticket: EntityID, at site: DeskSite, _ province: DeskProvince
    ) throws -> ClockReading {
        try #require(try timing(ticket, at: site, province).readings.first { $0.kind == kind })
    }

    private func due(_ ticket: EntityID, _ province: DeskProvince) throws -> Int64? {
        try clock(.solution, ticket, at: province.yinchuan, province).due?.milliseconds
    }

    @Test("D3: the strictest of regulation, province and contract decides, and every line says what comes of it")
    func strictest() throws {
        let province = try province()
        let ticket = try province.open(at: province.yinchuan)
        let opened = province.now
        let reading = try clock(.solution, ticket, at: province.yinchuan, province)
        #expect(reading.lines.map(\.rule.id) == ["ours", "law"])
        #expect(reading.lines.map { $0.due?.milliseconds } == [opened + 24 * hour, opened + 48 * hour])
        #expect(reading.decisive?.rule.source == .province)
        try province.act(.assign(["contractHours": .integer(8)]), on: ticket, at: province.yinchuan)
        let promised = try clock(.solution, ticket, at: province.yinchuan, province)
        #expect(promised.decisive?.rule.source == .contract)
        #expect(promised.due?.milliseconds == opened + 8 * hour)
    }

    @Test("the response clock stops when the ticket is accepted")
    func response() throws {
        let province = try province()
        let ticket = try province.open(at: province.yinchuan)
        let before = try clock(.response, ticket, at: province.yinchuan, province)
        #expect(before.standing(at: province.now) == .running)
        #expect(before.isOverdue(at: before.started + 2 * hour - 1) == false)
        #expect(before.isOverdue(at: before.started + 2 * hour) == true)
        try province.act(.transition("accept", fields: [:]), on: ticket, at: province.yinchuan)
        let after = try clock(.response, ticket, at: province.yinchuan, province)
        #expect(after.stopped == province.now)
        #expect(after.isOverdue(at: province.now + 100 * hour) == false)
    }

    @Test("I10: a listed reason stops the clock for as long as it lasts, and another one does not")
    func pauses() throws {
        let province = try province()
        let ticket = try province.open(at: province.yinchuan)
        let opened = province.now
        func hold(_ reason: String) throws {
            try province.act(
                .transition("hold", fields: ["holdReason": .text(reason)]), on: ticket, at: province.yinchuan)
            province.now += 3 * hour - 1_000
            try province.act(.transition("resume", fields: [:]), on: ticket, at: province.yinchuan)
        }
        try province.act(.transition("accept", fields: [:]), on: ticket, at: province.yinchuan)
        try hold("parts")
        #expect(try due(ticket, province) == opened + 24 * hour)
        try hold("customer")
        #expect(try due(ticket, province) == opened + 27 * hour)
        let reading = try clock(.solution, ticket, at: province.yinchuan, province)
        #expect(reading.stills.map(\.reason) == ["customer"])
        #expect(reading.stills.map { ($0.pause.to ?? 0) - $0.pause.from } == [3 * hour])
    }

    @Test("a ticket that waits for its customer is not due until the customer has answered")
    func pending() throws {
        let province = try province()
        let ticket = try province.open(at: province.yinchuan)
        try province.act(.transition("accept", fields: [:]), on: ticket, at: province.yinchuan)
        try province.act(
            .transition("askCustomer", fields: ["pendingQuestion": .text("which line?")]), on: ticket,
            at: province.yinchuan)
        province.now += 1_000 * hour
        let reading = try clock(.solution, ticket, at: province.yinchuan, province)
        #expect(reading.standing(at: province.now) == .paused)
        #expect(reading.due == nil)
        #expect(reading.isOverdue(at: province.now) == false)
    }

    @Test("the time for which it was resolved does not count when it is reopened, and is no suspension")
    func reopened() throws {
        let province = try province()
        let ticket = try province.open(at: province.yinchuan)
        let opened = province.now
        try province.act(.transition("accept", fields: [:]), on: ticket, at: province.yinchuan)
        try province.act(
            .transition("resolve", fields: ["resolution": .text("done")]), on: ticket, at: province.yinchuan)
        let resolved = province.now
        let reading = try clock(.solution, ticket, at: province.yinchuan, province)
        #expect(reading.stopped == resolved)
        #expect(reading.standing(at: province.now) == .stopped)
        province.now += 50 * hour - 1_000
        #expect(try clock(.solution, ticket, at: province.yinchuan, province).isOverdue(at: province.now) == false)
        try province.act(
            .transition("reopen", fields: ["reopenReason": .text("again")]), on: ticket, at: province.yinchuan)
        #expect(try due(ticket, province) == opened + 74 * hour)
        #expect(try clock(.solution, ticket, at: province.yinchuan, province).stopped == nil)
    }

    @Test("the update clock begins anew with everything that is done")
    func update() throws {
        let province = try province()
        let ticket = try province.open(at: province.yinchuan)
        province.now += 3 * hour
        try province.act(.note(Note(text: "called them")), on: ticket, at: province.yinchuan)
        let reading = try clock(.update, ticket, at: province.yinchuan, province)
        #expect(reading.started == province.now)
        #expect(reading.due?.milliseconds == province.now + 4 * hour)
    }

    @Test("D2: a ticket is measured by the limits that it was opened under")
    func version() throws {
        let province = try province()
        let old = try province.open(at: province.yinchuan)
        let opened = province.now
        try province.publish(ClockPack.made(version: "2026.6", solution: 6))
        try province.converge()
        let new = try province.open(at: province.yinchuan)
        #expect(try due(old, province) == opened + 24 * hour)
        #expect(try due(new, province) == province.now + 6 * hour)
    }

    @Test("a year that is not announced gives a provisional time, computed again when it is")
    func provisional() throws {
        let province = try province()
        // 2026-12-30T10:00 in the province, a Wednesday.
        province.now = 1_798_596_000_000
        try province.converge()
        let ticket = try province.open("enquiry", at: province.yinchuan)
        let first = try clock(.solution, ticket, at: province.yinchuan, province)
        // 31 December, and 1, 4, 5 and 6 January as far as is known.
        #expect(first.due == DueTime(milliseconds: 1_799_251_200_000, isProvisional: true))
        let years = [
            ClockPack.year(2026, holidays: ["2026-10-01", "2026-10-02"]),
            ClockPack.year(2027, holidays: ["2027-01-01"]),
        ]
        try province.publish(ClockPack.made(version: "2027.1", years: years))
        try province.converge()
        let second = try clock(.solution, ticket, at: province.yinchuan, province)
        #expect(second.due == DueTime(milliseconds: 1_799_251_200_000 + 24 * hour, isProvisional: false))
        #expect(try timing(ticket, at: province.hub, province).calendarVersion == "2027.1")
    }

    @Test("promise 9: the hub confirms a breach when the branch has declared all up to then, and not before")
    func unconfirmed() throws {
        let province = try province()
        let late = try province.open(at: province.yinchuan)
        let done = try province.open(at: province.yinchuan)
        try province.converge()
        province.now += hour
        for ticket in [done] {
            try province.act(.transition("accept", fields: [:]), on: ticket, at: province.yinchuan)
        }
        province.now += 3 * hour
        for ticket in [late, done] {
            let reading = try clock(.response, ticket, at: province.hub, province)
            #expect(reading.isOverdue(at: province.now))
            #expect(try timing(ticket, at: province.hub, province).isConfirmed(reading, at: province.now) == false)
        }
        try province.converge()
        let reading = try clock(.response, late, at: province.hub, province)
        #expect(try timing(late, at: province.hub, province).isConfirmed(reading, at: province.now))
        #expect(try clock(.response, done, at: province.hub, province).isOverdue(at: province.now) == false)
    }

    @Test("Q12: every minute belongs to who had the ticket then")
    func holdings() throws {
        let province = try province()
        let ticket = try province.open(at: province.yinchuan)
        province.now += hour - 1_000
        try province.act(.assign(["assignee": .text("Li")]), on: ticket, at: province.yinchuan)
        province.now += 2 * hour - 1_000
        try province.act(.assign(["assignee": .text("Wang")]), on: ticket, at: province.yinchuan)
        let holdings = try timing(ticket, at: province.yinchuan, province).course.holdings
        #expect(holdings.map(\.person) == [nil, "Li", "Wang"])
        #expect(holdings.map { ($0.to ?? 0) - $0.from }.prefix(2) == [hour, 2 * hour])
    }

    @Test("every site that has heard the same says the same of a clock")
    func agreement() throws {
        let province = try province()
        let ticket = try province.open(at: province.yinchuan)
        try province.act(.transition("accept", fields: [:]), on: ticket, at: province.yinchuan)
        try province.converge()
        let here = try timing(ticket, at: province.yinchuan, province)
        let there = try timing(ticket, at: province.hub, province)
        #expect(here.readings == there.readings)
        #expect(here.course.stays == there.course.stays)
    }

    @Test("a ticket of a branch that had missed a standard says so")
    func missed() throws {
        let province = try province()
        try province.publish(ClockPack.made(version: "2026.6"))
        let ticket = try province.open(at: province.yinchuan)
        func standard(_ site: DeskSite) throws -> OpeningStandard? {
            let row = try site.desk(at: province.now).ticket(ticket.text)
            return try OpeningStandard(of: row, in: site.store, shelf: PackShelf())
        }
        #expect(try standard(province.yinchuan)?.missed == nil)
        try province.converge()
        for site in [province.hub, province.yinchuan] {
            #expect(try standard(site)?.version == "2026.5")
            #expect(try standard(site)?.missed == "2026.6")
        }
        let next = try province.open(at: province.yinchuan)
        let row = try province.yinchuan.desk(at: province.now).ticket(next.text)
        let standing = try OpeningStandard(of: row, in: province.yinchuan.store, shelf: PackShelf())
        #expect(standing?.version == "2026.6")
        #expect(standing?.missed == nil)
    }
}
