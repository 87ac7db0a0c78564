import Hashing
import Testing

@testable import SQLite

@Suite("Statements")
struct StatementTests {
    let folder: TemporaryFolder
    let database: Database

    init() throws {
        folder = try TemporaryFolder()
        database = try folder.writer()
        try database.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, v)")
    }

    private func roundTrip<T>(_ value: (any SQLiteBindable)?, _ read: (Row) -> T) throws -> T? {
        try database.run("INSERT OR REPLACE INTO t (id, v) VALUES (1, ?)", value)
        return try database.first("SELECT v FROM t WHERE id = 1", map: read)
    }

    @Test("every kind of value comes back as it went in")
    func values() throws {
        #expect(try roundTrip(-42) { $0.int(0) } == -42)
        #expect(try roundTrip(Int64.min) { $0.int64(0) } == Int64.min)
        #expect(try roundTrip(UInt64.max) { $0.uint64(0) } == UInt64.max)
        #expect(try roundTrip(UInt64.max) { $0.int64(0) } == -1)
        #expect(try roundTrip(true) { $0.bool(0) } == true)
        #expect(try roundTrip(2.5) { $0.double(0) } == 2.5)
        #expect(try roundTrip("工单 №1 – café") { $0.text(0) } == "工单 №1 – café")
        #expect(try roundTrip("a\0b") { $0.text(0) } == "a\0b")
        #expect(try roundTrip([0, 255, 0] as [UInt8]) { $0.blob(0) } == [0, 255, 0])
        let digest = Digest128(high: .max, low: 7)
        #expect(try roundTrip(digest) { $0.digest128(0) } == digest)
        #expect(try roundTrip([1, 2, 3] as [UInt8]) { $0.digest128(0) } == .some(nil))
    }

    @Test("parameters added by their types come back as those of any type do")
    func addedByType() throws {
        func roundTrip<T>(_ fill: (inout Parameters) -> Void, _ read: (Row) -> T) throws -> T? {
            #expect(try database.run("INSERT OR REPLACE INTO t (id, v) VALUES (1, ?)", adding: fill) == 1)
            return try database.first("SELECT v FROM t WHERE id = ?", adding: { $0.add(1 as Int64) }, map: read)
        }
        #expect(try roundTrip({ $0.add(Int64.min) }) { $0.int64(0) } == Int64.min)
        #expect(try roundTrip({ $0.add(UInt64.max) }) { $0.uint64(0) } == UInt64.max)
        #expect(try roundTrip({ $0.add(UInt64?.none) }) { $0.isNull(0) } == true)
        #expect(try roundTrip({ $0.add(true) }) { $0.bool(0) } == true)
        #expect(try roundTrip({ $0.add("工单") }) { $0.text(0) } == "工单")
        #expect(try roundTrip({ $0.add(String?.none) }) { $0.isNull(0) } == true)
        #expect(try roundTrip({ $0.add([] as [UInt8]) }) { $0.blobOrNil(0) } == [])
        #expect(try roundTrip({ $0.add([UInt8]?.none) }) { $0.isNull(0) } == true)
        let digest = Digest128(high: 1, low: .max)
        #expect(try roundTrip({ $0.add(high: 1, low: .max) }) { $0.digest128(0) } == digest)
    }

    @Test("a statement is found by its text's address again, also when another has taken its place")
    func foundAgain() throws {
        let before = database.preparedCount
        for _ in 0..<3 {
            for _ in 0..<2 { _ = try database.first("SELECT count(*) FROM t") { $0.int(0) } }
            _ = try database.first("SELECT max(id) FROM t") { $0.int(0) }
        }
        #expect(database.preparedCount == before + 2)
    }

    @Test("a long text and a long blob come back whole")
    func longValues() throws {
        let text = String(repeating: "长文本", count: 50_000)
        #expect(try roundTrip(text) { $0.text(0) } == text)
        let blob = (0..<300_000).map { UInt8(truncatingIfNeeded: $0) }
        #expect(try roundTrip(blob) { row in row.withBlob(0) { Array($0) } } == blob)
    }

    @Test("nothing, an empty text and an empty blob are three different values")
    func emptiness() throws {
        #expect(try roundTrip(nil) { $0.isNull(0) } == true)
        #expect(try roundTrip(Int?.none) { $0.intOrNil(0) } == .some(nil))
        #expect(try roundTrip(Int?.some(3)) { $0.intOrNil(0) } == 3)
        #expect(try roundTrip("") { $0.textOrNil(0) } == "")
        #expect(try roundTrip([] as [UInt8]) { $0.blobOrNil(0) } == [])
        #expect(try roundTrip("") { $0.isNull(0) } == false)
        #expect(try number(database, "SELECT typeof(v) = 'text' FROM t") == 1)
        _ = try roundTrip([] as [UInt8]) { $0.isNull(0) }
        #expect(try number(database, "SELECT typeof(v) = 'blob' FROM t") == 1)
    }

    @Test("the optional readers of NULL give nil, the plain ones zero and nothing")
    func null() throws {
        try database.run("INSERT INTO t (id, v) VALUES (1, NULL)")
        try database.forEach("SELECT v FROM t") { row in
            #expect(row.int64OrNil(0) == nil && row.uint64OrNil(0) == nil && row.boolOrNil(0) == nil)
            #expect(row.doubleOrNil(0) == nil && row.textOrNil(0) == nil && row.blobOrNil(0) == nil)
            #expect(row.int(0) == 0 && row.text(0).isEmpty && row.blob(0).isEmpty && row.double(0) == 0)
            return true
        }
    }

    @Test("the same SQL is prepared once")
    func cache() throws {
        func insert(_ id: Int) throws { try database.run("INSERT INTO t (id) VALUES (?)", id) }
        try insert(1)
        let prepared = database.preparedCount
        for id in 2...50 { try insert(id) }
        #expect(database.preparedCount == prepared)
        #expect(try number(database, "SELECT count(*) FROM t") == 50)
    }

    @Test("SQL joined from literals is cached by its text and equal to the same literal")
    func joined() throws {
        let whole: SQL = "SELECT count(*) FROM t"
        let joined = "SELECT count(*)" + (" FROM t" as SQL)
        #expect(joined == whole)
        #expect(joined.hashValue == whole.hashValue)
        #expect(try number(database, joined) == 0)
        let prepared = database.preparedCount
        #expect(try number(database, "SELECT count(*)" + " FROM t") == 0)
        #expect(database.preparedCount == prepared)
    }

    @Test("the cache keeps at most its limit and drops the statement unused for longest")
    func cacheLimit() throws {
        let often: SQL = "SELECT 'often'"
        func probe(_ number: Int) -> SQL { SQL(trusted: "SELECT \(number)") }
        for value in 0..<(Database.statementLimit * 2) {
            _ = try database.first(probe(value)) { $0.int(0) }
            _ = try database.first(often) { $0.text(0) }
            #expect(database.cachedStatementCount <= Database.statementLimit)
        }
        #expect(database.cachedStatementCount == Database.statementLimit)
        let prepared = database.preparedCount
        _ = try database.first(often) { $0.text(0) }
        _ = try database.first(probe(Database.statementLimit * 2 - 1)) { $0.int(0) }
        #expect(database.preparedCount == prepared)
        _ = try database.first(probe(0)) { $0.int(0) }
        #expect(database.preparedCount == prepared + 1)
    }

    @Test("a statement used again while it is being stepped gives right rows at every level")
    func nested() throws {
        for id in 1...3 { try database.run("INSERT INTO t (id) VALUES (?)", id) }
        func rows(_ depth: Int) throws -> [[Int]] {
            try database.all("SELECT id FROM t ORDER BY id") { row in
                let inner = depth > 0 ? try rows(depth - 1).count : 0
                return [row.int(0), inner]
            }
        }
        #expect(try rows(2) == [[1, 3], [2, 3], [3, 3]])
        #expect(try rows(0) == [[1, 0], [2, 0], [3, 0]])
    }

    @Test("a statement left early, by an error or by enough, starts anew next time")
    func leftEarly() throws {
        struct Stop: Error {}
        for id in 1...3 { try database.run("INSERT INTO t (id) VALUES (?)", id) }
        let sql: SQL = "SELECT id FROM t ORDER BY id"
        #expect(throws: Stop.self) { try database.forEach(sql) { _ in throw Stop() } }
        var seen: [Int] = []
        try database.forEach(sql) { row in
            seen.append(row.int(0))
            return seen.count < 2
        }
        #expect(seen == [1, 2])
        #expect(try database.all(sql) { $0.int(0) } == [1, 2, 3])
        #expect(try database.first(sql) { $0.int(0) } == 1)
    }

    @Test("the number of changed rows is that of this statement")
    func changes() throws {
        #expect(try database.run("INSERT INTO t (id) VALUES (1), (2), (3)") == 3)
        #expect(database.lastInsertedRowID == 3)
        #expect(try database.run("UPDATE t SET v = 1 WHERE id > 1") == 2)
        #expect(try database.run("UPDATE t SET v = 1 WHERE id > 99") == 0)
        #expect(try database.run("CREATE TABLE u (id)") == 0)
        #expect(try database.run("DELETE FROM t WHERE id = ?", values: [1]) == 1)
        #expect(database.changes == 1)
    }

    @Test("a value at the limit is stored and one byte more is refused")
    func valueLimit() throws {
        let most = [UInt8](repeating: 1, count: Database.valueByteLimit)
        #expect(try database.first("SELECT length(?)", most) { $0.int(0) } == Database.valueByteLimit)
        #expect(kind { try database.first("SELECT length(?)", most + [1]) { $0.int(0) } } == .tooBig)
    }

    @Test("errors tell the statement and never a value")
    func errorsWithoutValues() throws {
        let secret = "王小明 13800138000"
        try database.execute("CREATE TABLE u (name TEXT UNIQUE); CREATE VIRTUAL TABLE f USING fts5(body)")
        try database.run("INSERT INTO u VALUES (?)", secret)
        let attempts: [(SQL, String)] = [
            ("INSERT INTO u VALUES (?)", secret),
            ("SELECT * FROM f WHERE f MATCH ?", "\"\(secret)"),
            ("SELECT * FROM f WHERE f MATCH ?", "\(secret): x"),
            ("SELECT json_extract('{}', ?)", "$\(secret)"),
            ("SELECT json(?)", secret),
        ]
        for (sql, value) in attempts {
            let error = #expect(throws: SQLiteError.self) { try database.run(sql, value) }
            let text = error?.description ?? ""
            #expect(!text.contains("小明") && !text.contains("13800138000"))
            #expect(text.contains(sql.text))
        }
    }

    @Test("a refused statement names what SQLite did not like")
    func prepareError() throws {
        let error = #expect(throws: SQLiteError.self) { try database.run("SELECT * FROM missing") }
        #expect(error?.operation == .prepare)
        #expect(error?.message == "no such table: missing")
        let quoted = #expect(throws: SQLiteError.self) { try database.run("SELECT \"missing\" FROM t") }
        #expect(quoted?.kind == .other)
    }
}
