import Replication
import ServiceDesk
import Testing

@Suite("Tickets under the province's eyes")
struct SupervisionFlowTests {
    @Test("the province supervises a ticket and says why; its branch sees it, goes on working, and it is lifted")
    func supervised() throws {
        let province = try FlowProvince.made()
        let (site, hub) = (province.yinchuan, province.hub)
        let ticket = try province.open(at: site)
        try province.converge()
        try province.act(.supervise(true, reason: "third complaint of this office"), on: ticket, at: hub)
        #expect(
            deskError { try province.act(.supervise(true, reason: "again"), on: ticket, at: hub) }?.kind == .wrongState)
        try province.converge()
        #expect(try province.row(ticket, at: site).state[TicketField.isSupervised] == .bool(true))
        try province.take("accept", ticket, at: site)
        try province.act(.supervise(false, reason: "answered in time"), on: ticket, at: hub)
        try province.converge()
        for place in [site, hub] {
            #expect(try province.row(ticket, at: place).state[TicketField.isSupervised] == .bool(false))
        }
        #expect(try province.row(ticket, at: site).state.notes.count == 2)
        try province.checkAgreement()
    }

    @Test("a branch supervises nothing: refused at its own desk, and at the hub whatever its software says")
    func notABranch() throws {
        let province = try FlowProvince.made()
        let site = province.yinchuan
        let ticket = try province.open(at: site)
        let error = deskError { try province.act(.supervise(true, reason: "x"), on: ticket, at: site) }
        #expect(error?.message == "Only the province supervises a ticket.")
        try province.converge()
        try province.force([.assign(TicketField.isSupervised, .bool(true))], on: ticket, at: site)
        try province.converge()
        #expect(try province.row(ticket, at: province.hub).state[TicketField.isSupervised] == .null)
        #expect(try province.refusals(of: ticket, at: site).count == 1)
    }

    @Test("a reason is needed, and what is not supervised cannot be let go")
    func reasons() throws {
        let province = try FlowProvince.made()
        let ticket = try province.open(at: province.yinchuan)
        try province.converge()
        #expect(
            deskError { try province.act(.supervise(true, reason: ""), on: ticket, at: province.hub) }?.kind == .invalid
        )
        #expect(
            deskError { try province.act(.supervise(false, reason: "x"), on: ticket, at: province.hub) }?.kind
                == .wrongState)
    }
}
