import Testing

@testable import Replication

/// A hub that is made of a standby goes on where the lost one was, as far as the standby and the branches know.
struct PromotionTests {
    private static let hubKey = Array("a hub key of thirty-two bytes....".utf8)

    private let province: TestProvince
    private let first: TestSite
    private let second: TestSite
    private let standby: TestSite

    init() throws {
        province = try TestProvince(branches: 2, hubKey: Self.hubKey)
        first = province.branches[0]
        second = province.branches[1]
        standby = try province.enrolStandby()
        try province.converge()
    }

    private func decide(_ request: ChangeReference, at hub: TestSite? = nil) throws -> Decision {
        try (hub ?? province.hub).session {
            try $0.decide(request, .granted, reason: "", actor: "one", hubKey: Self.hubKey, at: province.now)
        }
    }

    private func ask(_ key: String, at site: TestSite) throws -> (ticket: EntityID, request: ChangeReference) {
        let ticket = try province.ticket(at: site)
        let asked = OnceRequest(purpose: "refund", key: key, amount: 1)
        let request = try province.write(.request(asked), on: ticket, at: site).change.reference
        try province.converge()
        return (ticket, request)
    }

    private func isGranted(_ asked: (ticket: EntityID, request: ChangeReference), at site: TestSite) throws -> Bool {
        try province.state(asked.ticket, at: site).answer(to: asked.request)?.outcome == .granted
    }

    @Test("nothing is lost that the standby or a branch held, files and tickets of nobody's included")
    func nothingLost() throws {
        let tickets = try [
            province.ticket(at: first), province.ticket(at: second), province.ticket(at: first, sharedWith: [second]),
        ]
        let file = TestFile(bytes: 200_000)
        try province.attach(file, to: tickets[0], at: first)
        let onlyAtHub = province.newTicket()
        let edits: [Edit] = [
            .create(Creation(state: "new", label: "T")), .assign(TestDomain.title, .text("nobody's")),
        ]
        try province.write(edits, on: onlyAtHub, at: province.hub)
        try province.converge()
        // What the hub had admitted and the standby had not read, and what never left its branch.
        try province.write(TestProvince.note("not at the standby"), on: tickets[1], at: second)
        try province.sync(second)
        try province.write(TestProvince.note("never sent"), on: tickets[2], at: first)
        let states = try [tickets[0], tickets[1], onlyAtHub].map { try province.state($0, at: province.hub).encoded }
        try province.promote(standby)
        #expect(try province.hub.life().isGathering)
        #expect(try province.content(file, of: tickets[0], at: province.hub) == file.content)
        try province.recoverAll()
        #expect(try province.hub.life().isGathering == false)
        for (ticket, state) in zip([tickets[0], tickets[1], onlyAtHub], states) {
            #expect(try province.state(ticket, at: province.hub).encoded == state)
        }
        #expect(try province.state(tickets[2], at: second).notes == 1)
        try province.checkAgreement()
        for site in province.sites { #expect(try site.store.verify(for: site.id).problems == [], "\(site.id)") }
        #expect(try province.hub.store.directoryEntry(of: standby.id)?.isRevoked == true)
        #expect(try province.hub.store.standbys().isEmpty)
    }

    @Test("what was written before a ticket's leaving was heard counts, though only the promoted hub is told of it")
    func writtenBeforeLeaving() throws {
        let ticket = try province.ticket(at: first, sharedWith: [second])
        try province.converge()
        try province.write(TestProvince.home(second), on: ticket, at: second)
        try province.write(TestProvince.note("not heard yet"), on: ticket, at: first)
        try province.sync(second)
        try province.exchange(.poll, first)
        #expect(try first.store.row(ticket)?.isWithdrawn == true)
        try province.promote(standby)
        // The new owner comes first: the promoted hub withdraws the ticket from a site that it has not heard yet.
        try province.recover(second)
        try province.recover(first)
        try province.recoverAll()
        #expect(try province.state(ticket, at: province.hub).notes == 1)
        #expect(try province.hub.store.refusals(limit: 9).isEmpty)
    }

    @Test("what was refused and what waited comes back from its authors, and is not judged otherwise")
    func verdicts() throws {
        let ticket = try province.ticket(at: first)
        try province.converge()
        first.domain = TestDomain.permissive
        try province.write(TestProvince.title("forbidden"), on: ticket, at: first)
        second.domain = TestDomain.upgraded
        let other = try province.ticket(at: second)
        try province.converge()
        try second.session { session in session.life.hubProtocol = .max }
        try province.write(.assign(TestDomain.later, .integer(1)), on: other, at: second)
        try province.converge()
        #expect(try province.waitingCount() == 1)
        try province.promote(standby)
        #expect(try province.waitingCount() == 0)
        try province.recoverAll()
        #expect(try province.refusals(of: ticket, at: province.hub).count == 1)
        #expect(try province.refusals(of: ticket, at: first).count == 1)
        #expect(try province.waitingCount() == 1)
    }

    @Test("what was granted is not granted again, and only what is not recorded as sent is uncertain")
    func effects() throws {
        let asked = try ["a", "b", "c"].map { try ask($0, at: first) }
        for item in asked.prefix(2) { _ = try decide(item.request) }
        try province.converge()
        let pending = try province.hub.store.effects(in: .pending)
        #expect(pending.count == 2)
        try province.hub.session { try $0.mark(.sent, pending[0], at: province.now) }
        try province.converge()
        // Its marker is with the sites, and the hub dies before it answers.
        _ = try decide(asked[2].request)
        for site in province.branches { try province.exchange(.poll, site) }
        #expect(try !isGranted(asked[2], at: province.hub))
        let uncertain = try province.promote(standby)
        #expect(uncertain.map(\.key) == [pending[1].key])
        try province.recoverAll()
        for item in asked { _ = try decide(item.request) }
        try province.converge()
        for item in asked { #expect(try isGranted(item, at: province.hub)) }
        #expect(try province.hub.store.effects(in: .sent).map(\.key) == [pending[0].key])
        #expect(try province.hub.store.effects(in: .pending).isEmpty)
        #expect(try province.hub.store.effects(in: .uncertain).count == 2)
        let again = try ask("a", at: second)
        guard case .answered(let answer) = try decide(again.request) else {
            Issue.record("a key was granted twice")
            return
        }
        #expect(answer.outcome == .refused)
        try province.converge()
        try province.checkAgreement()
    }

    @Test("what was granted when the standby had not read it is uncertain too, once a branch has brought it")
    func grantedUnread() throws {
        let asked = try ask("a", at: first)
        _ = try decide(asked.request)
        // All have passed the marker; only the branches read the answer, and that it was sent nobody.
        for site in [standby, first, second] { for _ in 0..<2 { try province.exchange(.poll, site) } }
        try province.converge(without: [standby.id])
        #expect(try isGranted(asked, at: first) && !isGranted(asked, at: standby))
        let effect = try #require(try province.hub.store.effects(in: .pending).first)
        #expect(try province.promote(standby).isEmpty)
        try province.recoverAll()
        #expect(try province.hub.store.effects(in: .uncertain).map(\.key) == [effect.key])
    }

    @Test("effects that were sent before there was a standby are recorded when it is entered in the directory")
    func sentBefore() throws {
        let province = try TestProvince(branches: 1, hubKey: Self.hubKey)
        try province.converge()
        let site = province.branches[0]
        let ticket = try province.ticket(at: site)
        let asked = OnceRequest(purpose: "refund", key: "k", amount: 1)
        let request = try province.write(.request(asked), on: ticket, at: site).change.reference
        try province.converge()
        _ = try province.hub.session {
            try $0.decide(request, .granted, reason: "", actor: "one", hubKey: Self.hubKey, at: province.now)
        }
        try province.converge()
        let effect = try #require(try province.hub.store.effects(in: .pending).first)
        try province.hub.session { try $0.mark(.sent, effect, at: province.now) }
        let standby = try province.enrolStandby()
        try province.converge()
        try province.checkAgreement()
        #expect(try province.promote(standby).isEmpty)
    }

    @Test("of the old hub and the promoted one, both alive, only one can decide a key, whichever sites each reaches")
    func twoHubs() throws {
        let asked = try ask("k", at: first)
        let old = province.hub
        try province.promote(standby)
        // The old hub takes the key, and has lost the witness that it would need.
        #expect(try decide(asked.request, at: old) == .marked)
        #expect(failure { try decide(asked.request) } == .behind)
        try province.recover(first)
        #expect(failure { try decide(asked.request) } == .behind)
        // The second site still follows the old hub, and is the only one that does.
        let promoted = province.hub
        province.succeedHub(with: old, made: standby)
        try province.sync(second)
        try province.sync(second)
        #expect(try !isGranted(asked, at: old))
        // The first has followed the higher epoch and proves it: the old hub steps down.
        first.isOpen = false
        #expect(failure { try province.exchange(.hello, first) } == .foreign)
        #expect(try old.life().doubt.contains("epoch"))
        #expect(failure { try decide(asked.request, at: old) } == .behind)
        province.succeedHub(with: promoted, made: standby)
        try province.recoverAll()
        // The second site has brought the old hub's marker along.
        _ = try decide(asked.request)
        try province.converge()
        #expect(try isGranted(asked, at: promoted))
        #expect(try !isGranted(asked, at: old))
        #expect(try promoted.store.effects(in: .uncertain).count == 1)
        #expect(try old.store.effects(in: .pending).isEmpty)
        try province.checkAgreement()
    }

    @Test("with another's key nothing that the province wrote is believed")
    func wrongKey() throws {
        try province.converge()
        let fresh = try province.newDatabase(of: "hub", origin: OriginID(raw: 0xBAD), in: "/bad", isHub: true)
        fresh.sealKey = Array("another key".utf8)
        try fresh.session {
            try $0.beginEpoch(
                atLeast: 2, random: 1, origin: OriginID(raw: 0xBAE), because: "A test", actor: "one", at: province.now)
        }
        let part = try #require(try standby.store.admittedChanges(after: 0))
        try fresh.session { try $0.takeOver(part.changes, from: standby.id, at: province.now) }
        #expect(try fresh.store.directory().isEmpty)
        #expect(try standby.store.differences(from: fresh.store) > 0)
    }
}
