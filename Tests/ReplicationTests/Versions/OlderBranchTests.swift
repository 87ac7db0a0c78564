import SQLite
import Testing

@testable import Replication

/// A branch runs a version older than its hub's and the other branches'.
@Suite("A branch one version older")
struct OlderBranchTests {
    private struct Stop: Error {}

    /// The tag of a note, which the older version does not know here.
    private static let tag = Edit.Tag.note.rawValue

    private let province: TestProvince
    private let newer: TestSite
    private let older: TestSite

    init() throws {
        province = try TestProvince(branches: 2, domain: TestDomain.upgraded)
        newer = province.branches[0]
        older = province.branches[1]
        try ShowingDomain.prepare(older.database)
        older.domain = ShowingDomain()
        try province.converge()
    }

    /// A ticket whose ninth change holds what the older branch does not know, so that it has stored what it made of it.
    private func ticket() throws -> EntityID {
        let ticket = try province.ticket(at: newer, sharedWith: [older])
        for number in 1...7 { try province.write(TestProvince.title("title \(number)"), on: ticket, at: newer) }
        try province.write(TestProvince.note("of a newer kind"), on: ticket, at: newer)
        try province.sync(newer)
        try province.readAsOlder(older, without: [Self.tag])
        return ticket
    }

    private func start(_ site: TestSite) throws -> Bool {
        try site.session { session in
            try session.startUp(
                site.start, contradiction: nil, fresh: session.life.origin, at: province.now)
            return session.hasMoreToFold
        }
    }

    @Test("keeps an edit that it does not know byte for byte, says so, and gives it back as it came")
    func keeps() throws {
        let ticket = try province.ticket(at: newer, sharedWith: [older])
        try province.converge()
        let change = try province.writeAsNewer(
            [TestProvince.unknownEdit, TestProvince.title("beside it")], on: ticket, at: newer)
        try province.converge()
        try province.admitAsNewer()
        try province.converge()

        let row = try #require(try older.store.row(ticket))
        #expect(row.state.hasUnknownEdits)
        #expect(row.state[TestDomain.title] == .text("beside it"))
        #expect(try row.sum == province.hub.store.row(ticket)?.sum)
        let kept = try #require(try older.store.entry(of: change.reference))
        #expect(kept.change.encoded == change.encoded && kept.hash == change.hash)

        var table = ByteWriter()
        ChangeTable.write(try older.store.changes(of: row.number), to: &table)
        var reader = ByteReader(table.bytes)
        let returned = try #require(try ChangeTable.read(from: &reader).first { $0.reference == change.reference })
        #expect(returned.encoded == change.encoded && returned.hash == change.hash)
        try province.checkAgreement()
    }

    @Test("goes on with what it does understand of the entity, and its own edits reach the others")
    func goesOn() throws {
        let ticket = try ticket()
        try province.write(TestProvince.remark("from the older one"), on: ticket, at: older)
        try province.exchange(.push, older)
        try province.sync(newer)
        #expect(try province.state(ticket, at: newer)[TestDomain.remark] == .text("from the older one"))
    }

    @Test("folds the entity again after its upgrade, shows it whole, and does so once")
    func foldsAgain() throws {
        let ticket = try ticket()
        #expect(try province.state(ticket, at: older).hasUnknownEdits)
        #expect(try older.shown(ticket)?.notes == 0)
        #expect(try province.notUnderstood(at: older) == 1)
        #expect(try !start(older))
        #expect(try province.state(ticket, at: older).notes == 0)

        try province.upgrade(older, to: ShowingDomain.upgraded)
        // Who reads it before it has been folded again is not shown less than there is.
        #expect(try province.state(ticket, at: older).encoded == province.state(ticket, at: newer).encoded)
        let version = try #require(try older.store.row(ticket)).version
        #expect(try !start(older))
        #expect(try older.shown(ticket)?.notes == 1)
        #expect(try province.notUnderstood(at: older) == 0)
        #expect(try older.store.row(ticket)?.version == version + 1)
        try province.checkAgreement()
        #expect(try older.store.verify(for: older.id).problems == [])
        #expect(try !start(older))
        #expect(try older.store.row(ticket)?.version == version + 1)
    }

    @Test("shows a kind and a field that it did not know after its upgrade")
    func kindAndField() throws {
        let entity = EntityID(kind: TestDomain.newer, high: 6, low: 6)
        try province.write(
            [
                .create(Creation(state: "new")), TestProvince.home(newer),
                .add(TestDomain.collaborators, .text(older.id.text)),
            ], on: entity, at: newer)
        let ticket = try province.ticket(at: newer, sharedWith: [older])
        try province.write(.assign(TestDomain.later, .text("news")), on: ticket, at: newer)
        try province.converge()
        #expect(try older.shown(entity) == nil)
        #expect(try older.shown(ticket)?.later == nil)
        #expect(try province.notUnderstood(at: older) == 2)

        try province.upgrade(older, to: ShowingDomain.upgraded)
        #expect(try !start(older))
        #expect(try older.shown(entity) != nil)
        #expect(try older.shown(ticket)?.later == "news")
        #expect(try province.notUnderstood(at: older) == 0)
    }

    @Test("folds again in turns, and goes on where it was when its process has ended in between")
    func inTurns() throws {
        let tickets = try (0..<4).map { _ in try ticket() }
        try province.upgrade(older, to: ShowingDomain.upgraded)
        #expect(try older.session { try $0.foldAgain(atMost: 9) })
        #expect(try province.notFoldedAgain(at: older) == 3)
        #expect(throws: Stop.self) {
            try older.session { session in
                _ = try session.foldAgain(atMost: 9)
                throw Stop()
            }
        }
        #expect(try province.notFoldedAgain(at: older) == 3)
        try older.restart()
        #expect(try older.session { try $0.foldAgain(atMost: 10) })
        #expect(try province.notFoldedAgain(at: older) == 1)
        #expect(try !start(older))
        for ticket in tickets { #expect(try older.shown(ticket)?.notes == 1) }
        try province.checkAgreement()
    }

    @Test("starts although an entity that it must fold again cannot be read, and folds the others")
    func damaged() throws {
        let tickets = try (0..<2).map { _ in try ticket() }
        let row = try #require(try older.store.row(tickets[0]))
        try older.database.run("UPDATE log SET body = ? WHERE position = ?", [9] as [UInt8], row.last)
        try province.upgrade(older, to: ShowingDomain.upgraded)
        #expect(try !start(older))
        #expect(try province.notFoldedAgain(at: older) == 0)
        #expect(try older.shown(tickets[1])?.notes == 1)
    }

    @Test("remembers what it still does not know after an upgrade, for the next one")
    func stillUnknown() throws {
        let ticket = try province.ticket(at: newer, sharedWith: [older])
        try province.writeAsNewer([TestProvince.unknownEdit], on: ticket, at: newer)
        try province.converge()
        try province.admitAsNewer()
        try province.converge()
        try province.upgrade(older, to: ShowingDomain.upgraded)
        #expect(try !start(older))
        #expect(try province.notUnderstood(at: older) == 1)
        #expect(try province.notFoldedAgain(at: older) == 0)
        #expect(try province.state(ticket, at: older).hasUnknownEdits)
    }
}
