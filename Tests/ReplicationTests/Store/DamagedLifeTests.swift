import SQLite
import Testing

@testable import Replication

@Suite("A site's own row that its disk has damaged")
struct DamagedLifeTests {
    @Test(
        "is refused with what to do, and stops nothing else",
        arguments: ["acknowledged = 9", "marked_sent = 9", "sequence = -1, acknowledged = 3, marked_sent = -9"])
    func isRefused(_ damage: String) throws {
        let database = try Database(path: ":memory:", mode: .readWriteCreate)
        try database.migrate(Schema.migrations)
        let store = SiteStore(database, domain: NoDomain())
        try database.transaction(.immediate) {
            try store.found(site: SiteID("nx-guyuan"), isHub: false, origin: OriginID(raw: 1), epoch: .none)
        }
        #expect(try store.life().backlog == 0)
        // A number that is too large for what it is read into is none of the machine's traps either.
        try database.execute(SQL(trusted: "UPDATE life SET start = -5, epoch_number = 99999999999"))
        #expect(try store.life().start == 0)
        try database.execute(SQL(trusted: "UPDATE life SET \(damage)"))
        if damage.hasPrefix("sequence") {
            // As unsigned numbers these are in order; nothing is read into them.
            #expect(try store.life().backlog > 0)
        } else {
            #expect { try store.life() } throws: { ($0 as? ReplicationError)?.kind == .inconsistent }
        }
    }
}
