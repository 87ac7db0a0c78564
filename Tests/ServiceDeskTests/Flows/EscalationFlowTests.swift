import Replication
import ServiceDesk
import Standards
import Testing

@Suite("Work passed on: to another department, to the province and back")
struct EscalationFlowTests {
    private func complaint(_ province: DeskProvince) throws -> EntityID {
        let ticket = try province.open(at: province.yinchuan)
        try province.take("accept", ticket, at: province.yinchuan)
        try province.converge()
        return ticket
    }

    private func owner(_ ticket: EntityID, at site: DeskSite, _ province: DeskProvince) throws -> String? {
        let state = try province.row(ticket, at: site).state
        return state[TicketField.heldBy].textValue ?? state[TicketField.home].textValue
    }

    @Test("A4: a ticket is escalated, taken, worked and given back, with one owner throughout")
    func there() throws {
        let province = try FlowProvince.made()
        let ticket = try complaint(province)
        let (site, hub) = (province.yinchuan, province.hub)
        try province.act(.escalate(reason: "third complaint"), on: ticket, at: site)
        try province.converge()
        for place in [site, hub] { #expect(try owner(ticket, at: place, province) == "nx-yinchuan") }
        try province.act(.take, on: ticket, at: hub)
        try province.converge()
        for place in [site, hub] { #expect(try owner(ticket, at: place, province) == "nx-hub") }
        let error = deskError {
            try province.take("resolve", ticket, at: site, ["resolution": .text("done")])
        }
        #expect(error?.message == "The province has taken the ticket.")
        try province.act(.note(Note(text: "the customer called again")), on: ticket, at: site)
        try province.act(.giveBack(reason: "see the note"), on: ticket, at: hub)
        try province.converge()
        #expect(try owner(ticket, at: hub, province) == "nx-yinchuan")
        #expect(try province.row(ticket, at: site).state[TicketField.escalation] == .null)
        try province.take("resolve", ticket, at: site, ["resolution": .text("done")])
        try province.converge()
        try province.checkAgreement()
    }

    @Test("A4: what a branch did before it heard that the province has the ticket stands; later it is refused")
    func unheard() throws {
        let province = try FlowProvince.made()
        let ticket = try complaint(province)
        try province.act(.take, on: ticket, at: province.hub)
        try province.take("resolve", ticket, at: province.yinchuan, ["resolution": .text("done")])
        try province.converge()
        #expect(try province.state(ticket, at: province.hub) == "resolved")
        #expect(try owner(ticket, at: province.yinchuan, province) == "nx-hub")
        let rule = try #require(try FlowProvince.standard().ticketType("complaint")?.transition("reopen"))
        let forged = try province.force(
            [
                .transition(Transition(name: rule.name, from: rule.from, to: rule.to)),
                .assign(FieldNumbers.field("reopenReason"), .text("again")),
            ], on: ticket, at: province.yinchuan)
        try province.converge()
        #expect(try province.hub.store.refusedChange(forged) != nil)
    }

    @Test("A4: only the province takes a ticket, and only its owner escalates it")
    func who() throws {
        let province = try FlowProvince.made()
        let ticket = try complaint(province)
        #expect(deskError { try province.act(.take, on: ticket, at: province.yinchuan) }?.kind == .notAllowed)
        try province.act(.share(adding: [province.guyuan.id], removing: []), on: ticket, at: province.yinchuan)
        try province.converge()
        let error = deskError { try province.act(.escalate(reason: "x"), on: ticket, at: province.guyuan) }
        #expect(error?.kind == .notAllowed)
        let forged = try province.force(
            [.assign(TicketField.heldBy, .text("nx-guyuan"))], on: ticket, at: province.guyuan)
        try province.converge()
        #expect(try province.hub.store.refusedChange(forged) != nil)
    }

    @Test("D5, I3: a department has a ticket once it accepts it, and who had it for how long is known")
    func handOver() throws {
        let province = try FlowProvince.made()
        let ticket = try complaint(province)
        let site = province.yinchuan
        try province.act(.handOver(to: "billing", reason: "a wrong bill"), on: ticket, at: site)
        #expect(try province.row(ticket, at: site).state[TicketField.department] != .text("billing"))
        province.now += 3_600_000
        try province.act(.returnHandOver(reason: "no bill named"), on: ticket, at: site)
        try province.act(.handOver(to: "billing", reason: "the bill of May"), on: ticket, at: site)
        try province.act(.acceptHandOver, on: ticket, at: site)
        let accepted = province.now
        province.now += 7_200_000 - 1_000
        try province.act(.handOver(to: "network", reason: ""), on: ticket, at: site)
        province.now += 1_000
        try province.act(.acceptHandOver, on: ticket, at: site)
        let row = try province.row(ticket, at: site)
        let (pack, type) = try site.desk(at: province.now).type(of: row)
        let course = TicketCourse(
            of: try site.store.entries(of: row.number).map(\.change), type: type, pack: pack)
        let billing = try #require(course.holdings.first { $0.department == "billing" })
        #expect(billing.from == accepted)
        #expect(billing.to == province.now)
        #expect(course.holdings.last?.department == "network")
        #expect(deskError { try province.act(.acceptHandOver, on: ticket, at: site) }?.kind == .wrongState)
        #expect(
            deskError { try province.act(.handOver(to: "kitchen", reason: ""), on: ticket, at: site) }?.kind == .invalid
        )
    }

    @Test("催单 counts at whichever site the customer calls")
    func expedite() throws {
        let province = try FlowProvince.made()
        let ticket = try complaint(province)
        try province.act(.expedite("please hurry"), on: ticket, at: province.yinchuan)
        try province.act(.expedite(""), on: ticket, at: province.hub)
        try province.converge()
        for site in [province.hub, province.yinchuan] {
            #expect(try province.row(ticket, at: site).state.counts[TicketField.expedites] == 2)
        }
    }

    @Test("A10: a major fault is not closed without its analysis report")
    func analysis() throws {
        let province = try FlowProvince.made()
        let site = province.yinchuan
        let type = try #require(try FlowProvince.standard().ticketType("fault"))
        let ticket = try province.open("fault", at: site, ["subject": .text("中断"), "faultLevel": .text("major")])
        for name in ["accept", "dispatch", "locate", "repair", "confirm"] {
            let rule = try #require(type.transition(name), "no step \(name)")
            var fields: [String: Value] = [:]
            for field in rule.requires.compactMap(type.field) {
                fields[field.id] =
                    switch field.kind {
                    case .choice: .text(field.options[0].id)
                    case .time, .integer: .integer(province.now)
                    case .boolean: .bool(true)
                    default: .text("x")
                    }
            }
            for name in rule.requires where type.field(name) == nil { fields[name] = .text("Li") }
            try province.take(name, ticket, at: site, fields)
        }
        let error = deskError { try province.take("close", ticket, at: site, ["satisfaction": .text("satisfied")]) }
        #expect(error?.message == "For what faultLevel says, these are missing: analysisReport.")
        try province.act(.assign(["faultLevel": .text("general")]), on: ticket, at: site)
        try province.take("close", ticket, at: site, ["satisfaction": .text("satisfied")])
    }
}
