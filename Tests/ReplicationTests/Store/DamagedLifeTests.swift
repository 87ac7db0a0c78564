import SQLite
import Testing

@testable import Replication

@Suite("A site's own row that its disk has damaged")
struct DamagedLifeTests {
    private func store() throws -> SiteStore {
        let database = try Database(path: ":memory:", mode: .readWriteCreate)
        try database.migrate(Schema.migrations)
        let store = SiteStore(database, domain: NoDomain())
        try database.transaction(.immediate) {
            try store.found(site: SiteID("nx-guyuan"), isHub: false, origin: OriginID(raw: 1), epoch: .none)
        }
        return store
    }

    @Test("is refused with what to do when it says that more was sent than was written")
    func isRefused() throws {
        for damage in ["UPDATE life SET acknowledged = 9", "UPDATE life SET marked_sent = 9"] as [SQL] {
            let store = try store()
            #expect(try store.life().backlog == 0)
            try store.database.execute(damage)
            #expect { try store.life() } throws: { ($0 as? ReplicationError)?.kind == .inconsistent }
        }
    }

    @Test("is read without a trap when a number in it is larger than what it is read into")
    func isReadWithout() throws {
        let store = try store()
        try store.database.execute("UPDATE life SET start = -5, epoch_number = 99999999999")
        #expect(try store.life().start == 0)
        #expect(try store.life().cursor.epoch.number == .max)
    }
}
