import Foundation
import SQLite
import Testing

@testable import Replication

/// A new machine that begins with a file instead of an empty database.
struct SnapshotTests {
    private let province: TestProvince
    private let first: TestSite
    private let second: TestSite

    init() throws {
        province = try TestProvince(branches: 2)
        first = province.branches[0]
        second = province.branches[1]
        try province.converge()
    }

    private static let fresh = OriginID(raw: 0xF1)

    /// Histories that were sent to a site from an answer on.
    private func histories(to site: TestSite, from index: Int) throws -> Int {
        try province.answers[index...].filter { $0.site == site.id }
            .reduce(0) { try $0 + ExchangeAnswer(encoded: $1.bytes).histories.count }
    }

    @Test("a machine that begins with a snapshot holds what the hub holds, and no history is sent to it")
    func level() throws {
        for _ in 0..<20 { try province.ticket(at: first, sharedWith: [second]) }
        try province.converge()
        let snapshot = try province.snapshot(for: first.id)
        let before = province.answers.count
        let machine = try province.replace(first, origin: Self.fresh, with: snapshot)
        try province.recover(machine)
        try province.converge()
        try province.checkAgreement()
        #expect(try histories(to: machine, from: before) == 0)
        #expect(try machine.store.verify(for: machine.id).problems == [])
        #expect(try machine.store.verify(for: first.id).digest == province.hub.store.verify(for: first.id).digest)
    }

    @Test("what came after a snapshot was made comes to its machine, and what has left it since goes")
    func later() throws {
        let (kept, left) = (try province.ticket(at: first), try province.ticket(at: first, title: "leaves"))
        try province.converge()
        let snapshot = try province.snapshot(for: first.id)
        try province.write(TestProvince.title("corrected"), on: kept, at: first)
        try province.write(TestProvince.home(second), on: left, at: first)
        let new = try province.ticket(at: first, title: "new")
        try province.converge()
        let machine = try province.replace(first, origin: Self.fresh, with: snapshot)
        #expect(try province.title(of: kept, at: machine) == "broken line")
        try province.recover(machine)
        try province.converge()
        #expect(try province.title(of: kept, at: machine) == "corrected")
        #expect(try province.title(of: new, at: machine) == "new")
        #expect(try province.isGone(left, at: machine))
        try province.checkAgreement()
    }

    @Test("a machine that begins with a snapshot works before it has heard the hub")
    func worksAtOnce() throws {
        let ticket = try province.ticket(at: first)
        try province.converge()
        let machine = try province.replace(
            first, origin: Self.fresh, with: try province.snapshot(for: first.id))
        try province.write(TestProvince.title("by the new machine"), on: ticket, at: machine)
        try province.recover(machine)
        try province.converge()
        #expect(try province.title(of: ticket, at: province.hub) == "by the new machine")
        try province.checkAgreement()
    }

    @Test("of what a site may not see no byte is in its snapshot")
    func secrecy() throws {
        try province.ticket(at: first, title: "canary-of-the-first")
        try province.ticket(at: second, title: "canary-of-the-second")
        let moved = try province.ticket(at: first, title: "canary-that-moved")
        try province.converge()
        try province.write(TestProvince.home(second), on: moved, at: first)
        try province.converge()
        let bytes = try Data(contentsOf: URL(fileURLWithPath: try province.snapshot(for: first.id)))
        #expect(bytes.range(of: Data("canary-of-the-first".utf8)) != nil)
        for text in ["canary-of-the-second", "canary-that-moved"] {
            #expect(bytes.range(of: Data(text.utf8)) == nil, "\(text)")
        }
    }

    @Test("a refused change stays behind, and those before and after it lead to one another")
    func refused() throws {
        first.domain = TestDomain.permissive
        let (middle, end) = (try province.ticket(at: first), try province.ticket(at: first))
        try province.write(TestProvince.title("forbidden"), on: middle, at: first)
        try province.write(TestProvince.title("forbidden"), on: end, at: first)
        try province.converge()
        try province.write(TestProvince.note("after it"), on: middle, at: first)
        try province.converge()
        #expect(try province.refusals(of: middle, at: province.hub).count == 1)
        let snapshot = try province.snapshot(for: first.id)
        let bytes = try Data(contentsOf: URL(fileURLWithPath: snapshot))
        #expect(bytes.range(of: Data("forbidden".utf8)) == nil)
        let machine = try province.replace(first, origin: Self.fresh, with: snapshot)
        #expect(try machine.store.verify(for: machine.id).problems == [])
        try province.recover(machine)
        try province.converge()
        try province.checkAgreement()
        #expect(try province.state(middle, at: machine).notes == 1)
    }

    @Test("a request that a lost machine made is not carried out a second time by one that begins with a snapshot")
    func keys() throws {
        let ticket = try province.ticket(at: first)
        let key = IdempotencyKey(client: "counter", key: "k", content: [1])
        try province.write(TestProvince.note("once"), on: ticket, at: first, key: key)
        try province.converge()
        let machine = try province.replace(
            first, origin: Self.fresh, with: try province.snapshot(for: first.id))
        let again = try province.write(TestProvince.note("once"), on: ticket, at: machine, key: key)
        #expect(again.isReplay)
        try province.recover(machine)
        try province.converge()
        #expect(try province.state(ticket, at: province.hub).notes == 1)
    }

    @Test("what the lost machine held counts for nothing while its successor has not compared")
    func holdsNothingYet() throws {
        let ticket = try province.ticket(at: first, sharedWith: [second])
        try province.converge()
        let snapshot = try province.snapshot(for: second.id)
        _ = try province.replace(second, origin: Self.fresh, with: snapshot)
        let number = try #require(try province.hub.store.number(of: ticket))
        let whole = try province.hub.database.first(
            """
            SELECT is_whole FROM member JOIN peer ON peer.number = member.site WHERE entity = ? AND peer.site = ?
            """, number, second.id.text
        ) { $0.bool(0) }
        #expect(whole == false)
    }

    @Test("a snapshot in which a byte has changed founds nothing", arguments: ["body", "hash", "sum", "stamp"])
    func damaged(column: String) throws {
        try province.ticket(at: first)
        try province.converge()
        let snapshot = try province.snapshot(for: first.id)
        let database = try Database(path: snapshot, mode: .readWriteCreate)
        let damage: SQL =
            switch column {
            case "body": "UPDATE log SET body = zeroblob(length(body)) WHERE position > 3"
            case "hash": "UPDATE log SET hash = zeroblob(16) WHERE position > 3"
            case "sum": "UPDATE entity SET sum = zeroblob(16)"
            default: "UPDATE log SET stamp = stamp + 1"
            }
        #expect(try database.run(damage) > 0)
        database.close()
        #expect(failure { try province.replace(first, origin: Self.fresh, with: snapshot) } == .inconsistent)
        let again = try Database(path: province.folder + "/\(Self.fresh)/\(first.id).db", mode: .readWriteCreate)
        defer { again.close() }
        #expect(try again.first("SELECT 1 FROM life") { _ in true } == nil)
    }

    @Test("a snapshot is for one site and one epoch")
    func foreign() throws {
        try province.ticket(at: first)
        try province.converge()
        let snapshot = try province.snapshot(for: second.id)
        #expect(failure { try province.replace(first, origin: Self.fresh, with: snapshot) } == .foreign)
        let own = try province.snapshot(for: first.id)
        try province.beginEpoch()
        #expect(failure { try province.replace(first, origin: OriginID(raw: 0xF2), with: own) } == .foreign)
        // Others may know better of what is there than a hub that has lost it.
        #expect(failure { try province.snapshot(for: first.id) } == .refused)
    }

    @Test("there is no snapshot for a standby, nor for a site that nobody knows")
    func forBranchesOnly() throws {
        try province.enrol("standby", origin: OriginID(raw: 0xC1), isStandby: true)
        #expect(failure { try province.snapshot(for: SiteID("standby")) } == .refused)
        #expect(failure { try province.snapshot(for: SiteID("nobody")) } == .notFound)
    }

    @Test("a database that is none is told from a snapshot")
    func noSnapshot() throws {
        #expect(failure { try Snapshot(in: province.hub.database) } == .notFound)
    }
}
