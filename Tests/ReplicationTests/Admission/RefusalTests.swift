import Testing

@testable import Replication

struct RefusalTests {
    private let province: TestProvince
    private let branch: TestSite
    private let other: TestSite
    private let ticket: EntityID

    init() throws {
        province = try TestProvince(branches: 2)
        branch = province.branches[0]
        other = province.branches[1]
        ticket = try province.ticket(at: branch, sharedWith: [other])
        try province.converge()
        branch.domain = TestDomain.permissive
    }

    @Test("a change that breaks a rule is refused and shown with its reason at both ends; its neighbours go in")
    func neighbours() throws {
        try province.write(TestProvince.remark("before"), on: ticket, at: branch)
        try province.write(TestProvince.title("forbidden"), on: ticket, at: branch)
        try province.write(TestProvince.note("after"), on: ticket, at: branch)
        let elsewhere = try province.ticket(at: branch, title: "another")
        #expect(try province.title(of: ticket, at: branch) == "forbidden")
        try province.converge()
        try province.checkAgreement()
        for site in [branch, province.hub] {
            #expect(try province.refusals(of: ticket, at: site) == ["This title is forbidden. Choose another."])
            #expect(try province.title(of: ticket, at: site) == "broken line")
            #expect(try province.state(ticket, at: site)[TestDomain.remark] == .text("before"))
            #expect(try province.state(ticket, at: site).notes == 1)
        }
        #expect(try province.refusals(of: ticket, at: other) == [])
        #expect(try province.logCount(at: other) == province.logCount(at: province.hub) - 2)
        #expect(try province.title(of: elsewhere, at: province.hub) == "another")
    }

    @Test("only the province writes its fields, its kinds and its answers; the directory is its own")
    func authority() throws {
        try province.write(.assign(TestDomain.verdict, .text("mine")), on: ticket, at: branch)
        let standard = EntityID(kind: TestDomain.standard, high: 9, low: 9)
        try province.write([.create(Creation()), TestProvince.title("mine")], on: standard, at: branch)
        try province.converge()
        try province.checkAgreement()
        #expect(try province.state(ticket, at: province.hub)[TestDomain.verdict] == .null)
        #expect(try province.refusals(of: ticket, at: branch).count == 1)
        #expect(try province.refusals(of: standard, at: branch).count == 1)
        #expect(try !province.state(standard, at: branch).exists)
        let answer = Answer(request: ChangeReference(origin: OriginID(raw: 0xB1), sequence: 1), outcome: .granted)
        #expect(failure { try province.write(.answer(answer), on: ticket, at: branch) } == .refused)
        let entry = Session.directoryEntity(of: branch.id)
        #expect(failure { try province.write(TestProvince.title("x"), on: entry, at: branch) } == .refused)
        try province.write(.assign(TestDomain.verdict, .text("ours")), on: ticket, at: province.hub)
        try province.converge()
        #expect(try province.state(ticket, at: branch)[TestDomain.verdict] == .text("ours"))
    }

    @Test("what its own site would refuse is refused at once and leaves nothing behind")
    func atOnce() throws {
        branch.domain = TestDomain()
        let before = try branch.life()
        #expect(failure { try province.write(TestProvince.title("forbidden"), on: ticket, at: branch) } == .refused)
        #expect(
            failure { try province.write(TestProvince.note("x"), on: province.newTicket(), at: branch) } == .notFound)
        #expect(try branch.life().chain == before.chain)
        #expect(try branch.life().clock == before.clock)
        try province.checkLog(of: branch)
    }

    @Test("a refused creation refuses what the same site did to that entity, and a new creation does it again")
    func refusedCreation() throws {
        let entity = try province.ticket(at: branch, sharedWith: [other], title: "forbidden")
        try province.write(TestProvince.note("one"), on: entity, at: branch)
        try province.write(TestProvince.note("two"), on: entity, at: branch)
        try province.converge()
        #expect(try province.refusals(of: entity, at: branch).count == 3)
        #expect(try province.refusals(of: entity, at: province.hub).count == 3)
        #expect(try !province.state(entity, at: branch).exists)
        #expect(try !province.state(entity, at: other).exists)
        #expect(failure { try province.write(TestProvince.note("three"), on: entity, at: branch) } == .notFound)

        try province.write(
            [
                .create(Creation(state: "new")), TestProvince.home(branch), TestProvince.title("allowed"),
                .add(TestDomain.collaborators, .text(other.id.text)),
            ], on: entity, at: branch)
        try province.write(TestProvince.note("three"), on: entity, at: branch)
        try province.converge()
        try province.checkAgreement()
        #expect(try province.title(of: entity, at: other) == "allowed")
        #expect(try province.state(entity, at: other).notes == 1)
        #expect(try province.refusals(of: entity, at: branch).count == 3)
    }

    @Test("what another site did to an entity, having seen its refused creation, does not wait for it for ever")
    func seenCreation() throws {
        let entity = try province.ticket(at: branch, sharedWith: [other], title: "forbidden")
        let row = try #require(try branch.store.row(entity))
        let creation = try #require(try branch.store.entries(of: row.number).first)
        // As a site holds it that was told of it by a hub which has lost its disk since.
        try other.session { session in
            var row = try session.store.rowOrNew(entity)
            _ = try session.store.keep(
                creation.change, onto: &row, condition: Schema.Condition.admitted, admission: nil)
        }
        try province.write(TestProvince.note("one"), on: entity, at: other)
        try province.sync(other)
        #expect(try province.hub.store.hasWaiting())
        try province.converge()
        #expect(
            try province.refusals(of: entity, at: other) == [
                "The creation of this entity was refused; reinstate that first."
            ])
        #expect(try !province.hub.store.hasWaiting())
    }

    @Test("a later change that has seen a refused one of its own is admitted, and overtaken where it built on it")
    func builtOnRefused() throws {
        let step = Transition(name: "take", from: ["new"], to: "work")
        try province.write([.transition(step), TestProvince.title("forbidden")], on: ticket, at: branch)
        let next = Transition(name: "close", from: ["work"], to: "done")
        try province.write([.transition(next), TestProvince.note("closed")], on: ticket, at: branch)
        #expect(try province.state(ticket, at: branch).stageName == "done")
        try province.converge()
        try province.checkAgreement()
        let state = try province.state(ticket, at: branch)
        #expect(state.stageName == "new")
        #expect(state.notes == 1)
        #expect(state.conflicts.map(\.subject) == [.stage])
    }

    @Test("a verdict whose answer was lost is read with the next one")
    func lostVerdict() throws {
        try province.write(TestProvince.title("forbidden"), on: ticket, at: branch)
        try province.exchange(.push, branch)
        let lost = try province.prepare(.poll, at: branch)
        _ = try province.deliver(lost.bytes, from: branch)
        #expect(try province.refusals(of: ticket, at: branch) == [])
        try province.converge()
        #expect(try province.refusals(of: ticket, at: branch).count == 1)
        try province.checkAgreement()
    }
}
