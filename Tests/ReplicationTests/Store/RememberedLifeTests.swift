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

    @Test("is after each job what the database says, also after a job, or its whole transaction, was undone")
    func followsTheDatabase() throws {
        let database = try Database(path: ":memory:", mode: .readWriteCreate)
        try database.migrate(Schema.migrations)
        let store = SiteStore(database, domain: NoDomain())
        try database.transaction(.immediate) {
            try store.found(site: SiteID("nx-guyuan"), isHub: false, origin: OriginID(raw: 1), epoch: .none)
            try work(store, at: 1_000)
        }
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
            let after = try store.life()
            #expect(try stored(store) == after.clock.highest.raw)
            #expect(after != before)
        }
        let kept = try store.life()
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
