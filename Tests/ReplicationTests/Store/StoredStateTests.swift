import SQLite
import Testing

@testable import Replication

@Suite("An entity's row")
struct StoredStateTests {
    private struct Stop: Error {}

    private func withStore(_ body: (SiteStore) throws -> Void) throws {
        let database = try Database(path: ":memory:", mode: .readWriteCreate)
        try database.migrate(Schema.migrations)
        try database.transaction(.immediate) { try body(SiteStore(database, domain: NoDomain())) }
    }

    @Test("is read the same whatever of it is stored, and never needs more than eight changes folded onto it")
    func tail() throws {
        try withStore { store in
            for number in 1...60 as ClosedRange<UInt64> {
                var row = try store.rowOrNew(Changes.entity)
                let change = Changes.change(1, number, at: Int64(number), Changes.sets("value \(number)"))
                // Of three changes one was refused, and one of ten comes late.
                if number.isMultiple(of: 3) {
                    _ = try store.hold(change, of: &row, condition: Schema.Condition.refused)
                } else if number.isMultiple(of: 10) {
                    let late = Changes.change(2, number, at: Int64(number) - 5, Changes.sets("late \(number)"))
                    _ = try store.keep(late, onto: &row, condition: Schema.Condition.admitted, admission: nil)
                } else {
                    _ = try store.keep(change, onto: &row, condition: Schema.Condition.admitted, admission: nil)
                }
                let stored = try #require(try store.row(Changes.entity))
                #expect(stored.tail <= EntityRow.tailMax)
                let folded = Fold.state(of: try store.changes(of: stored.number))
                #expect(stored.state.encoded == folded.encoded)
                #expect(try store.changeCount(of: stored.number) == Int(number))
            }
        }
    }

    @Test("of a directory entry is stored whole with every change, so that a request need not fold it")
    func directoryEntry() throws {
        try withStore { store in
            let entity = EntityID(kind: .site, high: 1, low: 2)
            for number in 1...5 as ClosedRange<UInt64> {
                var row = try store.rowOrNew(entity)
                let edit = Changes.sets("value \(number)", in: SiteField.nameEN)
                let change = Changes.change(1, number, at: Int64(number), entity: entity, edit)
                _ = try store.keep(change, onto: &row, condition: Schema.Condition.admitted, admission: nil)
                let stored = try #require(try store.row(entity))
                #expect(stored.tail == 0 && stored.folded == stored.last)
                let folded = Fold.state(of: try store.changes(of: stored.number))
                #expect(stored.state.encoded == folded.encoded)
            }
        }
    }

    @Test("whose changes do not lead to one another is refused, and not followed for ever")
    func circle() throws {
        try withStore { store in
            var row = try store.rowOrNew(Changes.entity)
            _ = try store.keep(Changes.creation, onto: &row, condition: Schema.Condition.admitted, admission: nil)
            try store.database.run("UPDATE log SET previous = position")
            #expect(throws: ReplicationError.self) { try store.row(Changes.entity) }
            let count = try store.changeCount(of: row.number)
            #expect(count == 1)
        }
    }

    @Test("what was remembered within a savepoint is forgotten when that is undone")
    func undone() throws {
        try withStore { store in
            let origin = Changes.origin(7)
            #expect(throws: Stop.self) {
                try store.database.savepoint {
                    _ = try store.originNumber(origin)
                    _ = try store.nextPosition()
                    _ = try store.hasWaiting()
                    throw Stop()
                }
            }
            let position = try store.nextPosition()
            let again = try store.originID(store.originNumber(origin))
            #expect(position == 1)
            #expect(again == origin)
        }
    }

    @Test("of the directory is read anew after a change of it")
    func directory() throws {
        try withStore { store in
            let site = SiteID("nx-guyuan")
            let before = try store.directoryEntry(of: site)
            #expect(before?.site == nil)
            var row = try store.rowOrNew(Session.directoryEntity(of: site))
            let change = Changes.change(
                1, 1, at: 1, entity: row.id, .create(Creation()), .assign(SiteField.id, .text(site.text)),
                .assign(SiteField.role, .text("branch")))
            _ = try store.keep(change, onto: &row, condition: Schema.Condition.admitted, admission: nil)
            let after = try store.directoryEntry(of: site)
            #expect(after?.isBranch == true)
        }
    }
}
