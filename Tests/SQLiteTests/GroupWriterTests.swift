import SQLite
import Synchronization
import Testing

@Suite("Group writer")
struct GroupWriterTests {
    struct Stop: Error {}

    @Test("jobs that wait together share one transaction and are told after it")
    func sharedCommit() throws {
        let bench = try WriterBench()
        let calls = Mutex(0)
        bench.writer.beforeCommit = { _ in calls.withLock { $0 += 1 } }
        for name in ["a", "b", "c"] { try bench.append(name) }
        #expect(bench.saved.isEmpty)
        #expect(bench.writer.waitingCount == 3)
        let summary = bench.writer.drain()
        #expect(summary.groups == 1 && summary.committed == 3 && summary.failed == 0 && summary.waiting == 0)
        #expect(bench.saved == ["a", "b", "c"])
        #expect(try bench.onDisk() == ["a", "b", "c"])
        #expect(calls.withLock { $0 } == 1)
        #expect(bench.rollbacks == 0)
    }

    @Test("when a caller is told of success, another connection already sees the change")
    func acknowledgedAfterCommit() throws {
        let bench = try WriterBench()
        let seen = Mutex<[Int]>([])
        for name in ["a", "b"] {
            try bench.writer.enqueue(name) { database in
                try WriterBench.append(name, bytes: 0, to: database)
                #expect(try bench.onDisk().isEmpty)
                return database.lastInsertedRowID
            } completion: { result in
                let count = try? bench.onDisk().count
                seen.withLock { $0.append((try? result.get()) == nil ? -1 : count ?? -2) }
            }
        }
        bench.writer.drain()
        #expect(seen.withLock { $0 } == [2, 2])
    }

    @Test("a failing job in the middle undoes itself only, and leaves no gap in the sequence")
    func failingJob() throws {
        let bench = try WriterBench()
        try bench.append("a")
        try bench.append("b") { _ in throw Stop() }
        try bench.append("c")
        try bench.append("a")
        try bench.append("d")
        let summary = bench.writer.drain()
        #expect(summary.committed == 3 && summary.failed == 2 && summary.groups == 1)
        #expect(bench.saved == ["a", "c", "d"])
        #expect(bench.refused == ["b", "a"])
        #expect(bench.error(of: "a")?.kind == .constraint)
        #expect(try bench.onDisk() == ["a", "c", "d"])
        #expect(try bench.isContiguous())
        #expect(bench.rollbacks == 2)
        #expect(bench.writer.state == .writing)
    }

    @Test("caches are told of a rollback before the next job runs")
    func cacheReload() throws {
        let bench = try WriterBench()
        let events = Mutex<[String]>([])
        bench.writer.afterRollback = { events.withLock { $0.append("rollback") } }
        for (name, fails) in [("a", false), ("b", true), ("c", false)] {
            try bench.append(name) { _ in
                events.withLock { $0.append(name) }
                if fails { throw Stop() }
            }
        }
        bench.writer.drain()
        #expect(events.withLock { $0 } == ["a", "b", "rollback", "c"])
    }

    @Test("a job that ends the transaction fails the whole group, and nothing after it runs")
    func rollbackInside() throws {
        let bench = try WriterBench()
        let ran = Mutex(false)
        try bench.append("a")
        try bench.append("b") { try $0.run("ROLLBACK") }
        try bench.append("c") { _ in ran.withLock { $0 = true } }
        let summary = bench.writer.drain()
        #expect(summary.committed == 0 && summary.failed == 3)
        #expect(bench.saved.isEmpty)
        for name in ["a", "b", "c"] { #expect(bench.error(of: name)?.kind == .transactionEnded) }
        #expect(!ran.withLock { $0 })
        #expect(try bench.onDisk().isEmpty)
        #expect(bench.rollbacks == 1)
        try bench.append("d")
        bench.writer.drain()
        #expect(try bench.onDisk() == ["d"])
        #expect(try bench.isContiguous())
    }

    @Test(
        "a job that swallows the error, or hides the rollback behind another transaction, does not pass",
        arguments: [
            "ROLLBACK; BEGIN", "ROLLBACK; BEGIN; SAVEPOINT tributary", "COMMIT", "COMMIT; BEGIN; SAVEPOINT tributary",
            "ROLLBACK; SAVEPOINT tributary",
        ] as [SQL])
    func hiddenRollback(script: SQL) throws {
        let bench = try WriterBench()
        try bench.append("a")
        try bench.append("b") { database in try? database.execute(script) }
        try bench.append("c")
        bench.writer.drain()
        #expect(bench.saved.isEmpty)
        #expect(Set(bench.refused) == ["a", "b", "c"])
        #expect(try bench.onDisk().isEmpty)
        #expect(bench.writer.state == .writing)
        try bench.append("d")
        bench.writer.drain()
        #expect(try bench.onDisk() == ["d"])
    }

    @Test("a job that leaves a foreign key violated fails by itself, before the commit would fail for all")
    func openForeignKey() throws {
        let bench = try WriterBench()
        try bench.append("a")
        try bench.append("b") { try $0.run("INSERT INTO child VALUES (99)") }
        try bench.append("c")
        bench.writer.drain()
        #expect(bench.saved == ["a", "c"])
        #expect(bench.error(of: "b")?.kind == .constraint)
        #expect(bench.error(of: "b")?.message.contains("'b'") == true)
        #expect(try bench.isContiguous())
    }

    @Test("an error before the commit fails the group and leaves the writer writing")
    func failingHook() throws {
        let bench = try WriterBench()
        bench.writer.beforeCommit = { _ in throw Stop() }
        try bench.append("a")
        try bench.append("b") { _ in throw SQLiteError(kind: .other, operation: .write, message: "own") }
        bench.writer.drain()
        #expect(Set(bench.refused) == ["a", "b"])
        #expect(bench.error(of: "b")?.message == "own")
        #expect(bench.writer.state == .writing)
        bench.writer.beforeCommit = nil
        try bench.append("c")
        bench.writer.drain()
        #expect(try bench.onDisk() == ["c"])
    }

    @Test("a hook that hides a rollback behind another transaction does not get the group acknowledged")
    func hookEndsTransaction() throws {
        let bench = try WriterBench()
        bench.writer.beforeCommit = { try $0.execute("ROLLBACK; BEGIN") }
        try bench.append("a")
        bench.writer.drain()
        #expect(bench.error(of: "a")?.kind == .transactionEnded)
        #expect(try bench.onDisk().isEmpty)
    }

    @Test("a commit that is refused before it has written anything fails the group and no more")
    func refusedCommit() throws {
        let bench = try WriterBench()
        bench.writer.beforeCommit = { try $0.run("INSERT INTO child VALUES (99)") }
        try bench.append("a")
        bench.writer.drain()
        #expect(bench.error(of: "a")?.kind == .constraint)
        #expect(bench.error(of: "a")?.operation == .commit)
        #expect(bench.writer.state == .writing)
        #expect(bench.rollbacks == 1)
        #expect(try bench.onDisk().isEmpty)
    }

    @Test("a queue at its limit takes no more, and takes again after a drain")
    func queueLimit() throws {
        let bench = try WriterBench(limits: GroupWriter.Limits(waitingJobs: 3, jobsInGroup: 2, logPages: 10))
        for name in ["a", "b", "c"] { try bench.append(name) }
        let error = #expect(throws: SQLiteError.self) { try bench.append("d") }
        #expect(error?.kind == .queueFull)
        #expect(error?.isRecoverable == true)
        let summary = bench.writer.drain()
        #expect(summary.groups == 2 && summary.committed == 3)
        try bench.append("d")
        bench.writer.drain()
        #expect(bench.saved == ["a", "b", "c", "d"])
        #expect(bench.refused.isEmpty)
    }

    @Test("putting in says whether somebody must be told to drain")
    func wakeUp() throws {
        let bench = try WriterBench()
        #expect(try bench.writer.enqueue("a", { _ in }, completion: { _ in }))
        #expect(try !bench.writer.enqueue("b", { _ in }, completion: { _ in }))
        bench.writer.drain()
        #expect(try bench.writer.enqueue("c", { _ in }, completion: { _ in }))
    }

    @Test("a job put in by a completion waits for the next drain")
    func fromCompletion() throws {
        let bench = try WriterBench()
        try bench.writer.enqueue("a", { _ in }) { _ in try? bench.append("b") }
        let summary = bench.writer.drain()
        #expect(summary.committed == 1 && summary.waiting == 1)
        bench.writer.drain()
        #expect(bench.saved == ["b"])
    }

    @Test("a busy database fails the group recoverably, and the writer goes on")
    func busy() throws {
        let bench = try WriterBench()
        let other = try bench.folder.writer()
        try other.transaction(.immediate) {
            try bench.append("a")
            bench.writer.drain()
        }
        #expect(bench.error(of: "a")?.kind == .busy)
        #expect(bench.error(of: "a")?.isRecoverable == true)
        #expect(bench.writer.state == .writing)
        try bench.append("a")
        bench.writer.drain()
        #expect(bench.saved == ["a"])
    }

    @Test("many threads put in while one drains: each caller is told once, and the sequence has no gap")
    func threads() async throws {
        let bench = try WriterBench(limits: GroupWriter.Limits(waitingJobs: 500, jobsInGroup: 7, logPages: 50))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for thread in 0..<4 {
                group.addTask {
                    for index in 0..<50 {
                        try bench.append("\(thread)-\(index)") { _ in if index % 10 == 9 { throw Stop() } }
                        if thread == 0 { bench.writer.drain() }
                    }
                }
            }
            try await group.waitForAll()
        }
        bench.writer.drain()
        #expect(bench.saved.count == 180)
        #expect(bench.refused.count == 20)
        #expect(try Set(bench.onDisk()) == Set(bench.saved))
        #expect(try bench.isContiguous())
    }

    @Test("the log is checkpointed by the writer as it grows")
    func checkpoints() throws {
        let bench = try WriterBench(limits: GroupWriter.Limits(waitingJobs: 10, jobsInGroup: 1, logPages: 20))
        let before = bench.folder.size(of: "test.db")
        for index in 0..<20 {
            try bench.append("\(index)", bytes: 20_000)
            bench.writer.drain()
        }
        #expect(bench.folder.size(of: "test.db") > before + 200_000)
        #expect(bench.folder.size(of: "test.db-wal") < 400_000)
    }

    @Test("the connection can be used between groups")
    func withDatabase() throws {
        let bench = try WriterBench()
        try bench.append("a")
        bench.writer.drain()
        #expect(try bench.writer.withDatabase { try number($0, "SELECT count(*) FROM log") } == 1)
    }

    @Test("closing refuses what waits and what comes, and reopening takes jobs again")
    func close() throws {
        let bench = try WriterBench()
        try bench.append("a")
        bench.writer.close()
        #expect(bench.error(of: "a")?.kind == .readOnly)
        #expect(kind { try bench.append("b") } == .readOnly)
        #expect(kind { try bench.writer.withDatabase { _ in } } == .readOnly)
        #expect(bench.writer.drain() == DrainSummary())
        try bench.reopen()
        try bench.append("c")
        bench.writer.drain()
        #expect(try bench.onDisk() == ["c"])
    }
}
