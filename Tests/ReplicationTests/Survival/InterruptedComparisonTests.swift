import Testing

@testable import Replication

/// A comparison may be cut off at any step, its site be replaced before it was heard, and what did not differ goes on.
struct InterruptedComparisonTests {
    private let province: TestProvince
    private let first: TestSite
    private let second: TestSite

    init() throws {
        province = try TestProvince(branches: 2, hubKey: Array("a hub key of thirty-two bytes....".utf8))
        first = province.branches[0]
        second = province.branches[1]
        try province.converge()
    }

    @Test(
        "a site whose comparison in a new epoch was cut off opens anew, and the hub does not take itself for put back")
    func cutOff() throws {
        let copy = try province.hub.backUp()
        let ticket = try province.ticket(at: first)
        try province.sync(first)
        try province.hub.putBack(copy)
        try province.hub.begin()
        try province.beginEpoch()
        _ = try province.exchange(.hello, first)
        _ = try province.exchange(.compare, first)
        let applied = try province.exchange(.hello, first)
        #expect(applied?.mustCompare == true)
        #expect(try province.hub.life().doubt == "")
        try province.recover(first)
        try province.recover(second)
        try province.converge()
        #expect(try province.state(ticket, at: province.hub).exists)
        try province.checkAgreement()
    }

    @Test("what a put-back branch held as the hub does is told of what others do to it afterwards")
    func goesOn() throws {
        let quiet = try province.ticket(at: first, sharedWith: [second])
        try province.converge()
        let copy = try first.backUp()
        _ = try province.ticket(at: first)
        try province.sync(first)
        try first.putBack(copy)
        try first.begin()
        try first.renew(province.drawOrigin(), at: province.now)
        try province.recover(first)
        try province.sync(first)
        try province.write(TestProvince.note("after the comparison"), on: quiet, at: second)
        try province.sync(second)
        try province.sync(first)
        #expect(try province.state(quiet, at: first).notes == 1)
    }

    @Test("what was to enter anew before a site was compared, and what the comparison finds equal, is shown there")
    func enteredBefore() throws {
        let ticket = try province.ticket(at: first)
        try province.converge()
        let copy = try province.hub.backUp()
        try province.write(TestProvince.note("lost with the hub's disk"), on: ticket, at: first)
        try province.converge()
        try province.hub.putBack(copy)
        try province.hub.begin()
        try province.beginEpoch()
        try province.hub.session { session in
            if let peer = try session.store.peer(site: first.id) { try session.enterAnew(peer) }
        }
        try province.recover(first)
        try province.recover(second)
        try province.converge()
        #expect(try first.store.row(ticket)?.isWithdrawn == false)
        #expect(try first.store.incompleteEntities() == 0)
        try province.checkAgreement()
    }

    @Test("a site that had never called when a new epoch began is compared when it calls")
    func firstCallInNewEpoch() throws {
        let third = try province.enrol("branch-3", origin: OriginID(raw: 0xC3))
        let ticket = try province.ticket(at: first, sharedWith: [third])
        try province.sync(first)
        try province.hub.putBack(try province.hub.backUp())
        try province.hub.begin()
        try province.beginEpoch()
        // Its first poll tells it to compare.
        for site in [first, second, third, third] { try province.recover(site) }
        try province.converge()
        #expect(try province.hub.store.peers().allSatisfy(\.isCompared))
        #expect(try third.store.row(ticket)?.isWithdrawn == false)
        try province.checkAgreement()
    }

    @Test("a machine that had joined and never called when the hub was lost is compared when it calls the rebuilt one")
    func firstCallOfRebuilt() throws {
        let third = try province.enrol("branch-3", origin: OriginID(raw: 0xC3))
        try province.sync(first)
        try province.rebuildHub()
        try province.recover(first)
        for site in [third, second, third, first] { try province.recover(site) }
        try province.converge()
        #expect(try province.hub.store.peers().allSatisfy(\.isCompared))
        #expect(try province.hub.life().isGathering == false)
        try province.checkAgreement()
    }

    /// From a copy that is as good as the lost disk was; a new epoch begins on it.
    private func putHubBack() throws {
        try province.hub.putBack(try province.hub.backUp())
        try province.hub.begin()
        try province.beginEpoch()
    }

    @Test("what has moved away while a site was not compared yet is withdrawn from it when it is")
    func movedMeanwhile() throws {
        let ticket = try province.ticket(at: first, sharedWith: [second])
        try province.converge()
        try putHubBack()
        try province.recover(second)
        try province.write(TestProvince.home(second), on: ticket, at: second)
        try province.sync(second)
        #expect(try province.state(ticket, at: province.hub)[TestDomain.home] == .text(second.id.text))
        try province.recover(first)
        try province.sync(first)
        #expect(try first.store.row(ticket)?.isWithdrawn ?? true)
    }

    @Test("what moves away when a site has said what it holds is withdrawn all the same, and nothing queued is sent")
    func movedInBetween() throws {
        let ticket = try province.ticket(at: first, sharedWith: [second])
        try province.converge()
        try putHubBack()
        try province.recover(second)
        _ = try province.exchange(.hello, first)
        while try [.due, .streams, .buckets].contains(first.life().comparing) {
            _ = try province.exchange(.compare, first)
        }
        let sent = province.answers.count
        try province.write(TestProvince.note("not for the first"), on: ticket, at: second)
        try province.write(TestProvince.home(second), on: ticket, at: second)
        try province.sync(second)
        try province.recover(first)
        try province.sync(first)
        #expect(try first.store.row(ticket)?.isWithdrawn ?? true)
        #expect(!province.hasSent("not for the first", to: first, from: sent))
    }

    @Test("a put-back branch whose own changes have come back compares once more without taking them for what it wrote")
    func comparedAgain() throws {
        let ticket = try province.ticket(at: first, sharedWith: [second])
        try province.converge()
        let copy = try first.backUp()
        for number in 0..<3 { try province.write(TestProvince.note("lost \(number)"), on: ticket, at: first) }
        try province.converge()
        try first.putBack(copy)
        try first.begin()
        try first.renew(province.drawOrigin(), at: province.now)
        try province.recover(first)
        try province.converge()
        #expect(try province.state(ticket, at: first).notes == 3)
        try first.renew(province.drawOrigin(), at: province.now)
        first.isOpen = false
        try province.recover(first)
        try province.converge()
        #expect(try province.state(ticket, at: first).notes == 3)
        #expect(try province.state(ticket, at: province.hub).notes == 3)
        try province.checkAgreement()
    }

    @Test(
        "what a disk has damaged, be it beyond reading, is not brought to a hub that has lost it, and all the rest is",
        arguments: [true, false])
    func damaged(isReadable: Bool) throws {
        let tickets = try [province.ticket(at: first, title: "a"), province.ticket(at: first, title: "b")]
        let shared = try province.ticket(at: second, sharedWith: [first], title: "c")
        try province.converge()
        let body = try first.store.database.first(
            "SELECT body FROM log WHERE entity = (SELECT number FROM entity WHERE id = ?)", tickets[0].bytes
        ) { $0.blob(0) }
        var damaged = try #require(body)
        // Read or not it is not what was written; of so many origins a change can have seen nothing.
        if isReadable { damaged[damaged.count - 1] ^= 1 } else { damaged[0] = 0x7F }
        try first.store.database.run(
            "UPDATE log SET body = ? WHERE entity = (SELECT number FROM entity WHERE id = ?)", damaged,
            tickets[0].bytes)
        try province.rebuildHub()
        try province.recover(first)
        #expect(try province.title(of: shared, at: province.hub) == "c")
        try province.recover(second)
        let exists = try province.hub.store.row(tickets[0])?.state.exists ?? false
        #expect(!exists)
        #expect(try province.title(of: tickets[1], at: province.hub) == "b")
    }

    @Test("what has been entered and is listed once more, equal by now, is shown when its entry has been read")
    func enteredAndEqual() throws {
        let ticket = try province.ticket(at: first)
        try province.converge()
        try putHubBack()
        try province.recover(second)
        // Its history has gone to the site, and the answer that said so was lost.
        try province.hub.session { session in
            let peer = try #require(try session.store.peer(site: first.id))
            let row = try #require(try session.store.row(ticket))
            let number = session.nextNumber()
            try session.queue(
                FeedEntry(number: number, content: .enter(row.id, sum: .zero)), for: peer.number, entity: row.number)
            try session.database.run(
                "UPDATE member SET enter = ? WHERE entity = ? AND site = ?", number, row.number, peer.number)
        }
        try province.recover(first)
        try province.converge()
        #expect(try first.store.row(ticket)?.isWithdrawn == false)
    }

    @Test("a site that is declared lost in the midst of comparing goes on, and what only it holds comes back with it")
    func declaredLost() throws {
        let copy = try province.hub.backUp()
        let ticket = try province.ticket(at: second, sharedWith: [first])
        try province.converge()
        try province.write(TestProvince.note("its own"), on: ticket, at: first)
        try province.sync(first)
        try province.hub.putBack(copy)
        try province.hub.begin()
        try province.beginEpoch()
        _ = try province.exchange(.hello, first)
        while try first.life().comparing != .returning { _ = try province.exchange(.compare, first) }
        for site in province.branches {
            try province.hub.session { try $0.declareLost(site.id, actor: "operator", at: province.now) }
        }
        try province.recover(first)
        #expect(try province.title(of: ticket, at: province.hub) == "broken line")
        #expect(try province.state(ticket, at: province.hub).notes == 1)
        #expect(try province.hub.store.peer(site: first.id)?.isLost == false)
        #expect(try province.hub.store.hasUncompared() == false)
    }

    @Test("a machine that takes the place of one that the new epoch had not heard is not waited for")
    func replaced() throws {
        let shared = try province.ticket(at: first, sharedWith: [second])
        try province.converge()
        try province.rebuildHub()
        try province.recover(first)
        let fresh = try province.replace(second, origin: OriginID(raw: 0xC2))
        #expect(try province.hub.life().isGathering == false)
        try province.recover(fresh)
        try province.recover(first)
        try province.converge()
        #expect(try fresh.store.row(shared)?.isWithdrawn == false)
        try province.checkAgreement()
    }
}
