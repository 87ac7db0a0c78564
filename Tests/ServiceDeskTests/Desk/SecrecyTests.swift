import Replication
import ServiceDesk
import Testing

/// Promise 7: a site holds and is sent only what it may see.
struct SecrecyTests {
    private static let canaries = [
        "Kanarie-subject", "Kanarie-note", "Kanarie-customer", "Kanarie-phone", "Kanarie-charge", "Kanarie-reason",
        "Kanarie-verdict",
    ]

    /// A ticket of Yinchuan with a canary in everything that it can hold.
    private func ticket(of province: DeskProvince) throws -> (ticket: EntityID, request: ChangeReference) {
        let ticket = try province.open(
            at: province.yinchuan, ["subject": .text("Kanarie-subject")],
            customer: .init(name: "Kanarie-customer", phone: "Kanarie-phone"))
        try province.act(.note(Note(text: "Kanarie-note")), on: ticket, at: province.yinchuan)
        let request = try province.act(
            .requestRefund(charge: "Kanarie-charge", amount: 1, reason: "Kanarie-reason"), on: ticket,
            at: province.yinchuan)
        return (ticket, request.change.reference)
    }

    private func expectNothing(_ province: DeskProvince, at site: DeskSite, _ source: SourceLocation = #_sourceLocation)
        throws
    {
        let disk = try site.bytesOnDisk()
        let sent = province.answers.filter { $0.site == site.id }.map(\.bytes)
        for canary in Self.canaries {
            #expect(!holds(disk, canary), "\(canary) lies at \(site.id)", sourceLocation: source)
            #expect(!sent.contains { holds($0, canary) }, "\(canary) went to \(site.id)", sourceLocation: source)
        }
    }

    @Test(
        "nothing of a ticket, its customer or its refund reaches a branch that may not see it, through its whole life")
    func life() throws {
        let province = try DeskProvince()
        let (ticket, request) = try ticket(of: province)
        try province.converge()
        try province.decide(request, .granted, reason: "Kanarie-verdict")
        try province.converge()
        try province.act(.offerTransfer(province.guyuan.id), on: ticket, at: province.yinchuan)
        try province.converge()
        try province.act(.acceptTransfer, on: ticket, at: province.guyuan)
        try province.act(.assign(["subject": .text("Kanarie-subject again")]), on: ticket, at: province.yinchuan)
        try province.converge()
        try province.open(at: province.wuzhong)
        try province.converge()
        try expectNothing(province, at: province.wuzhong)
        // The test can see: who may read it has it.
        let disk = try province.guyuan.bytesOnDisk()
        for canary in Self.canaries { #expect(holds(disk, canary), "\(canary) at nx-guyuan") }
    }

    @Test("an offer that is withdrawn before the other branch has heard of it shows that branch nothing")
    func withdrawnUnheard() throws {
        let province = try DeskProvince()
        let (ticket, _) = try ticket(of: province)
        try province.sync(province.yinchuan)
        try province.act(.offerTransfer(province.guyuan.id), on: ticket, at: province.yinchuan)
        try province.sync(province.yinchuan)
        try province.act(.declineTransfer, on: ticket, at: province.yinchuan)
        try province.sync(province.yinchuan)
        try province.converge()
        try expectNothing(province, at: province.guyuan)
        try province.checkAgreement()
    }

    @Test("after a transfer the old owner is told nothing new")
    func afterTransfer() throws {
        let province = try DeskProvince()
        let ticket = try province.open(at: province.yinchuan)
        try province.act(.offerTransfer(province.guyuan.id), on: ticket, at: province.yinchuan)
        try province.converge()
        try province.act(.acceptTransfer, on: ticket, at: province.guyuan)
        try province.converge()
        try province.act(.assign(["subject": .text("Kanarie-subject")]), on: ticket, at: province.guyuan)
        try province.act(.note(Note(text: "Kanarie-note")), on: ticket, at: province.hub)
        try province.converge()
        try expectNothing(province, at: province.yinchuan)
    }

    @Test("no error says what a field holds")
    func errors() throws {
        let province = try DeskProvince()
        let ticket = try province.open(at: province.yinchuan)
        let canary = "Kanarie"
        let long = String(repeating: canary, count: 5_000)
        let fields: [[String: Value]] = [
            ["subject": .text(long)], ["channel": .text(canary)], ["disputedFen": .text(canary)],
            ["openedAt": .text(canary)], ["supervised": .text(canary)], ["category": .text(canary)],
            ["assignee": .text(long)], ["zodiac": .text(canary)],
        ]
        var errors = fields.map { fields in
            deskError { try province.act(.assign(fields), on: ticket, at: province.yinchuan) }
        }
        errors += fields.map { fields in
            deskError { try province.open(at: province.yinchuan, ["subject": .text("x")].merging(fields) { $1 }) }
        }
        let actions: [TicketAction] = [
            .note(Note(text: long)), .offerTransfer(SiteID(canary)),
            .requestRefund(charge: long, amount: 1, reason: canary),
            .requestRefund(charge: canary, amount: 0, reason: long),
            .transition("accept", fields: ["channel": .text(canary)]),
            .transition("close", fields: ["satisfaction": .text("partly"), "resolution": .text(canary)]),
        ]
        errors += actions.map { action in deskError { try province.act(action, on: ticket, at: province.yinchuan) } }
        errors.append(deskError { try province.open(canary, at: province.yinchuan) })
        errors.append(deskError { try province.open(at: province.yinchuan, category: canary) })
        errors.append(deskError { try province.open(at: province.yinchuan, customer: .init(name: long, phone: long)) })
        errors.append(
            deskError {
                try province.importRow(long, at: province.yinchuan, for: province.yinchuan, [:], state: canary)
            })
        for error in errors {
            let error = try #require(error)
            let texts = [error.description] + error.problems.flatMap { [$0.field, $0.problem] }
            #expect(!texts.contains { $0.contains(canary) }, "\(error.kind): \(error.problems.map(\.field))")
        }
    }

    @Test("no verdict says what a field holds")
    func verdicts() throws {
        let province = try DeskProvince()
        let ticket = try province.open(at: province.yinchuan)
        try province.converge()
        let canary = "Kanarie"
        let forged: [[Edit]] = [
            [.transition(Transition(name: canary, from: [canary], to: canary))],
            [.assign(TicketField.home, .text(canary))], [.assign(TicketField.transferTo, .text(canary))],
            [.assign(TicketField.type, .text(canary))], [.assign(TicketField.isSupervised, .text(canary))],
            [.request(OnceRequest(purpose: canary, key: canary, amount: 1, reason: canary))],
            [.request(OnceRequest(purpose: "refund", key: canary, amount: -1, reason: canary))],
        ]
        for edits in forged { try province.force(edits, on: ticket, at: province.yinchuan) }
        try province.force([.create(Creation(state: canary, label: canary))], on: ticket, at: province.yinchuan)
        try province.converge()
        let reasons = try province.refusals(of: ticket, at: province.hub)
        #expect(reasons.count == forged.count + 1)
        #expect(!reasons.contains { $0.contains(canary) })
    }
}
