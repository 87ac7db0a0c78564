import Replication
import ServiceDesk
import Standards
import Testing

@Suite("The clock of a report that is to be delivered")
struct ReportClockTests {
    private let hour: Int64 = 3_600_000

    private func clock(_ ticket: EntityID, _ province: DeskProvince, at site: DeskSite? = nil) throws -> ClockReading? {
        let site = site ?? province.yinchuan
        let row = try site.desk(at: province.now).ticket(ticket.text)
        let timing = try #require(try TicketTiming(of: row, in: site.store, shelf: PackShelf(), at: province.now))
        return timing.readings.first { $0.kind == .report }
    }

    private func fault(_ province: DeskProvince, _ fields: [String: Value] = [:]) throws -> EntityID {
        try province.open(
            "fault", at: province.yinchuan, ["subject": .text("中断")].merging(fields) { _, new in new })
    }

    private func mark(_ ticket: EntityID, _ level: String, _ province: DeskProvince) throws {
        try province.act(.assign(["faultLevel": .text(level)]), on: ticket, at: province.yinchuan)
    }

    @Test("A10: a fault that is marked as major or difficult has a time for its analysis report, and no other has")
    func begins() throws {
        let province = try FlowProvince.made()
        let ticket = try fault(province)
        try mark(ticket, "general", province)
        #expect(try clock(ticket, province) == nil)
        province.now += 5 * hour
        try mark(ticket, "difficult", province)
        let reading = try #require(try clock(ticket, province))
        #expect(reading.started == province.now)
        #expect(reading.field == "analysisReport")
        #expect(reading.lines.map(\.rule.id) == ["faultReport"])
        #expect(reading.lines.first?.limit == TimeLimit(.workingDays, 3))
        let calendar = try #require(try FlowProvince.standard().calendar)
        #expect(reading.due == calendar.due(of: TimeLimit(.workingDays, 3), from: province.now))
        try province.converge()
        #expect(try clock(ticket, province, at: province.hub) == reading)
        let major = try fault(province, ["faultLevel": .text("major")])
        #expect(try clock(major, province)?.started == province.now)
    }

    @Test("A10: it runs on while the ticket waits for its customer, and ends when the report is there")
    func ends() throws {
        let province = try FlowProvince.made()
        let site = province.yinchuan
        let ticket = try fault(province, ["faultLevel": .text("major")])
        let due = try clock(ticket, province)?.due
        try province.take("accept", ticket, at: site)
        try province.take("dispatch", ticket, at: site, ["assignedTeam": .text("班组")])
        try province.take("askCustomer", ticket, at: site, ["pendingQuestion": .text("何时方便")])
        province.now += 100 * hour
        #expect(try clock(ticket, province)?.due == due)
        #expect(try clock(ticket, province)?.standing(at: province.now) == .running)
        let content = Array("cable cut".utf8)
        let hash = ContentHash(of: content)
        _ = try site.session { try $0.store.putIn(content, at: 0, of: hash, size: content.count, at: province.now) }
        let file = Attachment(
            hash: hash.bytes, name: "report.txt", size: UInt64(content.count), mediaType: "text/plain")
        try province.act(.attach(file), on: ticket, at: site)
        #expect(try clock(ticket, province)?.stopped == nil)
        try province.act(.assign(["analysisReport": .text(hash.text)]), on: ticket, at: site)
        let delivered = try #require(try clock(ticket, province))
        #expect(delivered.stopped == province.now)
        #expect(delivered.standing(at: province.now) == .stopped)
        try province.act(.assign(["analysisReport": .null]), on: ticket, at: site)
        #expect(try clock(ticket, province)?.stopped == nil)
    }

    @Test(
        "A10: marked down no report is wanted, marked again it has all its time; of a cancelled ticket none is wanted")
    func again() throws {
        let province = try FlowProvince.made()
        let ticket = try fault(province, ["faultLevel": .text("major")])
        try mark(ticket, "difficult", province)
        #expect(try clock(ticket, province)?.started != province.now, "it has been wanted all the time")
        try mark(ticket, "general", province)
        #expect(try clock(ticket, province) == nil)
        province.now += 50 * hour
        try mark(ticket, "major", province)
        #expect(try clock(ticket, province)?.started == province.now)
        try province.take("cancel", ticket, at: province.yinchuan, ["cancelReason": .text("误报")])
        #expect(try clock(ticket, province)?.stopped == province.now)
        #expect(try clock(ticket, province)?.isOverdue(at: province.now + 1_000 * hour) == false)
    }
}
