import Foundation
import Testing

@testable import SQLite

@Suite("Writing a database anew")
struct RewriteTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func holds(_ text: String) -> Bool {
        ["test.db", "test.db-wal"].contains { name in
            guard let bytes = FileManager.default.contents(atPath: folder.file(name)) else { return false }
            return bytes.range(of: Data(text.utf8)) != nil
        }
    }

    @Test("what was deleted stays where its page moved it from, and goes when the database is written anew")
    func movedRows() throws {
        let database = try folder.writer()
        try database.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT)")
        try RowShuffle.fill(database)
        try database.run("DELETE FROM t WHERE id % 2 = 0")
        try database.checkpoint(truncate: true)
        // That SQLite zeroes what is deleted is not enough: else all this is needed no longer.
        #expect(holds(RowShuffle.secret))
        let left = try database.all("SELECT id, v FROM t ORDER BY id") { [$0.text(0), $0.text(1)] }
        try database.rewrite()
        #expect(!holds(RowShuffle.secret))
        #expect(try database.all("SELECT id, v FROM t ORDER BY id") { [$0.text(0), $0.text(1)] } == left)
        #expect(folder.size(of: "test.db-wal") == 0)
    }

    @Test("a database that somebody reads is written anew for all that come later, and the log is emptied when they go")
    func readers() throws {
        let database = try folder.writer()
        try database.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT)")
        try RowShuffle.fill(database)
        let reader = try folder.reader()
        try reader.transaction(.deferred) {
            #expect(try reader.first("SELECT count(*) FROM t") { $0.int(0) } == RowShuffle.rows)
            try database.run("DELETE FROM t WHERE id % 2 = 0")
            #expect(throws: SQLiteError.self) { try database.rewrite() }
            #expect(try reader.first("SELECT count(*) FROM t") { $0.int(0) } == RowShuffle.rows)
        }
        try database.rewrite()
        #expect(!holds(RowShuffle.secret))
        #expect(try reader.first("SELECT count(*) FROM t") { $0.int(0) } == RowShuffle.rows / 2)
    }
}

/// Rows that grow in turn until SQLite has moved many of them from page to page; every other one is secret.
enum RowShuffle {
    static let rows = 400
    static let secret = "secret"

    static func fill(_ database: Database) throws {
        try database.transaction(.immediate) {
            for id in 0..<rows { try database.run("INSERT INTO t VALUES (?, ?)", id, text(of: id, times: 4)) }
        }
        var state = 1
        // Each by itself, so that each is moved by itself.
        for _ in 0..<2_000 {
            state = (state * 1_103_515_245 + 12_345) % (1 << 31)
            let id = (state >> 8) % rows
            _ = try database.transaction(.immediate) {
                try database.run("UPDATE t SET v = v || ? WHERE id = ?", text(of: id, times: 20), id)
            }
        }
    }

    private static func text(of id: Int, times: Int) -> String {
        String(repeating: id.isMultiple(of: 2) ? secret : "plain!", count: times)
    }
}
