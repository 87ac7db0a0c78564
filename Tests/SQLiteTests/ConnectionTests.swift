import CSQLite
import Foundation
import Testing

@testable import SQLite

@Suite("Connections")
struct ConnectionTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test("the writer runs with the safe settings")
    func writerSettings() throws {
        let database = try folder.writer()
        #expect(try database.first("PRAGMA journal_mode") { $0.text(0) } == "wal")
        #expect(try number(database, "PRAGMA synchronous") == 2)
        #expect(try number(database, "PRAGMA foreign_keys") == 1)
        #expect(try number(database, "PRAGMA secure_delete") == 1)
        #expect(try number(database, "PRAGMA mmap_size") == 0)
        #expect(try number(database, "PRAGMA cell_size_check") == 1)
        #expect(try number(database, "PRAGMA trusted_schema") == 0)
        #expect(try number(database, "PRAGMA busy_timeout") == 0)
        let patient = try Database(path: folder.file("other.db"), mode: .readWriteCreate)
        #expect(try number(patient, "PRAGMA busy_timeout") == Database.defaultBusyTimeoutMilliseconds)
    }

    @Test("a reader cannot write and sees what is committed, and no more")
    func reader() throws {
        let writer = try folder.writer()
        try writer.execute("CREATE TABLE t (id)")
        let reader = try folder.reader()
        try writer.transaction(.immediate) {
            try writer.run("INSERT INTO t VALUES (1)")
            #expect(try number(reader, "SELECT count(*) FROM t") == 0)
        }
        #expect(try number(reader, "SELECT count(*) FROM t") == 1)
        #expect(kind { try reader.run("INSERT INTO t VALUES (2)") } == .readOnly)
    }

    @Test("a reader in a transaction keeps the state it began with")
    func snapshot() throws {
        let writer = try folder.writer()
        try writer.execute("CREATE TABLE t (id)")
        let reader = try folder.reader()
        try reader.transaction(.deferred) {
            #expect(try number(reader, "SELECT count(*) FROM t") == 0)
            try writer.run("INSERT INTO t VALUES (1)")
            #expect(try number(reader, "SELECT count(*) FROM t") == 0)
        }
        #expect(try number(reader, "SELECT count(*) FROM t") == 1)
    }

    @Test("a reader that closes last leaves the log, and the next writer still has the changes")
    func readerClosesLast() throws {
        let writer = try folder.writer()
        try writer.execute("CREATE TABLE t (id); INSERT INTO t VALUES (1)")
        let before = folder.size(of: "test.db")
        let reader = try folder.reader()
        #expect(try number(reader, "SELECT count(*) FROM t") == 1)
        writer.close()
        #expect(folder.size(of: "test.db-wal") > 0)
        reader.close()
        #expect(folder.size(of: "test.db-wal") > 0)
        #expect(folder.size(of: "test.db") == before)
        #expect(try number(folder.writer(), "SELECT count(*) FROM t") == 1)
    }

    @Test("nothing is checkpointed by itself; asked after enough pages it is")
    func checkpointIfNeeded() throws {
        let database = try folder.writer()
        try database.execute("CREATE TABLE t (v)")
        try database.checkpoint(truncate: true)
        let before = folder.size(of: "test.db")
        for _ in 0..<50 { try database.run("INSERT INTO t VALUES (zeroblob(100000))") }
        #expect(folder.size(of: "test.db") == before)
        try database.checkpointIfNeeded(pages: 1_000_000)
        #expect(folder.size(of: "test.db") == before)
        try database.checkpointIfNeeded(pages: 1_000)
        #expect(folder.size(of: "test.db") > 5_000_000)
    }

    @Test("a log that a reader keeps does not grow after the reader has gone")
    func logIsRestarted() throws {
        let database = try folder.writer()
        try database.execute("CREATE TABLE t (v)")
        let reader = try folder.reader()
        let insert = {
            try database.run("INSERT INTO t VALUES (zeroblob(100000))")
            try database.checkpointIfNeeded(pages: 100)
        }
        try reader.transaction(.deferred) {
            _ = try number(reader, "SELECT count(*) FROM t")
            for _ in 0..<40 { try insert() }
        }
        for _ in 0..<8 { try insert() }
        let size = folder.size(of: "test.db-wal")
        for _ in 0..<200 { try insert() }
        #expect(folder.size(of: "test.db-wal") <= size)
    }

    @Test("truncating empties the log, and says busy while a reader needs it")
    func truncate() throws {
        let database = try folder.writer()
        try database.execute("CREATE TABLE t (v); INSERT INTO t VALUES (1)")
        let reader = try folder.reader()
        try reader.transaction(.deferred) {
            _ = try number(reader, "SELECT count(*) FROM t")
            try database.run("INSERT INTO t VALUES (2)")
            #expect(kind { try database.checkpoint(truncate: true) } == .busy)
        }
        try database.checkpoint(truncate: true)
        #expect(folder.size(of: "test.db-wal") == 0)
    }

    @Test("a file that is no database is refused, by writer and reader")
    func notADatabase() throws {
        try Data(repeating: 0x41, count: 8_192).write(to: URL(fileURLWithPath: folder.file()))
        #expect(kind { try folder.writer() } == .notADatabase)
        #expect(kind { try folder.reader() } == .notADatabase)
    }

    @Test("a reader does not make a missing file")
    func missing() throws {
        let error = #expect(throws: SQLiteError.self) { try folder.reader() }
        #expect(error?.operation == .open)
        #expect(!FileManager.default.fileExists(atPath: folder.file()))
    }

    @Test("an unknown file system layer is refused")
    func unknownVFS() throws {
        let error = #expect(throws: SQLiteError.self) { try folder.writer(vfs: "none-of-this-name") }
        #expect(error?.operation == .open)
    }

    @Test("a sound file has no findings; a dangling key and a damaged page are found")
    func integrity() throws {
        let database = try folder.writer()
        try database.execute(
            """
            CREATE TABLE parent (id INTEGER PRIMARY KEY);
            CREATE TABLE child (parent INTEGER REFERENCES parent (id));
            CREATE TABLE t (v);
            """)
        #expect(try database.integrityCheck() == [])
        try database.execute("PRAGMA foreign_keys = OFF; INSERT INTO child VALUES (5)")
        #expect(try database.integrityCheck() == ["row 1 of table child refers to a missing row of table parent"])
        for _ in 0..<100 { try database.run("INSERT INTO t VALUES (zeroblob(2000))") }
        database.close()
        let file = try #require(FileHandle(forUpdatingAtPath: folder.file()))
        try file.seek(toOffset: 4_096 * 20)
        try file.write(contentsOf: Data(repeating: 0xff, count: 4_096))
        try file.close()
        let damaged = try folder.writer()
        #expect(try !damaged.integrityCheck().isEmpty)
        #expect(kind { try damaged.run("DELETE FROM t") } == .corrupt)
    }

    @Test("closing twice is harmless, and the file can be opened again")
    func close() throws {
        let database = try folder.writer()
        try database.execute("CREATE TABLE t (id)")
        _ = try number(database, "SELECT count(*) FROM t")
        database.close()
        database.close()
        #expect(try number(folder.writer(), "SELECT count(*) FROM t") == 0)
    }

    @Test(
        "the versions with the log bug are told from those without",
        arguments: [
            (3_006_023, false), (3_007_000, true), (3_040_001, true), (3_044_005, true), (3_044_006, false),
            (3_045_000, true), (3_050_006, true), (3_050_007, false), (3_051_000, true), (3_051_002, true),
            (3_051_003, false), (3_052_000, false),
        ])
    func logBug(version: Int, hasBug: Bool) {
        #expect(Database.hasWALResetBug(version: version) == hasBug)
    }

    @Test("the library in use is the one the header describes")
    func library() {
        #expect(Database.libraryVersion == SQLITE_VERSION)
    }
}
