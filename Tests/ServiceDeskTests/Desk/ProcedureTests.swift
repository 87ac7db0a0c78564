import Replication
import ServiceDesk
import Testing

struct ProcedureTests {
    struct Step: Sendable {
        let name: String
        let fields: [String: Value]
        let state: String

        init(_ name: String, _ fields: [String: Value] = [:], to state: String) {
            self.name = name
            self.fields = fields
            self.state = state
        }
    }

    private static let procedures: [(String, [Step])] = [
        (
            "complaint",
            [
                Step("accept", to: "inProgress"),
                Step("askCustomer", ["pendingQuestion": .text("Which evening?")], to: "pending"),
                Step("customerAnswered", to: "inProgress"),
                Step("hold", ["holdReason": .text("parts")], to: "held"), Step("resume", to: "inProgress"),
                Step("resolve", ["resolution": .text("Port changed")], to: "resolved"),
                Step("reopen", ["reopenReason": .text("Slow again")], to: "reopened"),
                Step("resolve", to: "resolved"), Step("close", ["satisfaction": .text("partly")], to: "closed"),
            ]
        ),
        (
            "fault",
            [
                Step("accept", to: "accepted"), Step("dispatch", ["assignedTeam": .text("Line 2")], to: "dispatched"),
                Step("return", to: "accepted"), Step("dispatch", to: "dispatched"),
                Step("locate", ["faultLocation": .text("Joint 4"), "faultCause": .text("Water")], to: "located"),
                Step("repair", ["resolution": .text("Spliced")], to: "repaired"),
                Step("confirm", ["confirmedBy": .text("客户")], to: "confirmed"),
                Step("close", ["satisfaction": .text("satisfied")], to: "closed"),
            ]
        ),
        (
            "enquiry",
            [
                Step("accept", to: "inProgress"), Step("answer", ["answer": .text("Next month")], to: "resolved"),
                Step("close", to: "closed"),
            ]
        ),
    ]

    @Test("a ticket goes through its procedure step by step and needs what each step needs", arguments: procedures)
    func walk(type: String, steps: [Step]) throws {
        let province = try DeskProvince()
        let ticket = try province.open(type, at: province.yinchuan)
        for step in steps {
            let before = try province.stage(of: ticket, at: province.yinchuan)
            if !step.fields.isEmpty {
                let error = deskError {
                    try province.act(.transition(step.name, fields: [:]), on: ticket, at: province.yinchuan)
                }
                #expect(error?.kind == .invalid)
                #expect(error?.problems.map(\.field).sorted() == step.fields.keys.sorted())
                #expect(try province.stage(of: ticket, at: province.yinchuan) == before)
            }
            try province.act(.transition(step.name, fields: step.fields), on: ticket, at: province.yinchuan)
            #expect(try province.stage(of: ticket, at: province.yinchuan) == step.state)
        }
        try province.converge()
        #expect(try province.stage(of: ticket, at: province.hub) == steps.last?.state)
        #expect(try province.refusals(of: ticket, at: province.hub) == [])
        try province.checkAgreement()
    }

    @Test("a step from another state is refused with the steps that are open")
    func wrongState() throws {
        let province = try DeskProvince()
        let ticket = try province.open(at: province.yinchuan)
        let early = deskError {
            try province.act(
                .transition("close", fields: ["satisfaction": .text("partly")]), on: ticket, at: province.yinchuan)
        }
        #expect(early?.kind == .wrongState)
        #expect(early?.remedy == "From here: accept, reject, cancel.")
        try province.act(
            .transition("cancel", fields: ["cancelReason": .text("x")]), on: ticket, at: province.yinchuan)
        let late = deskError {
            try province.act(.transition("accept", fields: [:]), on: ticket, at: province.yinchuan)
        }
        #expect(late?.kind == .wrongState)
        #expect(late?.remedy == "Nothing leaves this state.")
    }

    @Test("an unknown step is refused with the one that was probably meant, or with those that are open")
    func unknownStep() throws {
        let province = try DeskProvince()
        let ticket = try province.open("enquiry", at: province.yinchuan)
        func error(_ name: String) -> DeskError? {
            deskError { try province.act(.transition(name, fields: [:]), on: ticket, at: province.yinchuan) }
        }
        #expect(error("acept")?.remedy == "Did you mean accept?")
        #expect(error("teleport")?.remedy == "From here: accept, answer, cancel.")
        #expect(error("teleport")?.kind == .invalid)
    }

    @Test("what was filled in before is not asked for again, and what is emptied with the step is")
    func requiredEarlier() throws {
        let province = try DeskProvince()
        let ticket = try province.open("enquiry", at: province.yinchuan)
        try province.act(.assign(["answer": .text("Tomorrow")]), on: ticket, at: province.yinchuan)
        let error = deskError {
            try province.act(.transition("answer", fields: ["answer": .null]), on: ticket, at: province.yinchuan)
        }
        #expect(error?.problems.map(\.field) == ["answer"])
        try province.act(.transition("answer", fields: [:]), on: ticket, at: province.yinchuan)
        #expect(try province.stage(of: ticket, at: province.yinchuan) == "resolved")
    }

    @Test("a step that is sent twice is taken once, although its state has been left by then")
    func repeatedStep() throws {
        let province = try DeskProvince()
        let ticket = try province.open(at: province.yinchuan)
        let key = IdempotencyKey(client: "clerk", key: "1", content: [])
        let first = try province.act(.transition("accept", fields: [:]), on: ticket, at: province.yinchuan, key: key)
        let again = try province.act(.transition("accept", fields: [:]), on: ticket, at: province.yinchuan, key: key)
        #expect(again.isReplay)
        #expect(again.change == first.change)
        let other = try province.open(at: province.yinchuan)
        let error = replicationError {
            try province.act(.transition("accept", fields: [:]), on: other, at: province.yinchuan, key: key)
        }
        #expect(error?.kind == .keyReused)
    }

    @Test("of two steps taken at once the first counts, and everybody is shown the other as overtaken")
    func overtaken() throws {
        let province = try DeskProvince()
        let ticket = try province.open(at: province.yinchuan)
        try province.act(.transition("accept", fields: [:]), on: ticket, at: province.yinchuan)
        try province.converge()
        try province.act(
            .transition("cancel", fields: ["cancelReason": .text("Withdrawn")]), on: ticket, at: province.hub)
        let late = try province.act(
            .transition("resolve", fields: ["resolution": .text("Done")]), on: ticket, at: province.yinchuan)
        try province.converge()
        for site in [province.hub, province.yinchuan] {
            #expect(try province.stage(of: ticket, at: site) == "cancelled")
            let row = try #require(try site.store.row(ticket))
            let listed = try ConflictListing.list(of: row, in: site.store)
            #expect(listed.count == 1)
            let members = listed.flatMap(\.item.members)
            #expect(members.map(\.losing) == [late.change.reference])
            #expect(
                members.flatMap(\.conflicts).map(\.subject) == [.stage, .field(FieldNumbers.field("resolution"))])
            #expect(listed.first?.change(late.change.reference) == late.change)
        }
        try province.checkAgreement()
    }

    @Test("the hub refuses steps that the procedure does not have, and steps without what they need")
    func forgedSteps() throws {
        let province = try DeskProvince()
        let ticket = try province.open(at: province.yinchuan)
        let forged = [
            Transition(name: "vanish", from: ["acknowledged"], to: "closed"),
            Transition(name: "accept", from: ["acknowledged", "held"], to: "inProgress"),
            Transition(name: "accept", from: ["acknowledged"], to: "closed"),
            Transition(
                name: "cancel", from: ["acknowledged", "inProgress", "pending", "held", "reopened"], to: "cancelled"),
        ]
        for transition in forged { try province.force([.transition(transition)], on: ticket, at: province.yinchuan) }
        try province.converge()
        let reasons = try province.refusals(of: ticket, at: province.yinchuan)
        #expect(reasons.count == forged.count)
        #expect(reasons.last == "Step cancel needs field cancelReason. Fill it in with the step.")
        #expect(try province.stage(of: ticket, at: province.yinchuan) == "acknowledged")
        try province.checkAgreement()
    }

    @Test("a note has at least one character and at most its limit")
    func notes() throws {
        let province = try DeskProvince()
        let ticket = try province.open(at: province.yinchuan)
        func note(_ length: Int) throws {
            let note = Note(text: String(repeating: "记", count: length))
            try province.act(.note(note), on: ticket, at: province.yinchuan)
        }
        try note(1)
        try note(DeskLimits.textLength)
        #expect(deskError { try note(0) }?.kind == .invalid)
        #expect(deskError { try note(DeskLimits.textLength + 1) }?.kind == .invalid)
        #expect(try province.shown(ticket, at: province.yinchuan)?.notes == 2)
    }

    @Test("the province's mark of attention is the hub's to set, and everybody sees it")
    func supervised() throws {
        let province = try DeskProvince()
        let ticket = try province.open(at: province.yinchuan)
        try province.converge()
        let error = replicationError {
            try province.act(.assign(["supervised": .bool(true)]), on: ticket, at: province.yinchuan)
        }
        #expect(error?.kind == .refused)
        try province.force([.assign(TicketField.isSupervised, .bool(true))], on: ticket, at: province.yinchuan)
        try province.converge()
        #expect(try province.refusals(of: ticket, at: province.yinchuan).count == 1)
        #expect(try province.value(TicketField.isSupervised, of: ticket, at: province.yinchuan) == .null)
        try province.act(.assign(["supervised": .bool(true)]), on: ticket, at: province.hub)
        try province.converge()
        #expect(try province.value(TicketField.isSupervised, of: ticket, at: province.yinchuan) == .bool(true))
        try province.checkAgreement()
    }
}
