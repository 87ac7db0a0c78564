import Replication
import ServiceDesk
import Testing

/// The same row of the same source is the same ticket, wherever it is imported.
struct ImportedTicketTests {
    private static let row: [String: Value] = [
        "subject": .text("Line noisy"), "area": .text("West"), "openedAt": .integer(1_780_000_000_000),
    ]

    private func number(_ ticket: EntityID, at site: DeskSite) throws -> String? {
        try site.store.row(ticket).map { TicketSummary($0).number }
    }

    private static let exists =
        "The site is not among those that may see this entity. Ask its owner for a transfer."

    @Test("a row that two branches import is one ticket: the first creation makes it, and its number stays")
    func twoBranches() throws {
        let province = try DeskProvince()
        let customer = NewTicket.Customer(name: "马桂兰", phone: "0951-1")
        let first = try province.importRow(
            "17", at: province.yinchuan, for: province.yinchuan, Self.row, customer: customer)
        try province.sync(province.yinchuan)
        let second = try province.importRow(
            "17", at: province.guyuan, for: province.yinchuan, Self.row, customer: customer)
        #expect(first.row.id == second.row.id)
        #expect(!first.isReplay && !second.isReplay)
        try province.converge()
        for site in [province.hub, province.yinchuan] {
            #expect(try TicketQuery().count(in: site.store) == 1)
            #expect(try province.shown(first.row.id, at: site)?.createdBy == first.change.reference)
            #expect(try number(first.row.id, at: site) == first.change.creation?.label)
            #expect(try province.shown(first.row.id, at: site)?.conflicts == [])
        }
        // Neither the ticket nor its customer stays with who merely imported it.
        #expect(try province.shown(first.row.id, at: province.guyuan) == nil)
        let id = try #require(try province.customer(of: first.row.id, at: province.hub))
        #expect(try province.sites(of: id) == ["nx-yinchuan"])
        // What has an owner is not written over by another site that says the same once more.
        #expect(try province.refusals(of: first.row.id, at: province.hub) == [Self.exists])
        try province.checkAgreement()
    }

    @Test("a row that was imported before is left alone, whatever has become of its ticket")
    func unchanged() throws {
        let province = try DeskProvince()
        let ticket = try province.importRow("17", at: province.guyuan, for: province.yinchuan, Self.row).row.id
        try province.converge()
        try province.act(.assign(["subject": .text("Line dead")]), on: ticket, at: province.yinchuan)
        try province.act(.transition("accept", fields: [:]), on: ticket, at: province.yinchuan)
        try province.converge()
        // Yinchuan has the ticket from Guyuan; Guyuan has it no longer; the hub never imported anything.
        for site in [province.yinchuan, province.guyuan, province.hub] {
            let changes = try site.store.life().chain.number
            #expect(try province.importRow("17", at: site, for: province.yinchuan, Self.row).isReplay)
            #expect(try site.store.life().chain.number == changes)
        }
        #expect(try province.value(TicketField.subject, of: ticket, at: province.hub) == .text("Line dead"))
        #expect(try province.stage(of: ticket, at: province.hub) == "inProgress")
    }

    @Test("a row imported once more by a branch that had not heard does not take the ticket from its new owner")
    func afterTransfer() throws {
        let province = try DeskProvince()
        let ticket = try province.importRow("17", at: province.yinchuan, for: province.yinchuan, Self.row).row.id
        try province.act(.offerTransfer(province.guyuan.id), on: ticket, at: province.yinchuan)
        try province.converge()
        try province.act(.acceptTransfer, on: ticket, at: province.guyuan)
        try province.converge()
        try province.importRow("17", at: province.wuzhong, for: province.yinchuan, Self.row)
        try province.converge()
        #expect(
            try province.refusals(of: ticket, at: province.wuzhong) == [
                Self.exists
            ])
        #expect(try province.home(of: ticket, at: province.hub) == "nx-guyuan")
        try province.checkOneOwner(of: ticket)
        try province.checkAgreement()
    }

    @Test("a row imported once more under a newer standard does not change the ticket's")
    func newerStandard() throws {
        let province = try DeskProvince()
        let ticket = try province.importRow("17", at: province.yinchuan, for: province.yinchuan, Self.row).row.id
        try province.publish(.withComplaintFields([DeskPack.field("lineNumber")], version: "2026.2"))
        try province.sync(province.guyuan)
        try province.importRow("17", at: province.guyuan, for: province.yinchuan, Self.row)
        try province.converge()
        #expect(try province.refusals(of: ticket, at: province.guyuan).count == 1)
        let row = try #require(try province.hub.store.row(ticket))
        #expect(try province.hub.desk(at: province.now).type(of: row).pack.version == "2026.1")
        try province.checkAgreement()
    }

    @Test("an imported ticket is in the state that its row says, and goes on from there")
    func state() throws {
        let province = try DeskProvince()
        let ticket = try province.importRow(
            "17", at: province.yinchuan, for: province.yinchuan, Self.row, state: "resolved"
        ).row.id
        #expect(try province.stage(of: ticket, at: province.yinchuan) == "resolved")
        try province.act(
            .transition("close", fields: ["satisfaction": .text("partly")]), on: ticket, at: province.yinchuan)
        try province.converge()
        #expect(try province.stage(of: ticket, at: province.hub) == "closed")
        let error = deskError {
            try province.importRow("18", at: province.yinchuan, for: province.yinchuan, Self.row, state: "frozen")
        }
        #expect(error?.problems.map(\.field) == ["state"])
    }

    @Test("an imported ticket may lack what its old desk did not ask, and says where and when it was opened")
    func incomplete() throws {
        let province = try DeskProvince()
        let ticket = try province.importRow(
            "17", at: province.yinchuan, for: province.yinchuan, ["openedAt": .integer(-1_000)]
        ).row
        let summary = TicketSummary(ticket)
        #expect(summary.source == "old-desk")
        #expect(ticket.state[TicketField.sourceKey] == .text("17"))
        #expect(summary.subject.isEmpty)
        #expect(summary.opened == -1_000)
        let wrong = deskError {
            try province.importRow("18", at: province.yinchuan, for: province.yinchuan, ["channel": .text("pigeon")])
        }
        #expect(wrong?.problems.map(\.field) == ["channel"])
    }

    @Test("the same key of another source is another ticket")
    func sources() throws {
        let province = try DeskProvince()
        let one = try province.importRow("17", at: province.yinchuan, for: province.yinchuan, Self.row)
        let two = try province.importRow(
            "17", at: province.yinchuan, for: province.yinchuan, Self.row, source: "older-desk")
        #expect(one.row.id != two.row.id)
    }

    @Test("a source and its key have at least one character and at most their limits")
    func limits() throws {
        let province = try DeskProvince()
        func fields(_ name: Int, _ key: Int) -> [String]? {
            deskError {
                try province.importRow(
                    String(repeating: "键", count: key), at: province.yinchuan, for: province.yinchuan, Self.row,
                    source: String(repeating: "源", count: name))
            }?.problems.map(\.field)
        }
        try province.importRow(
            String(repeating: "键", count: DeskLimits.sourceKeyLength), at: province.yinchuan, for: province.yinchuan,
            Self.row, source: String(repeating: "源", count: DeskLimits.sourceNameLength))
        #expect(fields(DeskLimits.sourceNameLength + 1, DeskLimits.sourceKeyLength + 1) == ["source", "key"])
        #expect(fields(0, 0) == ["source", "key"])
    }
}
