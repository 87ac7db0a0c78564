import Foundation
import Hashing
import SQLite
import Testing

@testable import Replication

/// What a site holds is proved against what the hub has, and what differs heals and is told.
struct ProofTests {
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
        try province.write(TestProvince.note("one"), on: ticket, at: other)
        for _ in 0..<20 { _ = try province.ticket(at: branch) }
        try province.converge()
    }

    private func prove() throws -> Bool? {
        branch.wantsProof = true
        defer { branch.wantsProof = false }
        let applied = try province.exchange(.poll, branch)
        if applied?.mustCompare ?? false { try province.compare(branch) }
        return applied?.isProved
    }

    private func heal() throws {
        try province.converge()
        #expect(try prove() == true)
        try province.checkAgreement()
        #expect(try branch.store.verify(for: branch.id).problems == [])
    }

    @Test("two that agree prove it, also while changes are on their way up")
    func agreement() throws {
        #expect(try prove() == true)
        try province.write(TestProvince.note("not sent yet"), on: ticket, at: branch)
        #expect(try prove() == true)
        #expect(try branch.store.incidents(limit: 1).isEmpty)
    }

    @Test("a change that is missing is found, told, and fetched")
    func missing() throws {
        try branch.database.execute(
            """
            DELETE FROM log WHERE position = (SELECT last FROM entity WHERE id = (SELECT id FROM entity
                WHERE kind = 16 ORDER BY number LIMIT 1));
            UPDATE entity SET last = 1, folded = 0, state = NULL, sum = zeroblob(16)
                WHERE number = (SELECT min(number) FROM entity WHERE kind = 16);
            """)
        let exchanges = province.exchanges
        #expect(try prove() == false)
        #expect(province.exchanges - exchanges <= 8)
        #expect(try branch.store.incidents(limit: 9).contains { $0.kind == "proof failed" })
        try heal()
    }

    @Test(
        "what a disk damages is found by the next round of checks, and comes back from the hub",
        arguments: [
            "UPDATE log SET body = x'00' WHERE position = (SELECT max(position) FROM log WHERE condition = 1)",
            "UPDATE log SET hash = zeroblob(16) WHERE position = (SELECT max(position) FROM log WHERE condition = 1)",
            "UPDATE entity SET sum = zeroblob(16) WHERE number = (SELECT max(number) FROM entity)",
            "UPDATE log SET body = substr(body, 1, length(body) - 1) || x'FF' WHERE condition = 1 AND stamp > 0",
        ] as [SQL])
    func damaged(_ damage: SQL) throws {
        try branch.database.execute(damage)
        let found = try branch.session { try $0.recheck(atMost: 1_000, fresh: province.drawOrigin(), at: province.now) }
        #expect(found > 0)
        try province.recover(branch)
        try heal()
        #expect(try branch.store.incidents(limit: 99).contains { $0.kind == "damage" })
        #expect(
            try branch.session { try $0.recheck(atMost: 1_000, fresh: province.drawOrigin(), at: province.now) } == 0)
    }

    @Test("a change that is damaged before it was sent is given up, and everything else arrives")
    func damagedUnsent() throws {
        try province.write(TestProvince.note("will rot"), on: ticket, at: branch)
        let position = try branch.database.first("SELECT max(position) FROM log") { $0.int64(0) }
        try province.write(TestProvince.note("stays"), on: ticket, at: branch)
        try branch.database.run("UPDATE log SET body = x'00' WHERE position = ?", position)
        _ = try branch.session { try $0.recheck(atMost: 1_000, fresh: province.drawOrigin(), at: province.now) }
        try province.recover(branch)
        try heal()
        #expect(try province.state(ticket, at: province.hub).notes == 2)
    }

    @Test("a damaged hash of a change that was not sent is righted by the next round, and nothing is given up")
    func damagedHashUnsent() throws {
        try province.write(TestProvince.note("whole"), on: ticket, at: branch)
        let origin = try branch.store.life().origin
        try branch.database.run("UPDATE log SET hash = zeroblob(16) WHERE position = (SELECT max(position) FROM log)")
        #expect(
            try branch.session { try $0.recheck(atMost: 1_000, fresh: province.drawOrigin(), at: province.now) } == 1)
        try heal()
        #expect(try branch.store.life().origin == origin)
        #expect(try province.state(ticket, at: province.hub).notes == 2)
    }

    @Test("an entity whose row the disk has given another name comes again, and nobody asks for it without end")
    func damagedName() throws {
        var file = try branch.backUp()
        // In the row the name stands behind the kind, in the index before it.
        let places = file.indices.dropFirst().filter {
            file[$0 - 1] == 16 && file[$0...].starts(with: ticket.bytes)
        }
        let place = try #require(places.first)
        file[place + 7] ^= 0x40
        try file.write(to: URL(fileURLWithPath: branch.path))
        try branch.restart()
        for _ in 0..<2 {
            _ = try branch.session { try $0.recheck(atMost: 1_000, fresh: province.drawOrigin(), at: province.now) }
            try province.recover(branch)
        }
        try heal()
        #expect(try branch.store.row(ticket)?.isWithdrawn == false)
        #expect(try branch.database.first("SELECT count(*) FROM wanted") { $0.int(0) } == 0)
        #expect(try branch.database.first("PRAGMA integrity_check") { $0.text(0) } == "ok")
        #expect(try branch.store.incidents(limit: 99).contains { $0.text.contains("index") })
    }

    @Test("where two rows have come to one name, that is told once, and the round goes on")
    func twoRowsOfOneName() throws {
        var file = try branch.backUp()
        // In the index the name stands before the kind.
        let places = file.indices.filter {
            file[$0...].starts(with: ticket.bytes) && file[$0 + 16] == 16 && file[$0 - 1] != 16
        }
        file[try #require(places.first) + 7] ^= 0x40
        try file.write(to: URL(fileURLWithPath: branch.path))
        try branch.restart()
        try branch.session { session in
            var row = try session.store.rowOrNew(ticket)
            try session.store.save(&row)
        }
        for _ in 0..<3 {
            _ = try branch.session { try $0.recheck(atMost: 1_000, fresh: province.drawOrigin(), at: province.now) }
        }
        #expect(try branch.store.incidents(limit: 99).count { $0.text.contains("not where its index") } == 1)
    }

    @Test("a damaged change that was sent leaves no hole in its stream, should the hub be lost before it comes back")
    func noHole() throws {
        for number in 0..<5 { try province.write(TestProvince.note("note \(number)"), on: ticket, at: branch) }
        try province.sync(branch)
        let origin = try branch.store.life().origin
        try branch.database.run(
            "UPDATE log SET body = x'00' WHERE sequence = 3 AND origin = ?", try branch.store.originNumber(origin))
        _ = try branch.session { try $0.recheck(atMost: 1_000, fresh: province.drawOrigin(), at: province.now) }
        try province.rebuildHub()
        branch.isOpen = false
        other.isOpen = false
        try province.recoverAll()
        #expect(try province.hub.store.tip(of: origin) == branch.store.tip(of: origin))
        #expect(try branch.store.life().origin == origin)
    }

    @Test("a hash is not made to fit a change that the disk has damaged")
    func damagedTime() throws {
        try province.write(TestProvince.note("at its time"), on: ticket, at: branch)
        try province.sync(branch)
        let position = try branch.database.first("SELECT max(position) FROM log") { $0.int64(0) }
        let sent = try branch.store.entry(at: #require(position))
        try branch.database.run("UPDATE log SET stamp = stamp + 65536 WHERE position = ?", position)
        _ = try branch.session { try $0.recheck(atMost: 1_000, fresh: province.drawOrigin(), at: province.now) }
        try province.recover(branch)
        try heal()
        #expect(try branch.store.entry(of: #require(sent).change.reference)?.change == sent?.change)
    }

    @Test("a site that was away longer than its feed is kept compares, and keeps what it has not sent")
    func droppedFeed() throws {
        try province.write(TestProvince.note("of the other"), on: ticket, at: other)
        try province.sync(other)
        try province.write(TestProvince.note("not sent"), on: ticket, at: branch)
        province.now += 40 * 86_400_000
        let dropped = try province.hub.session { try $0.boundFeeds(at: province.now) }
        #expect(dropped.contains(branch.id))
        #expect(try province.hub.database.first("SELECT count(*) FROM feed WHERE site <> 0") { $0.int(0) } == 0)
        try province.recover(branch)
        try province.recover(other)
        try heal()
        #expect(try province.state(ticket, at: province.hub).notes == 3)
        #expect(try province.state(ticket, at: branch).notes == 3)
    }
}
