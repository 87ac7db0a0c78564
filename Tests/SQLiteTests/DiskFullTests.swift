import Glibc
import SQLite
import Testing

/// A small file system in memory; nil where mounting is not allowed.
final class SmallDisk: Sendable {
    let folder: TemporaryFolder

    init?(bytes: Int) throws {
        folder = try TemporaryFolder()
        guard mount("tmpfs", folder.path, "tmpfs", 0, "size=\(bytes)") == 0 else { return nil }
    }

    deinit {
        umount2(folder.path, 2)
    }

    static let isAllowed: Bool = (try? SmallDisk(bytes: 65_536)) != nil
}

@Suite("Group writer on a full disk")
struct DiskFullTests {
    /// Bounds the database to a few pages more than it has.
    private func bound(_ bench: WriterBench, extraPages: Int) throws {
        try bench.writer.withDatabase { database in
            let pages = try number(database, "PRAGMA page_count")
            switch pages + extraPages {
            case ..<12: try database.run("PRAGMA max_page_count = 12")
            case ..<20: try database.run("PRAGMA max_page_count = 20")
            default: Issue.record("the schema has grown: \(pages) pages")
            }
        }
    }

    @Test("the jobs before, at and after the one that fills the disk all fail, and the writer stops")
    func full() throws {
        let bench = try WriterBench()
        try bench.append("before")
        bench.writer.drain()
        try bound(bench, extraPages: 3)
        try bench.append("a")
        try bench.append("b", bytes: 500_000)
        try bench.append("c")
        bench.writer.drain()
        for name in ["a", "b", "c"] { #expect(bench.error(of: name)?.kind == .full) }
        #expect(bench.saved == ["before"])
        #expect(try bench.onDisk() == ["before"])
        #expect(bench.rollbacks == 1)
        guard case .readOnly(let reason) = bench.writer.state else {
            Issue.record("the writer goes on: \(bench.writer.state)")
            return
        }
        #expect(reason.contains("full"))
        let error = #expect(throws: SQLiteError.self) { try bench.append("d") }
        #expect(error?.kind == .readOnly)
        #expect(error?.message == reason)
        try bench.reopen()
        #expect(bench.writer.state == .writing)
        try bench.append("e")
        bench.writer.drain()
        #expect(try bench.onDisk() == ["before", "e"])
        #expect(try bench.isContiguous())
    }

    @Test("a job that swallows the full disk does not take the group into a commit")
    func swallowed() throws {
        let bench = try WriterBench()
        try bound(bench, extraPages: 3)
        try bench.append("a")
        try bench.append("b") { database in
            _ = try? database.run("INSERT INTO log (sequence, name, body) VALUES (1000, 'x', zeroblob(500000))")
        }
        try bench.append("c")
        bench.writer.drain()
        #expect(bench.saved.isEmpty)
        #expect(Set(bench.refused) == ["a", "b", "c"])
        #expect(try bench.onDisk().isEmpty)
        #expect(bench.writer.state != .writing)
    }

    @Test("a statement of many rows that fills the disk stops the writer, though its transaction may survive")
    func manyRows() throws {
        let bench = try WriterBench()
        try bound(bench, extraPages: 3)
        try bench.append("a")
        try bench.append("b") { database in
            try database.run(
                """
                INSERT INTO log (sequence, name, body) WITH n (i) AS (SELECT 100 UNION ALL SELECT i + 1 FROM n LIMIT 99)
                SELECT i, 'n' || i, zeroblob(3000) FROM n
                """)
        }
        try bench.append("c")
        bench.writer.drain()
        for name in ["a", "b", "c"] { #expect(bench.error(of: name)?.kind == .full) }
        #expect(try bench.onDisk().isEmpty)
        #expect(bench.writer.state != .writing)
    }

    @Test("on a really full disk what was acknowledged is there, and reads go on", .enabled(if: SmallDisk.isAllowed))
    func realDisk() throws {
        let disk = try #require(try SmallDisk(bytes: 1_048_576))
        let limits = GroupWriter.Limits(waitingJobs: 10, jobsInGroup: 5, logPages: 100_000)
        let bench = try WriterBench(limits: limits, folder: disk.folder)
        var index = 0
        while bench.writer.state == .writing, index < 500 {
            for _ in 0..<5 {
                try bench.append("\(index)", bytes: 20_000)
                index += 1
            }
            bench.writer.drain()
        }
        #expect(bench.writer.state == .outcomeUnknown)
        #expect(bench.refused.allSatisfy { bench.error(of: $0)?.kind == .outcomeUnknown })
        #expect(!bench.saved.isEmpty && !bench.refused.isEmpty)
        #expect(try bench.onDisk().starts(with: bench.saved))
        try bench.reopen()
        #expect(try Set(bench.saved).isSubset(of: bench.onDisk()))
        #expect(try bench.isContiguous())
        #expect(try bench.writer.withDatabase { try $0.integrityCheck() } == [])
        bench.writer.close()
    }
}
