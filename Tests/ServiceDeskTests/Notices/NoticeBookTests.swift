import Replication
import SQLite
import Testing

@testable import ServiceDesk

@Suite("The book of notices")
struct NoticeBookTests {
    private static func database(since edition: Int = .max) throws -> Database {
        let database = try Database(path: ":memory:", mode: .readWriteCreate)
        try database.migrate((Schema.migrations + DeskSchema.migrations).filter { $0.since <= edition })
        return database
    }

    private static func found(_ database: Database, isHub: Bool, epoch: UInt32) throws {
        try database.transaction(.immediate) {
            try SiteStore(database, domain: DeskDomain()).found(
                site: SiteID("nx-hub"), isHub: isHub, origin: OriginID(raw: 1), epoch: Epoch(number: epoch, random: 5))
        }
    }

    private static func looksThroughThePast(_ database: Database) throws -> Bool {
        try database.transaction(.immediate) {
            let book = NoticeBook(SiteStore(database, domain: DeskDomain()), shelf: PackShelf())
            try book.begin(at: 1_000)
            return try book.isLooking
        }
    }

    @Test("what is due is found by an index in its order, and what stands before it by its ticket's")
    func plan() throws {
        let database = try Self.database()
        for statement in [NoticeBook.dueOfQueued, NoticeBook.dueOfOpen] {
            let plan = try database.all("EXPLAIN QUERY PLAN " + statement, Int64(0), Int64(0)) { $0.text(3) }
            #expect(plan.contains { $0.contains("SEARCH notice USING INDEX notice_due") }, "\(plan)")
            #expect(plan.contains { $0.contains("SEARCH earlier USING") && $0.contains("notice_ticket") }, "\(plan)")
            #expect(!plan.contains { $0.contains("TEMP B-TREE") }, "\(plan)")
        }
    }

    @Test("a hub of an earlier version goes on in its epoch; one that was made in a later epoch looks at what it holds")
    func upgraded() throws {
        let upgraded = try Self.database(since: 9)
        try Self.found(upgraded, isHub: true, epoch: 3)
        try upgraded.migrate(Schema.migrations + DeskSchema.migrations)
        #expect(try Self.looksThroughThePast(upgraded) == false)
        let promoted = try Self.database()
        try Self.found(promoted, isHub: true, epoch: 3)
        #expect(try Self.looksThroughThePast(promoted))
        let branch = try Self.database(since: 9)
        try Self.found(branch, isHub: false, epoch: 3)
        try branch.migrate(Schema.migrations + DeskSchema.migrations)
        #expect(try branch.first("SELECT count(*) FROM notice_basis") { $0.int(0) } == 0)
    }
}
