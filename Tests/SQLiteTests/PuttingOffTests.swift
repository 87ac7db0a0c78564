import Synchronization
import Testing

@testable import SQLite

@Suite("What a transaction puts off until its commit")
struct PuttingOffTests {
    struct Stop: Error {}

    /// Counts in memory what the jobs of a transaction have asked for, and writes it down once.
    final class Count: TransactionMemo {
        var unwritten: (any Sendable)?
        var settlings = 0
        var fails = false

        func add() { unwritten = (unwritten as? Int ?? 0) + 1 }

        func forget() {}

        func settle(on database: Database) throws {
            settlings += 1
            if fails { throw Stop() }
            try database.run("UPDATE t SET total = total + ?", unwritten as? Int ?? 0)
            unwritten = nil
        }
    }

    let folder: TemporaryFolder
    let database: Database
    let count = Count()

    init() throws {
        folder = try TemporaryFolder()
        database = try folder.writer()
        try database.execute("CREATE TABLE t (total INTEGER NOT NULL); INSERT INTO t VALUES (0)")
        database.memo = count
    }

    private func total() throws -> Int? { try folder.reader().first("SELECT total FROM t") { $0.int(0) } }

    @Test("is written once, with the commit, and without what was put off in savepoints that were undone")
    func savepoints() throws {
        try database.transaction(.immediate) {
            for fails in [false, true, false, true] {
                do {
                    try database.savepoint {
                        count.add()
                        try database.savepoint { count.add() }
                        if fails { throw Stop() }
                    }
                } catch is Stop {}
            }
        }
        #expect(try total() == 4)
        #expect(count.settlings == 1)
    }

    @Test("is written with the release of a savepoint outside a transaction, which commits")
    func outermost() throws {
        try database.savepoint {
            count.add()
            try database.savepoint { count.add() }
        }
        #expect(try total() == 2)
        do {
            try database.savepoint {
                count.add()
                throw Stop()
            }
        } catch is Stop {}
        try database.transaction(.immediate) { count.add() }
        #expect(try total() == 3)
    }

    @Test("is not written when the transaction is rolled back, nor with the next one")
    func rollback() throws {
        do {
            try database.transaction(.immediate) {
                count.add()
                throw Stop()
            }
        } catch is Stop {}
        try database.transaction(.immediate) { try database.run("UPDATE t SET total = total + 10") }
        #expect(try total() == 10)
        #expect(count.settlings == 0)
    }

    @Test("undoes the transaction when it cannot be written")
    func failure() throws {
        count.fails = true
        do {
            try database.transaction(.immediate) {
                try database.run("UPDATE t SET total = 5")
                count.add()
            }
            Issue.record("it was committed")
        } catch is Stop {}
        #expect(database.isAutocommit)
        #expect(try total() == 0)
    }

    @Test("fails every job of a group that cannot be settled, and the next group is a clean one")
    func group() throws {
        let bench = try WriterBench()
        let fails = Mutex(true)
        for name in ["a", "b"] {
            try bench.append(name) { database in
                let count = database.memo as? Count ?? Count()
                count.fails = fails.withLock { $0 }
                database.memo = count
                count.add()
            }
        }
        bench.writer.drain()
        #expect(bench.saved.isEmpty && bench.refused == ["a", "b"])
        fails.withLock { $0 = false }
        try bench.append("c") { try $0.execute("CREATE TABLE t (total INTEGER); INSERT INTO t VALUES (0)") }
        try bench.append("d") { database in
            let count = try #require(database.memo as? Count)
            #expect(count.unwritten == nil)
            count.fails = false
            count.add()
        }
        bench.writer.drain()
        #expect(bench.saved == ["c", "d"])
        #expect(try bench.folder.reader().first("SELECT total FROM t") { $0.int(0) } == 1)
    }
}
