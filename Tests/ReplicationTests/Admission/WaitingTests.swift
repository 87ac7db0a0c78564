import Testing

@testable import Replication

struct WaitingTests {
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
        branch.domain = TestDomain.upgraded
    }

    private func upgradeHub() throws {
        province.hub.domain = TestDomain.upgraded
        try province.hub.session { try $0.judgeAllWaiting(at: province.now) }
    }

    @Test("a change with an unknown field waits with what follows it on that entity; other entities go on")
    func unknownField() throws {
        try province.write(.assign(TestDomain.later, .text("new")), on: ticket, at: branch)
        try province.write(TestProvince.title("behind"), on: ticket, at: branch)
        let elsewhere = try province.ticket(at: branch, sharedWith: [other])
        try province.write(TestProvince.note("of the other site"), on: ticket, at: other)
        try province.converge()
        let hub = province.hub
        #expect(try province.waitingCount() == 2)
        #expect(try branch.life().backlog == 0)
        #expect(try province.title(of: ticket, at: hub) == "broken line")
        #expect(try province.state(ticket, at: hub).notes == 1)
        #expect(try province.state(elsewhere, at: other).exists)

        try upgradeHub()
        try province.converge()
        try province.checkAgreement()
        #expect(try province.waitingCount() == 0)
        #expect(try province.title(of: ticket, at: other) == "behind")
        #expect(try province.state(ticket, at: other)[TestDomain.later] == .text("new"))
    }

    @Test("an unknown kind waits, and after the upgrade its changes are admitted in their order")
    func unknownKind() throws {
        let entity = EntityID(kind: TestDomain.newer, high: 5, low: 5)
        try province.write([.create(Creation(state: "new")), TestProvince.home(branch)], on: entity, at: branch)
        try province.write(TestProvince.title("one"), on: entity, at: branch)
        try province.write(
            [TestProvince.title("two"), .add(TestDomain.collaborators, .text(other.id.text))], on: entity, at: branch)
        try province.converge()
        #expect(try province.waitingCount() == 3)
        #expect(try !province.state(entity, at: province.hub).exists)
        try upgradeHub()
        let row = try #require(try province.hub.store.row(entity))
        var order: [UInt64] = []
        try province.hub.store.forEachAdmitted(of: row.number, after: 0) { entry, _ in
            order.append(entry.change.sequence)
            return true
        }
        #expect(order == [2, 3, 4])
        try province.converge()
        try province.checkAgreement()
        #expect(try province.title(of: entity, at: other) == "two")
    }

    @Test("a branch that does not know a kind, a field or an edit keeps the change byte for byte")
    func branchKeeps() throws {
        province.hub.domain = TestDomain.upgraded
        let entity = EntityID(kind: TestDomain.newer, high: 6, low: 6)
        try province.write(
            [
                .create(Creation(state: "new")), TestProvince.home(branch),
                .assign(TestDomain.later, .bytes([1, 2, 3])),
                .add(TestDomain.collaborators, .text(other.id.text)),
            ], on: entity, at: branch)
        let written = try province.write(.assign(TestDomain.later, .text("y")), on: ticket, at: branch)
        try province.converge()
        try province.checkAgreement()
        let kept = try #require(try other.store.entry(of: written.change.reference))
        #expect(kept.change.encoded == written.change.encoded)
        #expect(kept.hash == written.change.hash)
        #expect(try province.state(entity, at: other)[TestDomain.later] == .bytes([1, 2, 3]))
    }

    /// Pushes a batch of the branch's with one more edit than this version can write.
    private func pushUnknownEdit() throws {
        try province.write(TestProvince.note("x"), on: ticket, at: branch)
        var request = try province.prepare(.push, at: branch).request
        let change = request.changes[0]
        request.changes[0] = Change(
            origin: change.origin, sequence: change.sequence, stamp: change.stamp, entity: change.entity,
            seen: change.seen, actor: change.actor, edits: change.edits + [.unknown(tag: 99, body: [1, 2])])
        var chain = try #require(request.before)
        chain.append(request.changes[0].hash)
        request.after = chain.digest
        let answer = try ExchangeAnswer(encoded: try province.deliver(request.encoded, from: branch))
        #expect(answer.refusal == nil)
        #expect(answer.stored == chain)
    }

    @Test("a change with an edit of an unknown type waits whole, and is stored byte for byte")
    func unknownEdit() throws {
        try pushUnknownEdit()
        #expect(try province.waitingCount() == 1)
        #expect(try province.state(ticket, at: province.hub).notes == 0)
        let reference = ChangeReference(origin: OriginID(raw: 0xB1), sequence: 2)
        let entry = try #require(try province.hub.store.entry(of: reference))
        #expect(entry.change.edits.last == .unknown(tag: 99, body: [1, 2]))
        #expect(entry.hash == entry.change.hash)
        try upgradeHub()
        #expect(try province.waitingCount() == 1)
    }

    @Test("the mark of a site is held back below its first waiting change, and follows when that is judged")
    func watermark() throws {
        let written = try province.write(.assign(TestDomain.later, .text("new")), on: ticket, at: branch)
        province.now += 60_000
        try province.converge()
        let held = try #require(try province.hub.store.peer(site: branch.id)).watermark
        #expect(held == written.change.stamp.milliseconds - 1)
        let free = try #require(try province.hub.store.peer(site: other.id)).watermark
        #expect(free > held)
        try upgradeHub()
        try province.exchange(.poll, branch)
        #expect(try #require(try province.hub.store.peer(site: branch.id)).watermark == province.now)
    }

    /// Pushes a change of the branch's that names one of the other site's among what it has seen.
    private func pushSeeing(_ sequence: UInt64) throws {
        try province.write(TestProvince.title("seen"), on: ticket, at: branch)
        var request = try province.prepare(.push, at: branch).request
        let change = request.changes[0]
        request.changes[0] = Change(
            origin: change.origin, sequence: change.sequence, stamp: change.stamp, entity: change.entity,
            seen: VersionVector([ChangeReference(origin: OriginID(raw: 0xB2), sequence: sequence)]),
            actor: change.actor, edits: change.edits)
        var chain = try #require(request.before)
        chain.append(request.changes[0].hash)
        request.after = chain.digest
        let answer = try ExchangeAnswer(encoded: try province.deliver(request.encoded, from: branch))
        #expect(answer.refusal == nil)
    }

    @Test("a change waits for one that it has seen and the hub does not hold, and goes in after it")
    func seen() throws {
        try pushSeeing(1)
        #expect(try province.waitingCount() == 1)
        #expect(try province.title(of: ticket, at: province.hub) == "broken line")
        try province.write(TestProvince.note("the missing one"), on: ticket, at: other)
        try province.exchange(.push, other)
        #expect(try province.waitingCount() == 0)
        #expect(try province.title(of: ticket, at: province.hub) == "seen")
    }

    @Test("a change that has seen a refused one does not wait for it")
    func seenRefused() throws {
        other.domain = TestDomain.permissive
        try province.write(TestProvince.title("forbidden"), on: ticket, at: other)
        try province.exchange(.push, other)
        try pushSeeing(1)
        #expect(try province.waitingCount() == 0)
        #expect(try province.title(of: ticket, at: province.hub) == "seen")
    }

    @Test("a site whose database was replaced gets what its earlier one had sent and the hub had kept waiting")
    func replacedMeanwhile() throws {
        try province.write(.assign(TestDomain.later, .text("new")), on: ticket, at: branch)
        let entity = EntityID(kind: TestDomain.newer, high: 7, low: 7)
        try province.write([.create(Creation(state: "new")), TestProvince.home(branch)], on: entity, at: branch)
        try province.converge()
        let fresh = try province.replace(branch, origin: OriginID(raw: 0xD1))
        fresh.domain = TestDomain.upgraded
        try province.converge()
        try upgradeHub()
        try province.converge()
        try province.checkAgreement()
        #expect(try province.state(ticket, at: fresh)[TestDomain.later] == .text("new"))
        #expect(try province.state(entity, at: fresh).exists)
    }
}
