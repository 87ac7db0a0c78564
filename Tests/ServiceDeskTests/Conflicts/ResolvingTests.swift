import Replication
import ServiceDesk
import Testing

/// Settling and reinstating are one action each, for a field and for a run of overtaken steps.
struct ResolvingTests {
    private func key(_ text: String) -> IdempotencyKey {
        IdempotencyKey(client: "api clerk", key: text, content: Array(text.utf8))
    }

    @Test("steps of one site that fell behind one change are one item; a field is one by itself")
    func oneItem() throws {
        let contested = try Contested.run()
        for site in contested.sites {
            let items = try contested.open(at: site)
            #expect(items.count == 1)
            #expect(items.first?.rule == .overtaken)
            #expect(items.first?.members.map(\.losing) == contested.lost)
            #expect(items.first?.members.map(\.conflicts.count) == [2, 1, 2], "the steps and what was filled in")
        }
        let field = try Contested.field()
        #expect(try field.open(at: field.province.hub).map(\.first.losing) == field.lost)
    }

    @Test("steps that fell behind different changes, or that different sites took, are different items")
    func differentItems() throws {
        let contested = try Contested.run()
        let province = contested.province
        try contested.step("resume")
        try province.converge()
        try contested.step("hold", ["holdReason": .text("weather")], at: province.hub)
        try contested.step("resolve", ["resolution": .text("again")])
        try province.converge()
        let items = try contested.open(at: province.hub)
        #expect(items.map(\.members.count) == [3, 1])
    }

    @Test("a run is settled as one, by any of its steps, and leaves every site's list")
    func settleRun() throws {
        let contested = try Contested.run()
        let resolution = try contested.settle(contested.lost[1])
        #expect(resolution.done.map(\.losing) == contested.lost)
        #expect(Set(resolution.done.map(\.by)).count == 1, "one change")
        try contested.province.converge()
        for site in contested.sites {
            #expect(try contested.open(at: site).isEmpty)
            #expect(try contested.province.stage(of: contested.ticket, at: site) == "held")
            #expect(try contested.items(at: site).map(\.members.count) == [3], "settled, it is one item still")
        }
        #expect(deskError { try contested.settle(contested.lost[0]) }?.kind == .notFound)
        try contested.province.checkAgreement()
    }

    @Test("of a run the steps that can be taken are taken in order; the others stay open, each with its reason")
    func reinstatePart() throws {
        let contested = try Contested.run()
        try contested.step("resume")
        try contested.step("askCustomer", ["pendingQuestion": .text("Where?")])
        let resolution = try contested.reinstate(contested.lost[0])
        #expect(resolution.done.map(\.losing) == [contested.lost[1], contested.lost[2]])
        #expect(resolution.left.map(\.losing) == [contested.lost[0]])
        #expect(resolution.left.first?.step == "askCustomer")
        #expect(resolution.left.first?.reason.contains("the ticket is pending") == true)
        try contested.province.converge()
        for site in contested.sites {
            #expect(try contested.province.stage(of: contested.ticket, at: site) == "resolved")
            let text = try contested.province.value(FieldNumbers.field("resolution"), of: contested.ticket, at: site)
            #expect(text == .text("Port changed"))
            #expect(try contested.open(at: site).map(\.members.count) == [1])
        }
        try contested.settle(contested.lost[0], at: contested.province.hub)
        try contested.province.converge()
        #expect(try contested.open(at: contested.province.yinchuan).isEmpty)
        try contested.province.checkAgreement()
    }

    @Test("when no step of a run can be taken nothing is written, and the reasons are told")
    func reinstateNone() throws {
        let contested = try Contested.run()
        let written = try contested.province.yinchuan.store.life().chain.number
        let error = deskError { try contested.reinstate(contested.lost[0]) }
        #expect(error?.kind == .wrongState)
        #expect(error?.message.contains("resolve leaves inProgress, reopened, and the ticket is held") == true)
        #expect(try contested.province.yinchuan.store.life().chain.number == written)
        #expect(try contested.open(at: contested.province.yinchuan).count == 1)
    }

    @Test("a request repeated under its key writes nothing more and tells what it did the first time")
    func replayed() throws {
        let contested = try Contested.run()
        try contested.step("resume")
        let first = try contested.reinstate(contested.lost[0], key: key("k"))
        let written = try contested.province.yinchuan.store.life().chain.number
        let again = try contested.reinstate(contested.lost[0], key: key("k"))
        #expect(again.isReplay)
        #expect(!first.isReplay)
        #expect(first.done.count == 3)
        #expect(again.done.map(\.losing) == first.done.map(\.losing))
        #expect(again.done.map(\.by) == first.done.map(\.by))
        #expect(try contested.province.yinchuan.store.life().chain.number == written)
        let field = try Contested.field()
        _ = try field.settle(field.lost[0], key: key("s"))
        #expect(try field.settle(field.lost[0], key: key("s")).isReplay)
    }

    @Test("who was shown another value than is in force now neither settles nor reinstates")
    func stale() throws {
        let contested = try Contested.field()
        let province = contested.province
        let shown = try province.version(of: contested.ticket, at: province.yinchuan)
        try province.act(.assign(["subject": .text("third")]), on: contested.ticket, at: province.yinchuan)
        let written = try province.yinchuan.store.life().chain.number
        for act in [contested.settle, contested.reinstate] {
            let stale = #expect(throws: StaleForm.self) {
                _ = try act(contested.lost[0], nil, shown, nil)
            }
            #expect(stale?.changed.items.map(\.shown) == [.text("won")])
            #expect(stale?.changed.items.map(\.current) == [.text("third")])
        }
        #expect(try province.yinchuan.store.life().chain.number == written)
        let now = try province.version(of: contested.ticket, at: province.yinchuan)
        #expect(try contested.reinstate(contested.lost[0], shown: now).done.count == 1)
        #expect(
            throws: StaleForm.self, "a colleague has put it back: that is told, and not that there is nothing to do"
        ) { try contested.reinstate(contested.lost[0], shown: now) }
        let run = try Contested.run()
        let before = try run.province.version(of: run.ticket, at: run.province.yinchuan)
        try run.step("resume")
        #expect(throws: StaleForm.self) { try run.reinstate(run.lost[0], shown: before) }
    }

    @Test("what was refused, what has lost nothing and what is not here is no conflict")
    func nothingThere() throws {
        let contested = try Contested.field()
        let province = contested.province
        let note = try province.act(.note(Note(text: "n")), on: contested.ticket, at: province.yinchuan)
        let unknown = ChangeReference(origin: OriginID(raw: 7), sequence: 7)
        for change in [note.change.reference, unknown] {
            #expect(deskError { try contested.settle(change) }?.kind == .notFound)
            #expect(deskError { try contested.reinstate(change) }?.kind == .notFound)
        }
        #expect(deskError { try contested.settle(contested.lost[0], at: province.guyuan) }?.kind == .notFound)
        let step = Transition(name: "dance", from: ["inProgress"], to: "resolved")
        let refused = try province.force([.transition(step)], on: contested.ticket, at: province.yinchuan)
        try province.converge()
        let error = deskError { try contested.reinstate(refused) }
        #expect(error?.remedy.contains("tributary refusals reinstate \(refused)") == true)
    }
}
