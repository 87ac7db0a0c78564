import Foundation
import Testing

@testable import Replication

/// When a ticket leaves a site's scope the copy goes too, bytes and all, once another place is sure to have it.
struct EraseTests {
    private let province: TestProvince
    private let first: TestSite
    private let second: TestSite
    private static let canary = "canary-8f31-broken-line"

    init() throws {
        province = try TestProvince(branches: 2)
        first = province.branches[0]
        second = province.branches[1]
        try province.converge()
    }

    /// Whether the bytes of a text are anywhere in a site's files.
    private func holdsBytes(_ text: String, at site: TestSite) throws -> Bool {
        try site.wipe()
        return ["", "-wal"].contains { suffix in
            guard let data = FileManager.default.contents(atPath: site.path + suffix) else { return false }
            return data.range(of: Data(text.utf8)) != nil
        }
    }

    private func moved() throws -> EntityID {
        let ticket = try province.ticket(at: first, title: Self.canary)
        try province.write(TestProvince.note("\(Self.canary) note"), on: ticket, at: first)
        try province.converge()
        try province.write(TestProvince.home(second), on: ticket, at: first)
        return ticket
    }

    @Test("a ticket that has moved is erased where it was, and not a byte of it stays")
    func bytesGo() throws {
        let ticket = try moved()
        #expect(try holdsBytes(Self.canary, at: first))
        try province.converge()
        #expect(try first.store.row(ticket) == nil)
        #expect(try !holdsBytes(Self.canary, at: first))
        #expect(try province.title(of: ticket, at: second) == Self.canary)
        try province.checkAgreement()
        #expect(try first.store.verify(for: first.id).problems == [])
    }

    @Test("nothing is erased while the new owner has not the whole history")
    func waitsForSecondHolder() throws {
        let ticket = try moved()
        try province.sync(first)
        #expect(try first.store.row(ticket)?.isWithdrawn == true)
        #expect(try holdsBytes(Self.canary, at: first))
        try province.sync(second)
        try province.sync(first)
        #expect(try !holdsBytes(Self.canary, at: first))
    }

    @Test("what a site that was declared lost has read is no second copy, until it is back")
    func lostHolder() throws {
        let ticket = try moved()
        try province.exchange(.push, first)
        try province.sync(second)
        try province.hub.session { try $0.declareLost(second.id, actor: "operator", at: province.now) }
        try province.sync(first)
        #expect(try first.store.row(ticket)?.isWithdrawn == true)
        #expect(try holdsBytes(Self.canary, at: first))
        try province.recover(second)
        try province.converge()
        #expect(try first.store.row(ticket) == nil)
        #expect(try province.title(of: ticket, at: second) == Self.canary)
    }

    @Test("edits made before the withdraw was heard are at the hub before the copy is erased")
    func offlineEditsSurvive() throws {
        let ticket = try moved()
        try province.exchange(.push, first)
        try province.sync(second)
        try province.write(TestProvince.note("made before it heard"), on: ticket, at: first)
        try province.exchange(.poll, first)
        try province.exchange(.poll, first)
        try province.converge()
        #expect(try first.store.row(ticket) == nil)
        #expect(try province.state(ticket, at: second).notes == 2)
    }

    @Test("the verdict on an edit of what has left is told once more when the feed that it stood in was dropped")
    func droppedVerdict() throws {
        let ticket = try moved()
        try province.exchange(.push, first)
        try province.write(TestProvince.note("made before it heard"), on: ticket, at: first)
        try province.exchange(.push, first)
        #expect(try province.hub.session { try $0.boundFeeds(at: province.now, entries: 0) }.contains(first.id))
        try province.recoverAll()
        #expect(try first.store.row(ticket) == nil)
        #expect(try province.state(ticket, at: second).notes == 2)
        try province.checkAgreement()
    }

    @Test("so is that on a change of an earlier life, whose stream had been settled before")
    func droppedVerdictOfEarlierLife() throws {
        let ticket = try province.ticket(at: first, title: Self.canary)
        try province.converge()
        try province.write(TestProvince.note("not sent yet"), on: ticket, at: first)
        let copy = try first.backUp()
        try province.exchange(.push, first)
        try province.write(TestProvince.home(second), on: ticket, at: province.hub)
        try province.converge()
        try first.putBack(copy)
        try first.renew(province.drawOrigin(), at: province.now)
        try province.exchange(.hello, first)
        try province.compare(first)
        #expect(try province.hub.session { try $0.boundFeeds(at: province.now, entries: 0) }.contains(first.id))
        try province.recoverAll()
        #expect(try first.store.row(ticket) == nil)
        #expect(try province.state(ticket, at: second).notes == 1)
        try province.checkAgreement()
    }

    @Test("a ticket that comes back after its erase comes back whole, and the stream of its site proves itself")
    func comesBack() throws {
        let ticket = try moved()
        try province.converge()
        try province.write(TestProvince.home(first), on: ticket, at: second)
        try province.converge()
        #expect(try province.title(of: ticket, at: first) == Self.canary)
        #expect(try second.store.row(ticket) == nil)
        try province.write(TestProvince.note("back again"), on: ticket, at: first)
        try province.converge()
        try province.checkAgreement()
        for site in province.sites { #expect(try site.store.verify(for: site.id).problems == []) }
    }

    @Test("what stands in the place of what was erased is not listed when its site compares")
    func erasedNotListed() throws {
        _ = try moved()
        try province.converge()
        let number = try #require(try first.store.number(of: SiteStore.erasedEntity))
        #expect(try first.session { try $0.store.extendBuckets() })
        let isListed = try first.store.database.first("SELECT 1 FROM bucket WHERE entity = ?", number) { _ in true }
        #expect(isListed == nil)
    }

    @Test("a request whose ticket was erased is not carried out a second time")
    func keyOfErased() throws {
        let ticket = try province.ticket(at: first, title: Self.canary)
        let key = IdempotencyKey(client: "counter", key: "k", content: [1])
        try province.write(TestProvince.note("once"), on: ticket, at: first, key: key)
        try province.converge()
        try province.write(TestProvince.home(second), on: ticket, at: first)
        try province.converge()
        #expect(try first.store.row(ticket) == nil)
        let again = try province.write(TestProvince.note("once"), on: ticket, at: first, key: key)
        #expect(again.isReplay && again.change.entity == ticket)
        try province.converge()
        #expect(try province.state(ticket, at: second).notes == 1)
    }

    @Test("a request of a database that was replaced is not carried out a second time after its ticket was erased")
    func keyOfErasedAfterReplacement() throws {
        let ticket = try province.ticket(at: first, title: Self.canary)
        let key = IdempotencyKey(client: "counter", key: "k", content: [1])
        let once = try province.write(TestProvince.note("once"), on: ticket, at: first, key: key)
        try province.converge()
        let fresh = try province.replace(first, origin: OriginID(raw: 0xD1))
        try province.converge()
        try province.write(TestProvince.home(second), on: ticket, at: fresh)
        try province.converge()
        #expect(try fresh.store.row(ticket) == nil)
        // Number and hash stay, as of what its present database has written.
        #expect(try fresh.store.condition(of: once.change.reference)?.hash == once.change.hash)
        let again = try province.write(TestProvince.note("once"), on: ticket, at: fresh, key: key)
        #expect(again.isReplay && again.change.entity == ticket)
        try province.converge()
        #expect(try province.state(ticket, at: second).notes == 1)
    }

    @Test("a hub that is rebuilt fills the place of what was erased with what the new owner has")
    func rebuiltOverStubs() throws {
        let province = try TestProvince(branches: 2, hubKey: Array("key".utf8))
        let (first, second) = (province.branches[0], province.branches[1])
        let ticket = try province.ticket(at: first)
        try province.converge()
        try province.write(TestProvince.home(second), on: ticket, at: first)
        try province.converge()
        #expect(try first.store.row(ticket) == nil)
        let state = try province.state(ticket, at: province.hub).encoded
        for order in [[first, second], [second, first]] {
            try province.rebuildHub()
            for site in order + order { try province.recover(site) }
            try province.converge()
            #expect(try province.state(ticket, at: province.hub).encoded == state)
            try province.checkAgreement()
        }
    }
}
