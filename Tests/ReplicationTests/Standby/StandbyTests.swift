import Testing

@testable import Replication

/// A site that holds everything and takes no work.
struct StandbyTests {
    private static let hubKey = Array("a hub key of thirty-two bytes....".utf8)

    private let province: TestProvince
    private let first: TestSite
    private let second: TestSite

    init() throws {
        province = try TestProvince(branches: 2, hubKey: Self.hubKey)
        first = province.branches[0]
        second = province.branches[1]
        try province.converge()
    }

    private func checkProofs() throws {
        for site in province.sites { #expect(try site.store.verify(for: site.id).problems == [], "\(site.id)") }
        for site in province.branches {
            let own = try site.store.verify(for: site.id).digest
            #expect(try own == province.hub.store.verify(for: site.id).digest, "\(site.id)")
        }
    }

    @Test(
        "a standby comes to hold everything, what was there before it too, and nobody else holds any more than before")
    func holdsEverything() throws {
        let count = ReplicationLimits.entitiesEnteredInTurn * 2 + 10
        let before = try (0..<count).map { try province.ticket(at: $0 % 2 == 0 ? first : second) }
        try province.converge()
        let standby = try province.enrolStandby()
        let after = try province.ticket(at: first)
        try province.converge()
        try province.write(TestProvince.note("later"), on: before[1], at: second)
        try province.converge()
        try province.checkAgreement()
        try checkProofs()
        for ticket in [before[0], before[1], before[count - 1], after] {
            #expect(try province.title(of: ticket, at: standby) == "broken line")
        }
        #expect(try province.state(before[1], at: standby).notes == 1)
        #expect(try second.store.row(before[0]) == nil)
        standby.wantsProof = true
        #expect(try province.exchange(.poll, standby)?.isProved == true)
    }

    @Test("no turn of the hub's writer enters more than its share, and nothing is queued that is not read")
    func entersInTurns() throws {
        let limit = ReplicationLimits.entitiesEnteredInTurn
        for _ in 0..<limit * 2 { _ = try province.ticket(at: first) }
        try province.converge()
        let standby = try province.enrolStandby()
        try province.exchange(.hello, standby)
        for _ in 0..<3 {
            let message = try province.prepare(.poll, at: standby)
            _ = try province.deliver(message.bytes, from: standby)
            let peer = try #require(try province.hub.store.peer(site: standby.id))
            #expect(try province.hub.store.unread(by: peer, atMost: 4 * limit) <= limit + 9)
        }
        try province.converge()
        try province.checkAgreement()
    }

    @Test("a standby takes no work, and what a damaged one sends all the same is refused")
    func takesNoWork() throws {
        let standby = try province.enrolStandby()
        let ticket = try province.ticket(at: first)
        try province.converge()
        #expect(failure { try province.write(TestProvince.note("mine"), on: ticket, at: standby) } == .refused)
        #expect(failure { try province.ticket(at: standby) } == .refused)
        try standby.database.run("UPDATE life SET is_standby = 0")
        try province.write(TestProvince.note("mine"), on: ticket, at: standby)
        try province.converge()
        #expect(try province.state(ticket, at: province.hub).notes == 0)
        #expect(try province.refusals(of: ticket, at: province.hub).first?.contains("takes no work") == true)
    }

    @Test("a revoked standby is told nothing more; enrolled again, it is told what it has missed")
    func revoked() throws {
        let standby = try province.enrolStandby()
        let ticket = try province.ticket(at: first)
        try province.converge()
        try province.hub.session { try $0.revoke(standby.id, actor: "operator", at: province.now) }
        try province.write(TestProvince.note("canary-note"), on: ticket, at: first)
        let hidden = try province.ticket(at: second)
        try province.converge(without: [standby.id])
        #expect(failure { try province.exchange(.poll, standby) } == .refused)
        #expect(!province.hasSent("canary-note", to: standby))
        try province.hub.session { try $0.restoreAccess(of: standby.id, actor: "operator", at: province.now) }
        try province.converge()
        try province.checkAgreement()
        #expect(try province.title(of: hidden, at: standby) == "broken line")
        #expect(try province.state(ticket, at: standby).notes == 1)
    }

    @Test("a standby that joins anew with an empty database is told of everything once more")
    func joinsAnew() throws {
        let standby = try province.enrolStandby()
        let tickets = try [first, second].map { try province.ticket(at: $0) }
        try province.converge()
        let origin = province.drawOrigin()
        let fresh = try province.replace(standby, origin: origin)
        try province.converge()
        try province.checkAgreement()
        for ticket in tickets { #expect(try province.title(of: ticket, at: fresh) == "broken line") }
    }

    @Test("a standby counts as a witness, and without it nothing is final where fewer than three others count")
    func witness() throws {
        let standby = try province.enrolStandby()
        try province.converge()
        let ticket = try province.ticket(at: first)
        let asked = OnceRequest(purpose: "refund", key: "k", amount: 1)
        let request = try province.write(.request(asked), on: ticket, at: first).change.reference
        try province.converge()
        _ = try province.hub.session {
            try $0.decide(request, .granted, reason: "", actor: "one", hubKey: Self.hubKey, at: province.now)
        }
        try province.converge(without: [standby.id])
        #expect(try province.state(ticket, at: province.hub).answer(to: request) == nil)
        try province.converge()
        #expect(try province.state(ticket, at: province.hub).answer(to: request)?.outcome == .granted)
        try province.checkAgreement()
    }

    @Test("a copy is erased once the standby has read everything of it, though the new owner is away, and not before")
    func secondHolder() throws {
        let standby = try province.enrolStandby()
        let file = TestFile(bytes: AttachmentLimits.bytesFetchedUnasked + 3)
        let ticket = try province.ticket(at: first)
        try province.attach(file, to: ticket, at: first)
        try province.converge()
        #expect(try province.content(file, of: ticket, at: standby) == file.content)
        try province.write(TestProvince.home(second), on: ticket, at: first)
        try province.sync(first)
        #expect(try first.store.row(ticket)?.isWithdrawn == true)
        try province.sync(standby)
        try province.sync(first)
        #expect(try first.store.row(ticket) == nil)
        #expect(try province.chunkCount(at: first) == 0)
        try province.converge()
        try province.checkAgreement()
    }

    @Test("a hub built anew gets back what only the standby held, and takes nothing from it", arguments: [0, 1, 2])
    func rebuilt(_ order: Int) throws {
        let standby = try province.enrolStandby()
        // So many that the standby lists them in several parts.
        for _ in 0..<(order == 0 ? ReplicationLimits.entitiesInList / 8 : 0) { _ = try province.ticket(at: first) }
        let ticket = try province.ticket(at: first)
        let onlyAtHub = province.newTicket()
        let edits: [Edit] = [
            .create(Creation(state: "new", label: "T")), .assign(TestDomain.title, .text("nobody's")),
        ]
        try province.write(edits, on: onlyAtHub, at: province.hub)
        try province.converge()
        try province.rebuildHub()
        let callers = [[standby, first, second], [first, standby, second], [second, first, standby]][order]
        let sent = province.answers.count
        for site in callers + callers { try province.recover(site) }
        try province.converge()
        try province.checkAgreement()
        try checkProofs()
        #expect(try province.title(of: onlyAtHub, at: province.hub) == "nobody's")
        #expect(try province.title(of: ticket, at: standby) == "broken line")
        let entries = try province.answers[sent...].filter { $0.site == standby.id }.flatMap {
            try ExchangeAnswer(encoded: $0.bytes).entries
        }
        let withdrawn = entries.contains { if case .withdraw = $0.content { true } else { false } }
        #expect(!withdrawn)
    }
}
