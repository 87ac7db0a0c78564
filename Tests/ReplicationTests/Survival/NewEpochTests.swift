import Foundation
import Testing

@testable import Replication

/// A hub that was put back, or is built anew from nothing, gets back what its branches hold.
struct NewEpochTests {
    private let province: TestProvince
    private let first: TestSite
    private let second: TestSite

    init() throws {
        province = try TestProvince(branches: 2, hubKey: Array("a hub key of thirty-two bytes....".utf8))
        first = province.branches[0]
        second = province.branches[1]
        try province.converge()
    }

    private func digest(_ entity: EntityID, at site: TestSite) throws -> [UInt8] {
        try province.state(entity, at: site).encoded
    }

    private func recoverAll() throws {
        try province.recoverAll()
        try province.checkAgreement()
    }

    @Test("a hub put back finds out from the first branch that has heard more, and stops until its operator acts")
    func stops() throws {
        let copy = try province.hub.backUp()
        let ticket = try province.ticket(at: first)
        try province.sync(first)
        try province.hub.putBack(copy)
        try province.hub.begin()
        #expect(failure { try province.exchange(.hello, first) } == .behind)
        #expect(try province.hub.life().doubt.isEmpty == false)
        #expect(failure { try province.exchange(.hello, second) } == .behind)
        #expect(try province.state(ticket, at: first).exists)
    }

    @Test("a hub put back and begun anew gets back everything that its branches hold, verdicts included")
    func restored() throws {
        let shared = try province.ticket(at: first, sharedWith: [second])
        try province.converge()
        let copy = try province.hub.backUp()
        try province.write(TestProvince.note("after the backup"), on: shared, at: second)
        let later = try province.ticket(at: first, sharedWith: [second])
        first.domain = TestDomain.permissive
        try province.write(TestProvince.title("forbidden"), on: shared, at: first)
        try province.converge()
        try province.write(TestProvince.title("by the province"), on: later, at: province.hub)
        try province.converge()
        let states = try [shared, later].map { try digest($0, at: second) }
        try province.hub.putBack(copy)
        try province.hub.begin()
        try province.beginEpoch()
        try province.write(TestProvince.note("while it is away"), on: shared, at: first)
        try recoverAll()
        #expect(try digest(later, at: province.hub) == states[1])
        #expect(try province.state(shared, at: province.hub).notes == 2)
        #expect(try province.refusals(of: shared, at: province.hub).count == 1)
        #expect(try province.title(of: later, at: province.hub) == "by the province")
    }

    @Test("a hub built from nothing gets back the directory, the standards and every ticket that a branch holds")
    func rebuilt() throws {
        let tickets = try [
            province.ticket(at: first), province.ticket(at: second), province.ticket(at: first, sharedWith: [second]),
        ]
        try province.converge()
        try province.write(TestProvince.title("by the province"), on: tickets[2], at: province.hub)
        try province.converge()
        let states = try tickets.map { try digest($0, at: province.hub) }
        try province.rebuildHub()
        try recoverAll()
        for (ticket, state) in zip(tickets, states) { #expect(try digest(ticket, at: province.hub) == state) }
        #expect(try province.hub.store.directory().map(\.site.text) == ["hub", "branch-1", "branch-2"])
        #expect(try province.hub.life().cursor.epoch.number == 2)
        #expect(try province.hub.life().isGathering == false)
    }

    @Test("a ticket that had moved is entered nowhere while the site that may know better is not compared")
    func postponed() throws {
        let ticket = try province.ticket(at: first)
        try province.converge()
        let copy = try province.hub.backUp()
        try province.write(TestProvince.home(second), on: ticket, at: first)
        try province.converge()
        #expect(try province.isGone(ticket, at: first))
        try province.hub.putBack(copy)
        try province.hub.begin()
        try province.beginEpoch()
        let sent = province.answers.count
        // The hub still takes the ticket for the first branch's.
        try province.recover(first)
        #expect(!province.hasSent("broken line", to: first, from: sent))
        try recoverAll()
        #expect(try second.store.row(ticket)?.isWithdrawn == false)
        #expect(try province.isGone(ticket, at: first))
    }

    @Test("a branch that only says that the hub has lost something is refused, and stops nobody")
    func liar() throws {
        var hello = try province.prepare(.hello, at: first).request
        hello.receipt = nil
        for claim in 0..<3 {
            hello.number = first.nextNumber(.hello)
            switch claim {
            case 0: hello.acknowledged = Chain(number: 99, digest: .zero)
            case 1:
                let beyond = Chain(number: ReplicationLimits.sequenceMax, digest: .zero)
                hello.cursor = FeedCursor(epoch: hello.cursor.epoch, chain: beyond)
            default: hello.cursor = FeedCursor(epoch: Epoch(number: 7, random: 7), chain: .start)
            }
            let answer = try ExchangeAnswer(encoded: province.deliver(hello.encoded, from: first))
            #expect(answer.refusal?.kind == (claim == 2 ? .foreign : .behind))
        }
        #expect(try province.hub.life().doubt.isEmpty)
        _ = try province.ticket(at: second)
        try province.sync(second)
    }

    @Test("what a put-back hub wrote before it knew is written again, and what it had written before it was lost stays")
    func hubForked() throws {
        let ticket = try province.ticket(at: first, sharedWith: [second])
        try province.converge()
        let copy = try province.hub.backUp()
        try province.write(TestProvince.note("before it was lost"), on: ticket, at: province.hub)
        try province.sync(second)
        try province.hub.putBack(copy)
        try province.hub.begin()
        try province.write(TestProvince.note("before it knew"), on: ticket, at: province.hub)
        try province.sync(first)
        #expect(failure { try province.exchange(.hello, second) } == .behind)
        #expect(try province.hub.life().doubt.isEmpty == false)
        try province.beginEpoch()
        try recoverAll()
        for site in province.sites {
            #expect(try province.state(ticket, at: site).notes == 2, "\(site.id)")
            #expect(try site.store.verify(for: site.id).problems == [])
        }
    }

    @Test(
        "a branch put back unnoticed uses its numbers again while its hub is lost: the work of both its lives counts",
        arguments: [false, true])
    func bothLives(_ comesLast: Bool) throws {
        // So many that the hub still gathers when the second of them has called.
        let province = try TestProvince(branches: 5)
        let (first, second) = (province.branches[0], province.branches[1])
        try province.converge()
        let (ticket, lost, kept) = try twoLives(in: province)
        try province.beginEpoch()
        try province.recover(comesLast ? second : first)
        #expect(try province.hub.life().isGathering)
        try province.recoverAll()
        for site in [first, second, province.hub] {
            #expect(try province.state(ticket, at: site).notes == 3, "\(site.id)")
            #expect(try province.state(lost, at: site).exists, "\(site.id)")
        }
        for made in kept { #expect(try province.state(made, at: province.hub).exists) }
        for site in province.sites { #expect(try site.store.verify(for: site.id).problems == [], "\(site.id)") }
        #expect(try province.hub.store.hasWaiting() == false)
    }

    @Test("what an author's site was told is admitted stands, and what another brings is kept and can be reinstated")
    func admittedStands() throws {
        let (ticket, lost, kept) = try twoLives(in: province)
        let hubCopy = try province.hub.backUp()
        try province.beginEpoch()
        try province.recover(first)
        try province.hub.session {
            try $0.declareLost(second.id, actor: "operator", at: province.now)
        }
        for _ in 0..<2 { try province.recover(first) }
        #expect(try first.store.database.first("SELECT count(*) FROM log WHERE condition = 0", map: { $0.int(0) }) == 0)
        try province.hub.putBack(hubCopy)
        try province.hub.begin()
        for _ in 0..<2 { try province.beginEpoch() }
        try province.recover(second)
        try recoverAll()
        #expect(try province.state(ticket, at: second).notes == 2)
        #expect(try province.hub.store.refusals(limit: 10).map(\.entry.change.entity).contains(lost))
        for made in kept { #expect(try province.state(made, at: first).exists) }
        for site in province.sites { #expect(try site.store.verify(for: site.id).problems == []) }
    }

    /// A ticket of both sites, and one that was made in each life of the first under the same number, the first of them
    /// handed over to the other. The hub is put back to before all that.
    private func twoLives(
        in province: TestProvince
    ) throws -> (shared: EntityID, lost: EntityID, kept: [EntityID]) {
        let (first, second) = (province.branches[0], province.branches[1])
        let ticket = try province.ticket(at: first, sharedWith: [second])
        try province.converge()
        let hubCopy = try province.hub.backUp()
        let copy = try first.backUp()
        try province.write(TestProvince.note("its first life"), on: ticket, at: first)
        let lost = try province.ticket(at: first, sharedWith: [second])
        try province.converge()
        try first.putBack(copy)
        try first.begin()
        try province.write(TestProvince.note("its second life"), on: ticket, at: first)
        let kept = [try province.ticket(at: first), try province.ticket(at: first)]
        // Beyond what the first life has used: issued again as well, it must not count twice.
        try province.write(TestProvince.note("its second life goes on"), on: ticket, at: first)
        try province.hub.putBack(hubCopy)
        try province.hub.begin()
        return (ticket, lost, kept)
    }

    @Test("of two copies of a branch the one that a new hub hears later keeps the order of what it had done")
    func copiesAndNewHub() throws {
        let copy = try first.backUp()
        for _ in 0..<2 { _ = try province.ticket(at: first) }
        let other = try first.backUp()
        try first.putBack(copy)
        try first.begin()
        let ticket = try province.ticket(at: first, title: "early")
        try province.write(TestProvince.remark("early"), on: ticket, at: first)
        try province.write(TestProvince.title("late"), on: ticket, at: first)
        try province.converge()
        let heardLater = try first.backUp()
        try province.rebuildHub()
        try first.putBack(other)
        try first.begin()
        try recoverAll()
        try first.putBack(heardLater)
        try first.begin()
        try recoverAll()
        for site in [first, province.hub] {
            #expect(try province.title(of: ticket, at: site) == "late", "\(site.id)")
            #expect(try province.state(ticket, at: site)[TestDomain.remark] == .text("early"), "\(site.id)")
            #expect(try site.store.verify(for: site.id).problems == [])
        }
    }

    @Test(
        "a copy that writes on under numbers which the other one's work has at a new hub takes nothing away from it",
        arguments: [false, true])
    func copyWritesOn(_ isShared: Bool) throws {
        let ticket = try province.ticket(at: first, sharedWith: isShared ? [second] : [])
        try province.converge()
        let hubCopy = try province.hub.backUp()
        let copy = try first.backUp()
        for text in ["one", "two", "three"] {
            try province.write(TestProvince.note(text), on: ticket, at: first)
        }
        try province.converge()
        let fed = try first.backUp()
        try province.hub.putBack(hubCopy)
        try province.hub.begin()
        try province.beginEpoch()
        func work(on database: Data, _ text: String) throws -> Data {
            try first.putBack(database)
            try first.begin()
            try province.write(TestProvince.note(text), on: ticket, at: first)
            try province.exchange(.hello, first)
            if try first.life().comparing != .none { try province.compare(first) }
            try province.exchange(.push, first)
            return try first.backUp()
        }
        let other = try work(on: copy, "of the copy")
        try first.putBack(fed)
        try first.begin()
        try recoverAll()
        let recovered = try first.backUp()
        _ = try work(on: other, "of the copy again")
        try first.putBack(recovered)
        try first.begin()
        try recoverAll()
        #expect(try province.state(ticket, at: first).notes == 5)
        for site in province.sites { #expect(try site.store.verify(for: site.id).problems == []) }
    }

    @Test("a change that its author has not been told of, and that another brings back first, is there once")
    func broughtBackFirst() throws {
        let ticket = try province.ticket(at: first, sharedWith: [second])
        try province.converge()
        try province.write(TestProvince.note("admitted, and its author not told"), on: ticket, at: first)
        try province.exchange(.push, first)
        try province.sync(second)
        try province.rebuildHub()
        for site in [second, first, second] { try province.recover(site) }
        try province.converge()
        try province.checkAgreement()
        #expect(try province.state(ticket, at: province.hub).notes == 1)
        #expect(try first.life().backlog == 0)
        for site in province.sites { #expect(try site.store.verify(for: site.id).problems == []) }
    }

    @Test("what a branch invents as the province's is not believed")
    func forged() throws {
        let forged = Change(
            origin: OriginID(raw: 0xA0), sequence: 99, stamp: Stamp(milliseconds: province.now),
            entity: EntityID(kind: TestDomain.standard, high: 1, low: 1),
            edits: [.create(Creation(state: "", label: "")), .assign(TestDomain.title, .text("everything is free"))])
        try province.rebuildHub()
        try province.exchange(.hello, first)
        try province.hub.session { session in
            let peer = try #require(try session.store.peer(site: first.id))
            try session.takeReturned([forged], from: peer, at: province.now)
        }
        #expect(try province.hub.store.row(forged.entity) == nil)
        #expect(try province.hub.store.incidents(limit: 1).first?.kind == "not believed")
    }

    @Test("an epoch begun twice from one backup is told from the first by its number")
    func twice() throws {
        let copy = try province.hub.backUp()
        for _ in 0..<2 {
            try province.hub.putBack(copy)
            try province.hub.begin()
            try province.beginEpoch()
            try recoverAll()
        }
        #expect(try first.life().cursor.epoch.number == 3)
    }

    @Test("a site that is declared lost is not waited for, and is welcome when it comes back")
    func lost() throws {
        let ticket = try province.ticket(at: second)
        try province.converge()
        try province.rebuildHub()
        try province.recover(first)
        #expect(try province.hub.life().isGathering)
        try province.hub.session { try $0.declareLost(second.id, actor: "operator", at: province.now) }
        #expect(try province.hub.life().isGathering == false)
        let fresh = try province.ticket(at: first)
        try province.sync(first)
        #expect(try province.state(fresh, at: province.hub).exists)
        try recoverAll()
        #expect(try province.state(ticket, at: province.hub).exists)
    }

    @Test("a ticket that is brought back in parts goes to nobody who held nothing of it, until all are compared")
    func inParts() throws {
        let copy = try province.hub.backUp()
        let moved = try province.ticket(at: first)
        try province.converge()
        try province.write(TestProvince.home(second), on: moved, at: first)
        try province.converge()
        #expect(try first.store.row(moved) == nil)
        try province.hub.putBack(copy)
        try province.beginEpoch()
        try province.recover(first)
        let row = try #require(try second.store.row(moved))
        let creation = try #require(try second.store.entries(of: row.number).first).change
        let peer = try #require(try province.hub.store.peer(site: second.id))
        try province.hub.session { try $0.takeReturned([creation], from: peer, at: province.now) }
        try province.sync(first)
        #expect(try first.store.row(moved) == nil)
        try province.recover(second)
        try province.converge()
        #expect(try first.store.row(moved) == nil)
        #expect(try province.state(moved, at: province.hub).exists)
        try province.checkAgreement()
    }

    @Test("a ticket that left and came back, brought back in parts, is shown to the site that holds it whole")
    func leftAndBackInParts() throws {
        let copy = try province.hub.backUp()
        let moved = try province.ticket(at: first)
        try province.converge()
        try province.write(TestProvince.home(second), on: moved, at: first)
        try province.converge()
        try province.write(TestProvince.home(first), on: moved, at: second)
        try province.converge()
        let row = try #require(try first.store.row(moved))
        let changes = try first.store.entries(of: row.number).map(\.change)
        try province.hub.putBack(copy)
        try province.beginEpoch()
        try province.exchange(.hello, first)
        try province.exchange(.compare, first)
        let peer = try #require(try province.hub.store.peer(site: first.id))
        // The first part ends where the ticket had left.
        try province.hub.session { try $0.takeReturned(Array(changes.dropLast()), from: peer, at: province.now) }
        try province.recoverAll()
        #expect(try first.store.row(moved)?.isWithdrawn == false)
        try province.checkAgreement()
    }

    @Test("a new machine is not told what another, who is not compared yet, may know to have left it")
    func replacedMeanwhile() throws {
        let offered = try province.ticket(at: first, sharedWith: [second])
        try province.converge()
        try province.beginEpoch()
        let fresh = try province.replace(second, origin: province.drawOrigin())
        try province.recover(fresh)
        #expect(try fresh.store.row(offered) == nil)
        try province.recover(first)
        try province.converge()
        #expect(try fresh.store.row(offered)?.isWithdrawn == false)
        try province.checkAgreement()
    }

    @Test("a hub in a new epoch hands a ticket to nobody before the branch that has it, and may know better, is heard")
    func handedOnEarly() throws {
        let third = try province.enrol("third", origin: province.drawOrigin())
        try province.converge()
        let ticket = try province.ticket(at: first)
        try province.converge()
        try province.beginEpoch()
        try province.recover(third)
        try province.write(.add(TestDomain.collaborators, .text(third.id.text)), on: ticket, at: province.hub)
        try province.recover(third)
        #expect(try third.store.row(ticket) == nil)
        try province.recoverAll()
        #expect(try third.store.row(ticket)?.isWithdrawn == false)
        try province.checkAgreement()
    }

    @Test("what was let in while a new machine compared comes to it, though another site is still away")
    func letInWhileComparing() throws {
        let third = try province.enrol("third", origin: province.drawOrigin())
        try province.converge()
        let ticket = try province.ticket(at: first)
        try province.converge()
        try province.beginEpoch()
        let origin = province.drawOrigin()
        let fresh = try province.newDatabase(of: first.id.text, origin: origin, in: "/\(origin)")
        try province.hub.session {
            try $0.join(first.id, origin: origin, willCompare: true, actor: "operator", at: province.now)
        }
        try province.exchange(.hello, fresh)
        try province.exchange(.compare, fresh)
        try province.recover(third)
        try province.recover(fresh)
        try province.sync(fresh)
        #expect(try fresh.store.row(ticket)?.isWithdrawn == false)
        try province.recover(second)
        province.branches = [fresh, second, third]
        try province.recoverAll()
        try province.checkAgreement()
    }

    @Test(
        "what its author sends after it was compared is withdrawn from it, when others have brought back that it left",
        arguments: [false, true])
    func leftBeforeItWasHeard(_ isSentFirst: Bool) throws {
        let third = try province.enrol("third", origin: province.drawOrigin())
        try province.converge()
        let ticket = try province.ticket(at: first)
        // The hub takes it, and its author does not hear of that.
        _ = try province.deliver(try province.prepare(.push, at: first).bytes, from: first)
        try province.write(TestProvince.home(second), on: ticket, at: province.hub)
        try province.sync(second)
        try province.write(TestProvince.home(second), on: ticket, at: second)
        try province.sync(second)
        try province.rebuildHub()
        for site in [first, second, third] { site.isOpen = false }
        if isSentFirst {
            try province.recover(first)
            try province.recover(second)
        } else {
            try province.exchange(.hello, first)
            try province.compare(first)
            try province.recover(second)
            try province.recover(first)
        }
        try province.recover(third)
        try province.recoverAll()
        #expect(try province.state(ticket, at: second).exists)
        #expect(try province.isGone(ticket, at: first))
        try province.checkAgreement()
    }

    private func failure(_ body: () throws -> Void) -> ReplicationError.Kind? {
        do {
            try body()
            return nil
        } catch { return (error as? ReplicationError)?.kind }
    }
}
