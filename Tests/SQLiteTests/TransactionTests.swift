import Testing

@testable import SQLite

@Suite("Transactions and savepoints")
struct TransactionTests {
    struct Stop: Error {}

    let folder: TemporaryFolder
    let database: Database

    init() throws {
        folder = try TemporaryFolder()
        database = try folder.writer()
        try database.execute(
            """
            CREATE TABLE t (id INTEGER PRIMARY KEY);
            CREATE TABLE child (parent INTEGER REFERENCES t (id) DEFERRABLE INITIALLY DEFERRED);
            """)
    }

    private func insert(_ id: Int) throws {
        try database.run("INSERT INTO t (id) VALUES (?)", id)
    }

    private func ids() throws -> [Int] {
        try database.all("SELECT id FROM t ORDER BY id") { $0.int(0) }
    }

    @Test("a transaction is committed when its body returns", arguments: [true, false])
    func committed(immediate: Bool) throws {
        let value = try database.transaction(immediate ? .immediate : .deferred) {
            #expect(!database.isAutocommit)
            try insert(1)
            return 7
        }
        #expect(value == 7)
        #expect(database.isAutocommit)
        #expect(try folder.reader().all("SELECT id FROM t") { $0.int(0) } == [1])
    }

    @Test("a transaction is rolled back when its body throws")
    func rolledBack() throws {
        #expect(throws: Stop.self) {
            try database.transaction(.immediate) {
                try insert(1)
                throw Stop()
            }
        }
        #expect(database.isAutocommit)
        #expect(try ids() == [])
    }

    @Test("a savepoint that throws undoes its own changes only, also when nested")
    func savepoints() throws {
        try database.transaction(.immediate) {
            try insert(1)
            #expect(throws: Stop.self) {
                try database.savepoint {
                    try insert(2)
                    throw Stop()
                }
            }
            try database.savepoint {
                try insert(3)
                #expect(throws: Stop.self) {
                    try database.savepoint {
                        try insert(4)
                        throw Stop()
                    }
                }
                try insert(5)
            }
        }
        #expect(try ids() == [1, 3, 5])
    }

    @Test("a savepoint outside a transaction is one by itself")
    func outermost() throws {
        try database.savepoint { try insert(1) }
        #expect(throws: Stop.self) {
            try database.savepoint {
                try insert(2)
                throw Stop()
            }
        }
        #expect(database.isAutocommit)
        #expect(try ids() == [1])
    }

    @Test("a commit refused by a deferred foreign key leaves no transaction open")
    func deferredForeignKey() throws {
        let refused = kind {
            try database.transaction(.immediate) { try database.run("INSERT INTO child VALUES (9)") }
        }
        #expect(refused == .constraint)
        #expect(database.isAutocommit)
        try database.transaction(.immediate) {
            try database.run("INSERT INTO child VALUES (9)")
            #expect(database.hasOpenForeignKeys)
            try insert(9)
            #expect(!database.hasOpenForeignKeys)
        }
        #expect(try ids() == [9])
    }

    @Test("a body that ends its transaction and begins another does not pass for a success")
    func endedInside() throws {
        let ended = kind {
            try database.transaction(.immediate) {
                try insert(1)
                try database.run("ROLLBACK")
                try database.run("BEGIN")
                try insert(2)
            }
        }
        #expect(ended == .transactionEnded)
        #expect(database.isAutocommit)
        #expect(try ids() == [])
    }

    @Test("a second writer is told that the database is busy, and can try again")
    func busy() throws {
        let other = try folder.writer()
        try database.transaction(.immediate) {
            let error = #expect(throws: SQLiteError.self) { try other.transaction(.immediate) {} }
            #expect(error?.kind == .busy)
            #expect(error?.operation == .begin)
            #expect(error?.isRecoverable == true)
        }
        try other.transaction(.immediate) {}
    }

    @Test("a savepoint that has changed far more than its journal keeps in memory is undone, and takes no harm")
    func longJournal() throws {
        let folder = try TemporaryFolder()
        let database = try folder.writer()
        try database.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, v BLOB NOT NULL)")
        let value = [UInt8](repeating: 7, count: 3_000)
        func fill(_ ids: ClosedRange<Int>) throws {
            for id in ids { try database.run("INSERT OR REPLACE INTO t VALUES (?, ?)", id, value) }
        }
        try database.transaction(.immediate) { try fill(1...2_000) }
        struct Stop: Error {}
        try database.transaction(.immediate) {
            #expect(throws: Stop.self) {
                try database.savepoint {
                    try database.run("UPDATE t SET v = zeroblob(3000)")
                    throw Stop()
                }
            }
            _ = try database.savepoint { try database.run("UPDATE t SET v = zeroblob(2999)") }
        }
        #expect(try database.first("SELECT count(*) FROM t WHERE length(v) = 2999") { $0.int(0) } == 2_000)
    }
}
