import Replication
import ServiceDesk
import Testing

/// Promise 4: nothing is overwritten silently, and what lost can be done again in one action.
struct ReinstatementTests {
    private let subject = TicketField.subject

    /// A ticket whose subject the hub and Yinchuan have changed at once; the hub's change came first and lost.
    private func contested() throws -> (DeskProvince, EntityID, losing: ChangeReference) {
        let province = try DeskProvince()
        let ticket = try province.open(at: province.yinchuan)
        try province.converge()
        let losing = try province.act(.assign(["subject": .text("lost")]), on: ticket, at: province.hub)
        try province.act(.assign(["subject": .text("won")]), on: ticket, at: province.yinchuan)
        try province.converge()
        #expect(try province.value(subject, of: ticket, at: province.hub) == .text("won"))
        return (province, ticket, losing.change.reference)
    }

    private func openConflicts(_ ticket: EntityID, at site: DeskSite, _ province: DeskProvince) throws -> Int? {
        try province.shown(ticket, at: site)?.conflicts.count { $0.settledBy == nil }
    }

    @Test("a value that lost is put back in one action, at every site, and its conflict is settled")
    func field() throws {
        let (province, ticket, losing) = try contested()
        try province.act(.reinstate(losing), on: ticket, at: province.yinchuan)
        try province.converge()
        for site in [province.hub, province.yinchuan] {
            #expect(try province.value(subject, of: ticket, at: site) == .text("lost"))
            #expect(try openConflicts(ticket, at: site, province) == 0)
        }
        #expect(deskError { try province.act(.reinstate(losing), on: ticket, at: province.hub) }?.kind == .notFound)
        try province.checkAgreement()
    }

    @Test("a conflict is settled as it is, once")
    func settled() throws {
        let (province, ticket, losing) = try contested()
        try province.act(.settle(losing), on: ticket, at: province.hub)
        try province.converge()
        #expect(try province.value(subject, of: ticket, at: province.yinchuan) == .text("won"))
        #expect(try openConflicts(ticket, at: province.yinchuan, province) == 0)
        #expect(deskError { try province.act(.settle(losing), on: ticket, at: province.yinchuan) }?.kind == .notFound)
    }

    @Test("only what has lost is settled or put back")
    func nothingLost() throws {
        let province = try DeskProvince()
        let ticket = try province.open(at: province.yinchuan)
        let written = try province.act(.note(Note(text: "n")), on: ticket, at: province.yinchuan).change.reference
        for action: TicketAction in [.settle(written), .reinstate(written)] {
            #expect(deskError { try province.act(action, on: ticket, at: province.yinchuan) }?.kind == .notFound)
        }
    }

    @Test("an overtaken step is taken again with what was filled in, once the ticket stands where it can be")
    func stage() throws {
        let province = try DeskProvince()
        let ticket = try province.open(at: province.yinchuan)
        try province.act(.transition("accept", fields: [:]), on: ticket, at: province.yinchuan)
        try province.converge()
        try province.act(.transition("hold", fields: ["holdReason": .text("parts")]), on: ticket, at: province.hub)
        let lost = try province.act(
            .transition("resolve", fields: ["resolution": .text("Port changed")]), on: ticket, at: province.yinchuan
        ).change.reference
        try province.converge()
        #expect(try province.stage(of: ticket, at: province.yinchuan) == "held")
        let early = deskError { try province.act(.reinstate(lost), on: ticket, at: province.yinchuan) }
        #expect(early?.kind == .wrongState)
        try province.act(.transition("resume", fields: [:]), on: ticket, at: province.yinchuan)
        try province.act(.reinstate(lost), on: ticket, at: province.yinchuan)
        try province.converge()
        for site in [province.hub, province.yinchuan] {
            #expect(try province.stage(of: ticket, at: site) == "resolved")
            #expect(
                try province.value(FieldNumbers.field("resolution"), of: ticket, at: site) == .text("Port changed"))
            #expect(try openConflicts(ticket, at: site, province) == 0)
        }
        try province.checkAgreement()
    }

    @Test("a refused change is kept, and done again when it may be")
    func refused() throws {
        let province = try DeskProvince()
        let ticket = try province.open(at: province.yinchuan)
        try province.act(.offerTransfer(province.guyuan.id), on: ticket, at: province.yinchuan)
        try province.converge()
        let refused = try province.act(.acceptTransfer, on: ticket, at: province.guyuan).change.reference
        try province.act(.declineTransfer, on: ticket, at: province.yinchuan)
        try province.sync(province.yinchuan)
        try province.act(.offerTransfer(province.guyuan.id), on: ticket, at: province.yinchuan)
        try province.converge()
        #expect(try province.home(of: ticket, at: province.guyuan) == "nx-yinchuan")
        try province.act(.reinstate(refused), on: ticket, at: province.guyuan)
        try province.converge()
        #expect(try province.home(of: ticket, at: province.hub) == "nx-guyuan")
        try province.checkAgreement()
    }

    @Test("a refused step is not taken again from where it cannot be")
    func refusedStep() throws {
        let province = try DeskProvince()
        let ticket = try province.open("enquiry", at: province.yinchuan)
        let step = Transition(name: "answer", from: ["acknowledged", "inProgress"], to: "resolved")
        let refused = try province.force([.transition(step)], on: ticket, at: province.yinchuan)
        try province.converge()
        try province.act(.transition("cancel", fields: ["cancelReason": .text("x")]), on: ticket, at: province.yinchuan)
        let error = deskError { try province.act(.reinstate(refused), on: ticket, at: province.yinchuan) }
        #expect(error?.kind == .wrongState)
        #expect(try openConflicts(ticket, at: province.yinchuan, province) == 0)
    }

    @Test("of a refused second creation what was filled in is put back, and neither owner nor standard")
    func refusedCreation() throws {
        let province = try DeskProvince()
        let row: [String: Value] = ["subject": .text("x"), "openedAt": .integer(1)]
        let ticket = try province.importRow("17", at: province.yinchuan, for: province.yinchuan, row).row.id
        let second = try province.importRow(
            "17", at: province.guyuan, for: province.guyuan, ["area": .text("West"), "openedAt": .integer(2)])
        try province.converge()
        #expect(try province.refusals(of: ticket, at: province.hub).count == 1)
        try province.act(.reinstate(second.change.reference), on: ticket, at: province.hub)
        try province.converge()
        #expect(try province.home(of: ticket, at: province.yinchuan) == "nx-yinchuan")
        #expect(try province.value(FieldNumbers.field("area"), of: ticket, at: province.yinchuan) == .text("West"))
        #expect(try province.value(TicketField.openedAt, of: ticket, at: province.yinchuan) == .integer(1))
        try province.checkAgreement()
    }
}
