import CSQLite
import SQLite
import Testing

@testable import Simulator

struct SimulatedVFSTests {
    @Test("After a crash everything written is there, and the dead connection can do nothing")
    func afterACrashEverything() throws {
        let bench = DiskBench("crash")
        defer { bench.end() }
        let database = try bench.writer()
        // Not synced: the program's end takes nothing from the system's memory.
        try database.execute("PRAGMA synchronous = OFF")
        try database.makeLog()
        for number in 0..<10 { try database.append("\(number)") }
        try database.execute("BEGIN IMMEDIATE; INSERT INTO log (name) VALUES ('half')")
        bench.disk.abandonHandles()
        let reopened = try bench.writer()
        #expect(throws: SQLiteError.self) { try database.execute("COMMIT") }
        #expect(throws: SQLiteError.self) { try database.append("dead") }
        #expect(try reopened.names() == (0..<10).map(String.init))
        try reopened.append("alive")
        database.close()
        try reopened.append("still alive")
        #expect(try bench.reader().names().suffix(2) == ["alive", "still alive"])
        #expect(try reopened.integrityCheck() == [])
    }

    @Test("A reader keeps its snapshot while the writer commits and checkpoints")
    func aReaderKeepsIts() throws {
        let bench = DiskBench("snapshot")
        defer { bench.end() }
        let database = try bench.writer()
        try database.makeLog()
        try database.append("old")
        let (early, late) = (try bench.reader(), try bench.reader())
        try early.execute("BEGIN")
        #expect(try early.names() == ["old"])
        for number in 0..<5 { try database.append("\(number)", bytes: 5_000) }
        try database.checkpoint(truncate: false)
        #expect(throws: SQLiteError.self) { try database.checkpoint(truncate: true) }
        try database.append("new")
        #expect(try late.names().count == 7)
        #expect(try early.names() == ["old"])
        try early.execute("COMMIT")
        #expect(try early.names().count == 7)
        try database.checkpoint(truncate: true)
        #expect(bench.disk.size(of: DiskBench.log) == 0)
        #expect(try late.names().last == "new")
    }

    @Test("Only one connection writes at a time")
    func onlyOneConnectionWrites() throws {
        let bench = DiskBench("two-writers")
        defer { bench.end() }
        let (first, second) = (try bench.writer(), try bench.writer())
        try first.makeLog()
        try first.execute("BEGIN IMMEDIATE")
        #expect(throws: SQLiteError.self) { try second.execute("BEGIN IMMEDIATE") }
        try first.execute("COMMIT")
        try second.append("second")
        #expect(try first.names() == ["second"])
    }

    @Test("A path on no attached disk cannot be opened")
    func aPathOnNo() throws {
        let bench = DiskBench("attached")
        let database = try bench.writer()
        try database.makeLog()
        bench.end()
        for path in ["/attached/tributary.db", "/tmp/tributary.db", "tributary.db", "/"] {
            #expect(throws: SQLiteError.self, "\(path)") {
                try Database(path: path, mode: .readWriteCreate, vfs: SimulatedVFS.name)
            }
        }
        try database.append("what is open stays open")
    }

    @Test("Two disks keep files of one name apart, and a copy holds what was on the medium")
    func twoDisksKeepFiles() throws {
        let (left, right) = (DiskBench("left"), DiskBench("right"))
        defer {
            left.end()
            right.end()
        }
        for bench in [left, right] { try bench.writer().makeLog() }
        let database = try left.writer()
        try database.append("left")
        let copy = left.disk.copyOfDurable(name: "left", seed: 1)
        try database.append("later")
        #expect(try right.reader().names() == [])
        left.vfs.attach(copy, as: "left")
        #expect(try left.reader().names() == ["left"])
        #expect(try database.names() == ["left", "later"])
    }

    @Test("A large sort and a long savepoint go to files without a name")
    func aLargeSortAnd() throws {
        let bench = DiskBench("temporary")
        defer { bench.end() }
        let database = try bench.writer()
        try database.makeLog()
        try database.execute("PRAGMA cache_size = 5")
        try database.execute(
            """
            BEGIN;
            INSERT INTO log (name, body) WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)
                SELECT 'n' || i, zeroblob(500) FROM n;
            SAVEPOINT s;
            UPDATE log SET name = 'm' || sequence, body = zeroblob(600);
            ROLLBACK TO s;
            COMMIT;
            """)
        let sorted = try database.all("SELECT name, body FROM log ORDER BY name DESC") { $0.text(0) }
        #expect(sorted.count == 2_000)
        #expect(sorted.first == "n999")
        #expect(try database.integrityCheck() == [])
        #expect(bench.disk.fileNames == [DiskBench.main, DiskBench.log])
    }

    @Test("SQLite's random numbers follow the seed and its time is the virtual one")
    func sqliteSRandomNumbers() throws {
        // One of its own: tests that run meanwhile share the other's numbers and time.
        let vfs = SimulatedVFS()
        let name = "simulated-alone"
        let table = VFSTable(of: vfs, named: name)
        #expect(sqlite3_vfs_register(table.vfs, 0) == SQLITE_OK)
        func draw(_ seed: UInt64) -> [CChar] {
            vfs.reseed(seed)
            var bytes = [CChar](repeating: 0, count: 56)
            #expect(table.vfs.pointee.xRandomness(table.vfs, 56, &bytes) == 56)
            return bytes
        }
        #expect(draw(1) == draw(1))
        #expect(draw(1) != draw(2))
        vfs.attach(SimulatedDisk(name: "time", seed: 1), as: "time")
        vfs.unixMilliseconds = 1_780_272_000_123
        let database = try Database(path: "/time/t.db", mode: .readWriteCreate, vfs: name)
        #expect(try database.first("SELECT unixepoch('now')") { $0.int(0) } == 1_780_272_000)
        #expect(try database.first("SELECT strftime('%Y-%m-%d %f', 'now')") { $0.text(0) } == "2026-06-01 00.123")
    }

    @Test("Only the last connection to close empties the log and removes it")
    func onlyTheLastConnection() throws {
        let bench = DiskBench("last")
        defer { bench.end() }
        let (first, second) = (try bench.writer(), try bench.writer())
        try first.makeLog()
        try second.append("a")
        first.close()
        #expect(bench.disk.size(of: DiskBench.log) ?? 0 > 0)
        second.close()
        #expect(bench.disk.size(of: DiskBench.log) == nil)
        #expect(try bench.reader().names() == ["a"])
    }

    @Test("Two equal runs make the same calls and hold the same rows")
    func twoEqualRunsMake() throws {
        func run(_ name: String) throws -> (SimulatedDisk.Counters, [String]) {
            let bench = DiskBench(name)
            defer { bench.end() }
            let database = try bench.writer()
            try database.makeLog()
            for number in 0..<50 { try database.append("\(number)", bytes: number * 50) }
            var random = DiskBench.random(9)
            bench.disk.losePower(&random)
            return (bench.disk.counters, try bench.reader().names())
        }
        let (first, second) = (try run("equal-1"), try run("equal-2"))
        #expect(first.0 == second.0)
        #expect(first.0.syncs >= 50)
        #expect(first.1 == second.1)
    }
}
