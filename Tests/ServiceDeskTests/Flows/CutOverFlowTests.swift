import Replication
import ServiceDesk
import Standards
import Testing

@Suite("A cut-over, at a branch without its line")
struct CutOverFlowTests {
    private let plan: [String: Value] = [
        "originalNetwork": .text("ring A"), "circuitRoutes": .text("east, west"), "planSteps": .text("one, two"),
        "rollbackPlan": .text("back to ring A"),
    ]

    /// Submitted by one and approved by another, for a window that is open.
    private func approved(_ province: DeskProvince, circuits: Int64 = 3) throws -> EntityID {
        let site = province.yinchuan
        let ticket = try planned(province, circuits: circuits)
        try province.act(.assign(plan), on: ticket, at: site)
        try approve(ticket, by: "Sun", province)
        return ticket
    }

    private func planned(_ province: DeskProvince, circuits: Int64) throws -> EntityID {
        let site = province.yinchuan
        let ticket = try province.open("cutOver", at: site, ["subject": .text("割接")])
        let kind = try #require(FlowProvince.standard().ticketType("cutOver")?.field("changeKind")?.options.first?.id)
        try province.take(
            "submit", ticket, at: site,
            [
                "changeKind": .text(kind),
                "windowFrom": .integer(province.now), "windowTo": .integer(province.now + 6 * 3_600_000),
                "affectedCircuits": .integer(circuits),
            ])
        return ticket
    }

    private func approve(_ ticket: EntityID, by actor: String, _ province: DeskProvince) throws {
        province.now += 1_000
        let site = province.yinchuan
        _ = try site.session {
            try site.desk(at: province.now, actor: actor).act(
                .transition("approve", fields: [:]), on: ticket.text, shown: nil, key: nil, in: &$0)
        }
    }

    /// - Returns: why it did not start; nil when it did.
    private func start(_ ticket: EntityID, _ province: DeskProvince) throws -> DeskError? {
        do {
            try province.take("start", ticket, at: province.yinchuan)
            return nil
        } catch let error as DeskError {
            return error
        }
    }

    @Test("I7: it is not approved until every part of the plan is there, and not by who submitted it")
    func parts() throws {
        let province = try FlowProvince.made()
        let ticket = try planned(province, circuits: 3)
        for part in plan.keys.sorted() {
            let error = deskError { try approve(ticket, by: "Sun", province) }
            #expect(error?.problems.map(\.field).contains(part) == true)
            try province.act(.assign([part: plan[part] ?? .null]), on: ticket, at: province.yinchuan)
        }
        let own = deskError { try province.take("approve", ticket, at: province.yinchuan) }
        #expect(own?.message == "Whoever took submit may not take this step too.")
        try approve(ticket, by: "Sun", province)
        #expect(try province.state(ticket, at: province.yinchuan) == "approved")
    }

    @Test("I9: without the agreement of a key customer only a supervisor starts it, with a reason")
    func override() throws {
        let province = try FlowProvince.made()
        let site = province.yinchuan
        let ticket = try approved(province)
        try province.act(
            .change("affectedKeyCustomers", adding: ["bank"], removing: []), on: ticket, at: site)
        try province.act(.assign(["overrideReason": .text("flood")]), on: ticket, at: site)
        try province.converge()
        try province.staff("li", at: site, grant: ["technician"])
        try province.staff("zhao", at: site, grant: ["supervisor"])
        try province.converge()
        let begin = TicketAction.transition("start", fields: [:])
        let error = deskError { try province.act(begin, on: ticket, at: site, by: "li") }
        #expect(error?.message == "1 of affectedKeyCustomers are not in agreedCustomers.")
        #expect(error?.remedy.contains("let supervisor give a reason in overrideReason") == true)
        try province.act(begin, on: ticket, at: site, by: "zhao")
        try province.converge()
        #expect(try province.state(ticket, at: province.hub) == province.state(ticket, at: site))
    }

    @Test("I8: from fifty circuits on it does not start without a rehearsal that was passed")
    func rehearsal() throws {
        let province = try FlowProvince.made()
        let ticket = try approved(province, circuits: 50)
        #expect(try start(ticket, province)?.message == "From 50 in affectedCircuits on, rehearsal must be passed.")
        try province.act(.assign(["rehearsal": .text("failed")]), on: ticket, at: province.yinchuan)
        #expect(try start(ticket, province) != nil)
        try province.act(.assign(["rehearsal": .text("passed")]), on: ticket, at: province.yinchuan)
        #expect(try start(ticket, province) == nil)
        let few = try approved(province, circuits: 49)
        #expect(try start(few, province) == nil)
    }

    @Test("I9: it does not start until every affected key customer has agreed, or somebody says why not")
    func agreement() throws {
        let province = try FlowProvince.made()
        let site = province.yinchuan
        let ticket = try approved(province)
        try province.act(
            .change("affectedKeyCustomers", adding: ["bank", "court"], removing: []), on: ticket, at: site)
        try province.act(.change("agreedCustomers", adding: ["bank"], removing: []), on: ticket, at: site)
        #expect(try start(ticket, province)?.message == "1 of affectedKeyCustomers are not in agreedCustomers.")
        try province.act(.change("agreedCustomers", adding: ["court"], removing: []), on: ticket, at: site)
        #expect(try start(ticket, province) == nil)
        let other = try approved(province)
        try province.act(.change("affectedKeyCustomers", adding: ["bank"], removing: []), on: other, at: site)
        try province.act(.assign(["overrideReason": .text("cable is failing")]), on: other, at: site)
        #expect(try start(other, province) == nil)
    }

    @Test("I9: who has agreed at one site and been added at another are both kept")
    func concurrent() throws {
        let province = try FlowProvince.made()
        let ticket = try approved(province)
        try province.converge()
        try province.act(
            .change("affectedKeyCustomers", adding: ["bank"], removing: []), on: ticket, at: province.yinchuan)
        try province.act(.change("affectedKeyCustomers", adding: ["court"], removing: []), on: ticket, at: province.hub)
        try province.converge()
        #expect(try start(ticket, province)?.message == "2 of affectedKeyCustomers are not in agreedCustomers.")
        try province.checkAgreement()
    }

    @Test("it runs only in its window")
    func window() throws {
        let province = try FlowProvince.made()
        let ticket = try approved(province)
        province.now += 6 * 3_600_000
        #expect(try start(ticket, province)?.message == "It is not between windowFrom and windowTo.")
    }

    @Test("I7: the way back is begun from the running cut-over, and timed")
    func rollback() throws {
        let province = try FlowProvince.made()
        let site = province.yinchuan
        let ticket = try approved(province)
        try province.take("start", ticket, at: site)
        try province.take("rollBack", ticket, at: site, ["rollbackReason": .text("no light")])
        let began = province.now
        province.now += 20 * 60_000 - 1_000
        try province.take(
            "finishRollBack", ticket, at: site,
            ["restoredAt": .integer(province.now), "resolution": .text("as before")])
        let row = try province.row(ticket, at: site)
        let (pack, type) = try site.desk(at: province.now).type(of: row)
        let course = TicketCourse(
            of: try site.store.entries(of: row.number).map(\.change), type: type, pack: pack)
        let back = try #require(course.stays.first { $0.state == "rollingBack" })
        #expect(back.from == began)
        #expect(back.to == began + 20 * 60_000)
        try province.converge()
        #expect(try province.state(ticket, at: province.hub) == "rolledBack")
    }

    @Test("it is not closed while a fault that it brought about is open")
    func faults() throws {
        let province = try FlowProvince.made()
        let site = province.yinchuan
        let ticket = try approved(province)
        try province.take("start", ticket, at: site)
        try province.take("complete", ticket, at: site, ["resolution": .text("done")])
        var fault = NewTicket(type: "fault", home: site.id, fields: ["subject": .text("中断")])
        fault.parent = ticket.text
        let child = try province.open(fault, at: site).row.id
        let error = deskError { try province.take("close", ticket, at: site) }
        #expect(error?.message.hasPrefix("1 child tickets have not ended: YC-") == true)
        try province.take("cancel", child, at: site, ["cancelReason": .text("nothing wrong")])
        try province.take("close", ticket, at: site)
        try province.converge()
        #expect(try province.state(ticket, at: province.hub) == "closed")
    }
}
