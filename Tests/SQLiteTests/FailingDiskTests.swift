import CSQLite
import SQLite
import Testing

/// Every write and every sync of a run fails once, in each way a disk fails.
@Suite("Group writer on a failing disk", .serialized)
struct FailingDiskTests {
    struct Stop: Error {}

    struct Fault: Sendable, CustomTestStringConvertible {
        let name: String
        let code: Int32
        let isLasting: Bool
        var testDescription: String { name }
    }

    static let faults = [
        Fault(name: "disk full", code: SQLITE_FULL, isLasting: true),
        Fault(name: "one failed write or sync", code: FaultyFileSystem.writeError, isLasting: false),
        Fault(name: "lasting failure to sync", code: FaultyFileSystem.syncError, isLasting: true),
        Fault(name: "out of memory", code: SQLITE_NOMEM, isLasting: false),
    ]

    /// Six jobs a group, of which one fails by itself and one is large enough to spill before the commit.
    private func work(_ bench: WriterBench) {
        for round in 0..<3 {
            for job in 0..<6 {
                let bytes = job == 2 ? 60_000 : 500
                try? bench.append("\(round)-\(job)", bytes: bytes) { _ in if job == 4 { throw Stop() } }
            }
            bench.writer.drain()
        }
    }

    @Test("whatever fails, the acknowledged is on the disk, whole and without a gap", arguments: faults)
    func everyOperation(fault: Fault) throws {
        try #require(FaultyFileSystem.register())
        defer { FaultyFileSystem.fail(after: nil) }
        var operation = 0
        var fired = true
        var stopped = 0
        while fired {
            FaultyFileSystem.fail(after: nil)
            let bench = try WriterBench(
                limits: GroupWriter.Limits(waitingJobs: 10, jobsInGroup: 6, logPages: 15), vfs: FaultyFileSystem.name)
            try bench.writer.withDatabase { try $0.execute("PRAGMA cache_size = 5") }
            FaultyFileSystem.fail(after: operation, code: fault.code, lasting: fault.isLasting)
            work(bench)
            fired = FaultyFileSystem.hasFired
            FaultyFileSystem.fail(after: nil)
            if bench.writer.state != .writing { stopped += 1 }
            try check(bench, at: operation)
            operation += 1
            try #require(operation < 1_000, "the run has no end")
        }
        #expect(operation > 20, "the faults did not reach the writer")
        #expect(stopped > 10, "the writer did not stop for them")
    }

    private func check(_ bench: WriterBench, at operation: Int) throws {
        try bench.reopen()
        let disk = try bench.onDisk()
        let told = Set(bench.saved)
        #expect(told.isSubset(of: disk), "operation \(operation)")
        let unknown = bench.refused.filter { bench.error(of: $0)?.kind == .outcomeUnknown }
        #expect(Set(disk).isSubset(of: told.union(unknown)), "operation \(operation)")
        #expect(try bench.isContiguous(), "operation \(operation)")
        #expect(try bench.writer.withDatabase { try $0.integrityCheck() } == [], "operation \(operation)")
        try bench.append("after")
        bench.writer.drain()
        #expect(try bench.onDisk() == disk + ["after"], "operation \(operation)")
        bench.writer.close()
    }

    @Test("after a failed sync of a commit the outcome is unknown and nothing is taken until it is reopened")
    func failedSync() throws {
        try #require(FaultyFileSystem.register())
        defer { FaultyFileSystem.fail(after: nil) }
        let bench = try WriterBench(vfs: FaultyFileSystem.name)
        try bench.append("a")
        bench.writer.drain()
        FaultyFileSystem.fail(after: 0, code: FaultyFileSystem.syncError, lasting: true)
        try bench.append("b")
        try bench.append("c") { _ in throw SQLiteError(kind: .other, operation: .write, message: "own") }
        bench.writer.drain()
        FaultyFileSystem.fail(after: nil)
        #expect(bench.writer.state == .outcomeUnknown)
        #expect(bench.error(of: "b")?.kind == .outcomeUnknown)
        #expect(bench.error(of: "b")?.code == SQLITE_IOERR)
        #expect(bench.error(of: "c")?.message == "own")
        #expect(kind { try bench.append("d") } == .outcomeUnknown)
        #expect(throws: Stop.self) { try bench.writer.reopen { throw Stop() } }
        #expect(kind { try bench.append("d") } == .outcomeUnknown)
        #expect(bench.writer.drain() == DrainSummary())
        try bench.reopen()
        try bench.append("d")
        bench.writer.drain()
        #expect(bench.saved == ["a", "d"])
        #expect(try bench.isContiguous())
    }
}
