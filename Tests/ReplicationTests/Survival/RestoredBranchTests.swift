import SQLite
import Testing

@testable import Replication

/// A branch put back from a backup, or copied, heals by itself: nothing that a surviving disk holds is lost, and
/// nothing is there twice.
struct RestoredBranchTests {
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
    }

    private func note(_ text: String, at site: TestSite) throws {
        try province.write(TestProvince.note(text), on: ticket, at: site)
    }

    private func notes(at site: TestSite) throws -> [String] {
        guard let row = try site.store.row(ticket) else { return [] }
        return try site.store.entries(of: row.number).flatMap { entry in
            entry.change.edits.compactMap { edit in
                if case .note(let note) = edit { note.text } else { nil }
            }
        }.sorted()
    }

    private func settle() throws {
        try province.recover(branch)
        try province.converge()
        try province.recover(branch)
        try province.checkAgreement()
    }

    @Test("what a branch sent after its backup comes back to it from the hub")
    func lostChangesComeBack() throws {
        let copy = try branch.backUp()
        try note("sent after the backup", at: branch)
        try province.sync(branch)
        try branch.putBack(copy)
        try branch.begin()
        try settle()
        #expect(try notes(at: branch) == ["sent after the backup"])
        #expect(try notes(at: province.hub) == ["sent after the backup"])
    }

    @Test("what the hub had told a branch after its backup comes back to it")
    func lostNewsComesBack() throws {
        let copy = try branch.backUp()
        try note("of the other", at: other)
        try province.converge()
        try branch.putBack(copy)
        try branch.begin()
        try settle()
        #expect(try notes(at: branch) == ["of the other"])
    }

    @Test(
        "what a put-back branch writes under numbers that were used is issued again, once, and what it lost comes back",
        arguments: [(1, 1), (1, 3), (3, 1), (2, 2)])
    func forkedWritesAreIssuedAgain(_ lost: Int, _ written: Int) throws {
        let copy = try branch.backUp()
        for number in 0..<lost { try note("lost \(number)", at: branch) }
        try province.sync(branch)
        try branch.putBack(copy)
        try branch.begin()
        for number in 0..<written { try note("new \(number)", at: branch) }
        try settle()
        let expected = (0..<lost).map { "lost \($0)" } + (0..<written).map { "new \($0)" }
        #expect(try notes(at: branch) == expected)
        #expect(try notes(at: province.hub) == expected)
        #expect(try notes(at: other) == expected)
    }

    @Test("what two databases that were put back from one copy issue again is there once", arguments: [false, true])
    func putBackTwice(_ hasWrittenMore: Bool) throws {
        let first = try branch.backUp()
        try note("sent before all", at: branch)
        try province.sync(branch)
        try branch.putBack(first)
        try branch.begin()
        try note("unsent", at: branch)
        try note("unsent too", at: branch)
        let second = try branch.backUp()
        if hasWrittenMore { try note("of the first", at: branch) }
        try settle()
        try branch.putBack(second)
        try branch.begin()
        if hasWrittenMore { try note("of the second", at: branch) }
        try settle()
        let expected =
            (hasWrittenMore ? ["of the first", "of the second"] : []) + [
                "sent before all", "unsent", "unsent too",
            ]
        #expect(try notes(at: province.hub) == expected)
        #expect(try notes(at: branch) == expected)
        #expect(try notes(at: other) == expected)
    }

    @Test("a branch that was put back along with its hub uses no number again of which another site has a copy")
    func putBackAlongWithItsHub() throws {
        let (copy, hubCopy) = (try branch.backUp(), try province.hub.backUp())
        try note("sent after both backups", at: branch)
        try province.converge()
        try province.hub.putBack(hubCopy)
        try province.beginEpoch()
        try branch.putBack(copy)
        try branch.begin()
        for _ in 0..<2 { for site in [other, branch] { try province.recover(site) } }
        try note("written since", at: branch)
        try settle()
        for site in [province.hub, branch, other] {
            #expect(try notes(at: site) == ["sent after both backups", "written since"])
        }
    }

    @Test("a branch whose side file gave it away writes on at once under a new origin, and all of it arrives once")
    func renewsOffline() throws {
        let old = try branch.life().origin
        try note("unsent at the backup", at: branch)
        let copy = try branch.backUp()
        try note("sent after it", at: branch)
        try province.sync(branch)
        try branch.putBack(copy)
        try branch.begin()
        try branch.renew(province.drawOrigin(), at: province.now)
        #expect(try branch.life().origin != old)
        try note("written with the line down", at: branch)
        try settle()
        let expected = ["sent after it", "unsent at the backup", "written with the line down"]
        #expect(try notes(at: branch) == expected)
        #expect(try notes(at: province.hub) == expected)
    }

    @Test("a branch put back behind a change of which only its backup holds a copy sends it under its old number")
    func onlyCopyIsSent() throws {
        try note("unsent", at: branch)
        let copy = try branch.backUp()
        try branch.putBack(copy)
        try branch.begin()
        try branch.renew(province.drawOrigin(), at: province.now)
        try branch.renew(province.drawOrigin(), at: province.now)
        try settle()
        #expect(try notes(at: province.hub) == ["unsent"])
    }

    @Test("changes whose times the first life corrected before it sent them are not issued a second time")
    func correctedTimesAreKnownAgain() throws {
        try branch.restart(ahead: 3 * 3_600_000)
        try note("stamped three hours ahead", at: branch)
        try note("and one more", at: branch)
        let copy = try branch.backUp()
        try province.sync(branch)
        try branch.putBack(copy)
        try branch.begin()
        try branch.renew(province.drawOrigin(), at: province.now)
        try settle()
        #expect(try notes(at: province.hub) == ["and one more", "stamped three hours ahead"])
        #expect(try notes(at: branch) == ["and one more", "stamped three hours ahead"])
    }

    @Test("a stream whose times were put right keeps its digests, so that later questions need not go over all of it")
    func digestsOfCorrectedTimes() throws {
        let origin = try branch.store.life().origin
        try branch.restart(ahead: 3 * 3_600_000)
        for number in 0..<600 { try note("stamped three hours ahead, \(number)", at: branch) }
        let copy = try branch.backUp()
        try province.sync(branch)
        try branch.putBack(copy)
        try branch.begin()
        try branch.renew(province.drawOrigin(), at: province.now)
        try settle()
        let kept = try branch.store.database.all(
            "SELECT position FROM checkpoint WHERE origin = ? ORDER BY position", try branch.store.originNumber(origin)
        ) { $0.uint64(0) }
        #expect(kept == [256, 512])
        let middle = try branch.store.chains(of: origin, at: [100, 256, 300, 301, 600])
        #expect(middle == (try [100, 256, 300, 301, 600].map { try branch.store.chain(of: origin, at: $0) }))
        #expect(middle == (try [100, 256, 300, 301, 600].map { try province.hub.store.chain(of: origin, at: $0) }))
    }

    /// The second of five changes is damaged, the hub lost and built anew from its branches.
    private func rebuild(after damage: SQL) throws -> OriginID {
        let notes = (0..<5).map { "before the hub was lost \($0)" }
        for text in notes { try note(text, at: branch) }
        try province.sync(branch)
        let origin = try branch.store.life().origin
        try branch.store.database.run(damage, try branch.store.originNumber(origin))
        try province.rebuildHub()
        try province.recover(branch)
        try province.recover(other)
        _ = try branch.session { try $0.recheck(atMost: 1_000, fresh: province.drawOrigin(), at: province.now) }
        try province.recover(branch)
        try note("after it", at: branch)
        try province.sync(branch)
        #expect(try province.hub.store.tip(of: origin) == branch.store.tip(of: origin))
        return origin
    }

    private func incidents(at site: TestSite) throws -> [String] { try site.store.incidents(limit: 9).map(\.kind) }

    @Test("a damaged hash is righted where the digests prove its change, and the change is not lost with the hub")
    func damagedHash() throws {
        let origin = try rebuild(after: "UPDATE log SET hash = zeroblob(16) WHERE origin = ? AND sequence = 2")
        let change = ChangeReference(origin: origin, sequence: 2)
        #expect(try province.hub.store.entry(of: change)?.change == branch.store.entry(of: change)?.change)
        #expect(try notes(at: province.hub).count == 6)
        #expect(try incidents(at: branch).contains("damage"))
        #expect(try !incidents(at: branch).contains("digests made anew"))
    }

    @Test("where nothing proves a damaged change its place is kept, and hub and branch come to the same digests")
    func damagedPlace() throws {
        let origin = try rebuild(
            after: "UPDATE log SET hash = zeroblob(16), body = x'00' WHERE origin = ? AND sequence = 2")
        #expect(try province.hub.store.entry(of: ChangeReference(origin: origin, sequence: 3)) != nil)
        #expect(try incidents(at: branch).contains("digests made anew"))
    }

    @Test("what was refused after the backup is refused at the put-back branch too")
    func verdictsComeAgain() throws {
        branch.domain = TestDomain.permissive
        try province.write(TestProvince.title("forbidden"), on: ticket, at: branch)
        try note("beside it", at: branch)
        let copy = try branch.backUp()
        try province.sync(branch)
        try branch.putBack(copy)
        try branch.begin()
        try branch.renew(province.drawOrigin(), at: province.now)
        try settle()
        #expect(try province.title(of: ticket, at: branch) == "broken line")
        #expect(try province.refusals(of: ticket, at: branch).count == 1)
        #expect(try notes(at: branch) == ["beside it"])
    }

    @Test("a ticket that left the branch after its backup is withdrawn from it again")
    func leftAgain() throws {
        try province.write(
            .remove(TestDomain.collaborators, .text(other.id.text)), on: ticket, at: branch)
        let copy = try branch.backUp()
        try province.write(TestProvince.home(other), on: ticket, at: branch)
        try province.converge()
        #expect(try province.isGone(ticket, at: branch))
        try branch.putBack(copy)
        try branch.begin()
        try branch.renew(province.drawOrigin(), at: province.now)
        // More than it had written under its old origin when it locked its copy there.
        let made = (0..<9).map { "made before it heard \($0)" }
        for text in made { try note(text, at: branch) }
        try settle()
        #expect(try province.isGone(ticket, at: branch))
        #expect(try notes(at: province.hub) == made)
    }

    @Test("a ticket that was still unsent in the backup, and has left the branch since, is withdrawn from it again")
    func unsentAndGone() throws {
        let moved = try province.ticket(at: branch, title: "unsent at the backup")
        let copy = try branch.backUp()
        try province.write(TestProvince.home(other), on: moved, at: branch)
        try province.converge()
        try branch.putBack(copy)
        try branch.begin()
        try branch.renew(province.drawOrigin(), at: province.now)
        try settle()
        #expect(try province.isGone(moved, at: branch))
        #expect(try province.title(of: moved, at: other) == "unsent at the backup")
    }

    @Test(
        "what a put-back branch had written with a clock a year ahead gets the present time, and harms nobody's clock")
    func yearAhead() throws {
        try branch.restart(ahead: 365 * 86_400_000)
        for text in ["first", "second"] { try note(text, at: branch) }
        let copy = try branch.backUp()
        try branch.putBack(copy)
        try branch.begin()
        try branch.renew(province.drawOrigin(), at: province.now)
        try settle()
        #expect(try notes(at: province.hub) == ["first", "second"])
        let latest = province.now + ReplicationLimits.aheadMilliseconds
        #expect(try province.hub.life().clock.highest.milliseconds <= latest)
        #expect(try other.life().clock.highest.milliseconds <= latest)
    }

    @Test("a site cannot have more lives than may be named")
    func livesMax() throws {
        for number in 0..<ReplicationLimits.originsOfSite {
            _ = try province.hub.store.originNumber(OriginID(raw: 0xE000 + UInt64(number)), site: branch.id)
        }
        try branch.renew(province.drawOrigin(), at: province.now)
        try province.exchange(.hello, branch)
        #expect(
            throws: ReplicationError.self,
            performing: { try province.exchange(.compare, branch) })
    }

    @Test("two databases of one identity: both are heard, and one is told that it is not the one that is fed")
    func clones() throws {
        let copy = try branch.backUp()
        let clone = try province.newDatabase(of: branch.id.text, origin: OriginID(raw: 0xC1), in: "/clone")
        try clone.putBack(copy)
        try branch.restart(start: 2)
        try clone.begin(start: 2)
        try province.exchange(.hello, branch)
        try note("of the branch", at: branch)
        try province.exchange(.push, branch)
        try note("of the clone", at: clone)
        try province.recover(clone)
        try note("more of the branch", at: branch)
        try province.exchange(.push, branch)
        let told = failure { try province.exchange(.poll, branch) }
        #expect(told == .superseded)
        try province.sync(clone)
        let expected = ["more of the branch", "of the branch", "of the clone"]
        #expect(try notes(at: province.hub) == expected)
        #expect(try notes(at: clone) == expected)
        #expect(try province.hub.store.incidents(limit: 9).contains { $0.kind == "new origin" })
    }

    @Test("a comparison may lose any of its messages, and goes on after a restart")
    func comparisonIsResumable() throws {
        for text in ["one", "two"] { try note(text, at: branch) }
        let copy = try branch.backUp()
        try note("three", at: branch)
        try province.sync(branch)
        for exchange in 1...14 {
            for kind in TestProvince.Fault.allCases {
                try branch.putBack(copy)
                try branch.begin()
                try branch.renew(province.drawOrigin(), at: province.now)
                try note("\(kind) \(exchange)", at: branch)
                province.exchanges = 0
                province.fault = (exchange, kind)
                _ = try? province.exchange(.hello, branch)
                if exchange.isMultiple(of: 3) { try branch.restart() }
                _ = try? province.exchange(.hello, branch)
                try province.compare(branch)
                province.fault = nil
                try settle()
            }
        }
        #expect(try notes(at: province.hub).count == 3 + 14 * TestProvince.Fault.allCases.count)
    }

    private func failure(_ body: () throws -> Void) -> ReplicationError.Kind? {
        do {
            try body()
            return nil
        } catch { return (error as? ReplicationError)?.kind }
    }
}
