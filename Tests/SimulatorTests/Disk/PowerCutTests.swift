import SQLite
import Testing

@testable import Simulator

/// Power is cut in the middle of every write, sync, truncation and deletion of a workload, one run for each.
struct PowerCutTests {
    private static let rounds = 6
    private static let jobs = 3

    /// Groups of jobs of two lines each, small and large, with checkpoints between them; ends when writing does.
    private func work(_ bench: DiskBench, _ told: Told) throws -> GroupWriter? {
        guard let database = try? bench.writer() else { return nil }
        guard (try? database.makeLog()) != nil else { return nil }
        try? database.execute("PRAGMA cache_size = 5")
        let writer = GroupWriter(
            database: database, limits: GroupWriter.Limits(waitingJobs: 10, jobsInGroup: 4, logPages: 8))
        for round in 0..<Self.rounds {
            for job in 0..<Self.jobs {
                let name = "\(round)-\(job)"
                let bytes = job == 1 ? 20_000 : 300
                told.append(name, lines: [name + "a", name + "b"], bytes: bytes, to: writer)
            }
            writer.drain()
        }
        writer.close()
        return writer
    }

    /// Everything acknowledged is there, and of everything else all or nothing.
    private func check(_ bench: DiskBench, _ told: Told, at operation: Int) throws {
        let database = try bench.writer()
        #expect(try database.integrityCheck() == [], "operation \(operation)")
        let found = try database.names()
        let whole = (0..<Self.rounds).flatMap { round in (0..<Self.jobs).map { "\(round)-\($0)" } }
        let expected = whole.filter { found.contains($0 + "a") || found.contains($0 + "b") }
        #expect(found == expected.flatMap { [$0 + "a", $0 + "b"] }, "operation \(operation)")
        #expect(expected == Array(whole.prefix(expected.count)), "operation \(operation)")
        #expect(Set(told.saved).isSubset(of: expected), "operation \(operation)")
        try database.makeLog()
        try database.append("after")
        #expect(try database.names() == found + ["after"], "operation \(operation)")
    }

    /// Power is cut once more while the database is recovered and its log emptied.
    private func recoverInVain(_ bench: DiskBench, seed: UInt64, at operation: Int) {
        var random = RandomStream(seed: seed, entity: "second cut", purpose: "\(operation)")
        bench.disk.cutPower(afterWrites: 1 + Int(random.below(12)), random: random)
        try? bench.writer().checkpoint(truncate: true)
        bench.disk.cancelPowerCut()
        bench.disk.start()
    }

    @Test("Whenever power is cut, the acknowledged is there, the rest is whole or absent", arguments: UInt64(0)..<4)
    func wheneverPowerIsCut(seed: UInt64) throws {
        var operation = 0
        var wasCut = true
        var unacknowledged = 0
        while wasCut {
            operation += 1
            try #require(operation < 2_000, "the run has no end")
            let bench = DiskBench("cut-\(seed)-\(operation)")
            defer { bench.end() }
            let told = Told()
            bench.disk.cutPower(
                afterWrites: operation, random: RandomStream(seed: seed, entity: "cut", purpose: "\(operation)"))
            let writer = try work(bench, told)
            wasCut = bench.disk.isOff
            if wasCut {
                if let state = writer?.state { #expect(state != .writing) }
                #expect(throws: SQLiteError.self) { try bench.writer() }
                unacknowledged += 1
            } else {
                #expect(told.saved.count == Self.rounds * Self.jobs)
            }
            bench.disk.cancelPowerCut()
            bench.disk.start()
            recoverInVain(bench, seed: seed, at: operation)
            try check(bench, told, at: operation)
        }
        #expect(unacknowledged > 100, "the cuts did not reach the writer")
    }
}
