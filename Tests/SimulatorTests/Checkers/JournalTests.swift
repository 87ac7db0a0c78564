import Replication
import Testing

@testable import Simulator

/// What a database that was put back issues again is known for what it was, and nothing else is.
struct JournalTests {
    private static let entity = EntityID(kind: EntityKind(rawValue: 16), high: 7, low: 9)
    private let journal = Journal(sites: 3)

    private func change(
        _ origin: UInt64, _ sequence: UInt64, _ text: String = "a note", seen: [(UInt64, UInt64)] = []
    ) -> Change {
        Change(
            origin: OriginID(raw: origin), sequence: sequence, stamp: Stamp(milliseconds: 5), entity: Self.entity,
            seen: VersionVector(seen.map { ChangeReference(origin: OriginID(raw: $0.0), sequence: $0.1) }),
            actor: "clerk", key: [1, 2], edits: [.note(Note(text: text))])
    }

    private func deed(_ change: Change) -> Deed? {
        journal.deed(
            .init(origin: change.origin.raw, sequence: change.sequence), kind: 16, entity: change.entity.bytes,
            body: change.bodyAsStored)
    }

    init() {
        journal.issue(change(0xB1, 6), at: 1, .zero)
        journal.note(origin: 0xB2, of: 1)
        journal.note(origin: 0xC1, of: 2)
    }

    @Test("The same deed under a later origin of the same site is known again, with what it now says it has seen")
    func theSameDeedUnder() throws {
        let again = try #require(deed(change(0xB2, 1, seen: [(0xB1, 300)])))
        #expect(again.origin == 0xB2 && again.sequence == 1)
        #expect(again.seen == [0xB1: 300])
        #expect(again.covers(origin: 0xB1, sequence: 300) && !again.covers(origin: 0xB1, sequence: 301))
    }

    @Test("It is no deed of another site, none of an unknown origin, and none under another number of its own origin")
    func itIsNoDeedOf() {
        #expect(deed(change(0xC1, 1)) == nil)
        #expect(deed(change(0xDD, 1)) == nil)
        #expect(deed(change(0xB1, 7)) == nil)
        #expect(deed(change(0xB2, 1, "another note")) == nil)
    }

    @Test("Of two deeds under one number each is told by its content")
    func ofTwoDeedsUnder() {
        journal.issue(change(0xB1, 6, "written after the backup"), at: 1, .zero)
        #expect(deed(change(0xB1, 6))?.kinds == [.noted("a note")])
        #expect(deed(change(0xB1, 6, "written after the backup"))?.kinds == [.noted("written after the backup")])
    }

    @Test("A change that was issued again is known under both numbers, and as written into its first database")
    func everyName() {
        let again = change(0xB2, 1, seen: [(0xB1, 5)])
        let key = Journal.Key(origin: 0xB2, sequence: 1)
        let entity = Self.entity.bytes
        let names = journal.names(of: key, kind: 16, entity: entity, body: again.bodyAsStored)
        #expect(names == [key, .init(origin: 0xB1, sequence: 6)])
        journal.descent.use(journal.descent.begin(with: nil), at: 1)
        let written = journal.written(key, kind: 16, entity: entity, body: again.bodyAsStored)
        #expect(written == Descent.Place(database: 1, at: .zero))
    }

    @Test("What is admitted under its later number is admitted, once")
    func whatIsAdmittedUnder() {
        #expect(journal.admit(change(0xB2, 1, seen: [(0xB1, 5)]), .seconds(9)) == .seconds(9))
        #expect(journal.admit(change(0xB2, 1, seen: [(0xB1, 5)]), .seconds(9)) == nil)
        #expect(journal.entries[0].admitted == .seconds(9))
    }

    @Test("The marks of personal values are found in bytes, with their numbers")
    func theMarksOfPersonal() {
        #expect(ScopeChecker.marks(in: Array("xcanary-7f3a 12, ccanary-7f3a 4000x canary-7f3b 5".utf8)) == [12, 4_000])
        // Where a checksum that begins with a digit follows, 4 is read as 47.
        #expect(ScopeChecker.mayBe(470) == [470, 47, 4])
    }
}
