import SQLite
import Testing

@testable import Replication

@Suite("A site's own row, remembered within a transaction")
struct RememberedLifeTests {
    private struct Stop: Error {}

    private func work(_ store: SiteStore, at milliseconds: Int64) throws {
        try Session.run(store) { session in _ = session.life.clock.tick(milliseconds: milliseconds) }
    }

    /// What stands in the database, however it is remembered.
    private func stored(_ store: SiteStore) throws -> UInt64? {
        try store.database.first("SELECT clock FROM life") { $0.uint64(0) }
    }

    private func undone(_ work: () throws -> Void) throws {
        do { try work() } catch is Stop {}
    }

    private func branch() throws -> (Database, SiteStore) {
        let database = try Database(path: ":memory:", mode: .readWriteCreate)
        try database.migrate(Schema.migrations)
        let store = SiteStore(database, domain: NoDomain())
        try database.transaction(.immediate) {
            try store.found(site: SiteID("nx-guyuan"), isHub: false, origin: OriginID(raw: 1), epoch: .none)
            try work(store, at: 1_000)
        }
        return (database, store)
    }

    /// Writes a new entity in a job of its own, as one of a group.
    private func create(_ number: UInt64, _ store: SiteStore, thenFails: Bool = false) throws {
        try undone {
            try store.database.savepoint {
                let entity = EntityID(kind: TestDomain.ticket, high: 1, low: number)
                let draft = Draft(entity: entity, edits: [.create(Creation())], actor: "wang")
                _ = try Session.run(store) { try $0.write(draft, at: 5_000) }
                if thenFails { throw Stop() }
            }
        }
    }

    @Test("goes on from job to job of a group though it is written once, and no job that was undone is in it")
    func writtenOnce() throws {
        let (database, store) = try branch()
        let origin = OriginID(raw: 1)
        try database.transaction(.immediate) {
            try create(1, store)
            try create(2, store)
            try create(3, store, thenFails: true)
            #expect(try store.life().chain.number == 2)
            #expect(try store.tip(of: origin) == store.life().chain)
            #expect(try database.first("SELECT sequence FROM life") { $0.int(0) } == 0)
            try create(4, store)
            let verification = try store.verify(for: SiteID("nx-guyuan"))
            #expect(verification.problems.isEmpty, "\(verification.problems)")
            try create(5, store, thenFails: true)
            try work(store, at: 9_000)
        }
        let life = try store.life()
        #expect(life.chain.number == 3 && life.clock.highest.milliseconds == 9_000)
        let end = try database.first("SELECT position, digest FROM origin WHERE id = 1") {
            Chain(number: $0.uint64(0), digest: try $0.digest(1))
        }
        #expect(end == life.chain)
        #expect(try store.verify(for: SiteID("nx-guyuan")).problems.isEmpty)
    }

    @Test("is after each job what the database says, also after a job, or its whole transaction, was undone")
    func followsTheDatabase() throws {
        let (database, store) = try branch()
        try database.transaction(.immediate) {
            let before = try store.life()
            var meanwhile = before
            try undone {
                try database.savepoint {
                    try work(store, at: 2_000)
                    meanwhile = try store.life()
                    throw Stop()
                }
            }
            #expect(meanwhile != before)
            #expect(try store.life() == before)
            try database.savepoint { try work(store, at: 3_000) }
            #expect(try store.life() != before)
        }
        let kept = try store.life()
        #expect(try stored(store) == kept.clock.highest.raw)
        try undone {
            try database.transaction(.immediate) {
                try work(store, at: 4_000)
                throw Stop()
            }
        }
        let left = try database.transaction(.immediate) { try store.life() }
        #expect(left == kept)
    }
}
