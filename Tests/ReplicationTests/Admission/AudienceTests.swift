import Testing

@testable import Replication

struct AudienceTests {
    @Test("a site is not sent a change that was queued for it before the entity left it")
    func emptied() throws {
        let province = try TestProvince(branches: 2)
        let (one, two) = (province.branches[0], province.branches[1])
        let ticket = try province.ticket(at: one, sharedWith: [two])
        try province.converge()
        for number in 0..<5 { try province.write(TestProvince.note("canary \(number)"), on: ticket, at: one) }
        try province.sync(one)
        try province.write(.remove(TestDomain.collaborators, .text(two.id.text)), on: ticket, at: one)
        try province.sync(one)
        try province.converge()
        try province.checkAgreement()
        #expect(!province.hasSent("canary", to: two))
        #expect(try province.isGone(ticket, at: two))
        #expect(failure { try province.write(TestProvince.note("x"), on: ticket, at: two) } == .notFound)
        let peer = try #require(try province.hub.store.peer(site: two.id))
        #expect(try two.life().cursor.chain == peer.feed)
    }

    @Test("emptied entries keep their place in the chain for a site that has read them and one that has not")
    func emptiedAfterReading() throws {
        let province = try TestProvince(branches: 2)
        let (one, two) = (province.branches[0], province.branches[1])
        let ticket = try province.ticket(at: one, sharedWith: [two])
        try province.converge()
        try province.write(TestProvince.note("read"), on: ticket, at: one)
        try province.sync(one)
        // Applied at the branch, not yet acknowledged to the hub, and then emptied there.
        try province.exchange(.poll, two)
        #expect(try province.state(ticket, at: two).notes == 1)
        try province.write(.remove(TestDomain.collaborators, .text(two.id.text)), on: ticket, at: one)
        try province.converge()
        try province.checkAgreement()
    }

    @Test("edits made before the withdraw was heard are admitted; what a site sends as made later is refused")
    func beforeAndAfter() throws {
        let province = try TestProvince(branches: 2)
        let (one, two) = (province.branches[0], province.branches[1])
        let ticket = try province.ticket(at: one, sharedWith: [two])
        try province.converge()
        try province.write(.remove(TestDomain.collaborators, .text(two.id.text)), on: ticket, at: one)
        try province.sync(one)
        try province.write(TestProvince.note("before"), on: ticket, at: two)
        try province.exchange(.poll, two)
        try province.exchange(.poll, two)
        #expect(try province.isGone(ticket, at: two))
        try two.database.run("UPDATE entity SET is_withdrawn = 0")
        let late = try province.write(TestProvince.note("after"), on: ticket, at: two)
        try province.exchange(.push, two)
        #expect(try province.state(ticket, at: province.hub).notes == 1)
        let row = try #require(try province.hub.store.row(ticket))
        let refusals = try province.hub.store.refusals(of: row.number)
        #expect(refusals.map(\.entry.change.reference) == [late.change.reference])
    }

    @Test("a ticket that goes away and comes back within one batch is not locked at its author")
    func thereAndBack() throws {
        let province = try TestProvince(branches: 2)
        let (one, two) = (province.branches[0], province.branches[1])
        let ticket = try province.ticket(at: one)
        try province.write(TestProvince.home(two), on: ticket, at: one)
        try province.write(TestProvince.home(one), on: ticket, at: one)
        try province.converge()
        try province.checkAgreement()
        #expect(try one.store.row(ticket)?.isWithdrawn == false)
        try province.write(TestProvince.note("still ours"), on: ticket, at: one)
    }

    @Test("a ticket opened for another site is that site's, and is locked at the one that opened it")
    func openedForAnother() throws {
        let province = try TestProvince(branches: 2)
        let (one, two) = (province.branches[0], province.branches[1])
        let ticket = province.newTicket()
        try province.write([.create(Creation(state: "new")), TestProvince.home(two)], on: ticket, at: one)
        try province.converge()
        try province.checkAgreement()
        #expect(try province.isGone(ticket, at: one))
        #expect(try province.state(ticket, at: two).exists)
    }

    @Test("two sites that create one entity end with one entity, and neither edit is lost")
    func createdTwice() throws {
        let province = try TestProvince(branches: 2)
        let ticket = province.newTicket()
        for site in province.branches {
            let edits: [Edit] = [
                .create(Creation(state: "new", label: site.id.text)), TestProvince.home(province.branches[0]),
                .add(TestDomain.collaborators, .text("branch-2")), TestProvince.note("from \(site.id)"),
            ]
            try province.write(edits, on: ticket, at: site)
        }
        try province.converge()
        try province.checkAgreement()
        let state = try province.state(ticket, at: province.branches[1])
        #expect(state.notes == 2)
        #expect(state.creation?.label == "branch-1")
    }
}
