import Foundation
import Synchronization
import Testing

@testable import SQLite

@Suite("The write-ahead log's length")
struct CheckpointTests {
    private static let blobBytes = 100_000

    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test("a log that a long read has swollen is cut back when it starts anew")
    func cutBack() throws {
        let database = try folder.writer()
        try database.execute("CREATE TABLE t (v)")
        let insert = {
            try database.run("INSERT INTO t VALUES (zeroblob(?))", Self.blobBytes)
            try database.checkpointIfNeeded(pages: 100)
        }
        let reader = try folder.reader()
        try reader.transaction(.deferred) {
            _ = try number(reader, "SELECT count(*) FROM t")
            while folder.size(of: "test.db-wal") <= 2 * Database.logBytesKept { try insert() }
        }
        for _ in 0..<10 { try insert() }
        #expect(folder.size(of: "test.db-wal") <= Database.logBytesKept)
    }

    /// Two readers of whom one always reads: when one has begun, the other ends and begins anew.
    private final class Relief: Sendable {
        private struct State {
            var begun = [0, 0]
            var isOver = false
        }

        private let state = Mutex(State())

        func begin(_ reader: Int) { state.withLock { $0.begun[reader] += 1 } }
        func end() { state.withLock { $0.isOver = true } }
        var isOver: Bool { state.withLock { $0.isOver } }
        func count(_ reader: Int) -> Int { state.withLock { $0.begun[reader] } }
    }

    @Test("readers that relieve one another without a gap do not make the log grow with what is written")
    func relievedReaders() throws {
        let database = try folder.writer()
        try database.execute("CREATE TABLE t (v)")
        let relief = Relief()
        let readers = DispatchGroup()
        for index in 0..<2 {
            let reader = try LentReader(folder.reader())
            DispatchQueue(label: "reader \(index)").async(group: readers) {
                reader.readOverlapping(index, relief)
            }
        }
        defer {
            relief.end()
            readers.wait()
        }
        while relief.count(0) == 0 || relief.count(1) == 0 { sched_yield() }
        let rounds = 600
        for _ in 0..<rounds {
            try database.run("INSERT INTO t VALUES (zeroblob(?))", Self.blobBytes)
            try database.checkpointIfNeeded(pages: 50)
        }
        // Sixty megabytes were written; a log that never starts anew holds them all.
        #expect(folder.size(of: "test.db-wal") < rounds * Self.blobBytes / 4)
    }

    @Test("a checkpoint does not wait out a reader that stays")
    func doesNotWait() throws {
        let database = try folder.writer()
        try database.execute("CREATE TABLE t (v)")
        let reader = try folder.reader()
        try reader.transaction(.deferred) {
            _ = try number(reader, "SELECT count(*) FROM t")
            for _ in 0..<100 {
                try database.run("INSERT INTO t VALUES (zeroblob(?))", Self.blobBytes)
                try database.checkpointIfNeeded(pages: 50)
            }
            #expect(try number(reader, "SELECT count(*) FROM t") == 0)
        }
        #expect(try number(database, "SELECT count(*) FROM t") == 100)
        #expect(try number(database, "PRAGMA busy_timeout") == 0)
    }

    /// A connection that one other thread uses.
    private final class LentReader: Sendable {
        private struct Box { let database: Database }
        private let box: Mutex<Box>

        init(_ database: sending Database) { box = Mutex(Box(database: database)) }

        func readOverlapping(_ index: Int, _ relief: Relief) {
            box.withLock { box in
                while !relief.isOver {
                    try? box.database.transaction(.deferred) {
                        _ = try number(box.database, "SELECT count(*) FROM t")
                        let other = relief.count(1 - index)
                        relief.begin(index)
                        while relief.count(1 - index) == other, !relief.isOver { sched_yield() }
                    }
                }
            }
        }
    }
}
