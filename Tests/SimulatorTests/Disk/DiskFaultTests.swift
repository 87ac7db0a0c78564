import SQLite
import Testing

@testable import Simulator

struct DiskFaultTests {
    private func kind(_ body: () throws -> Void) -> SQLiteError.Kind? {
        do {
            try body()
            return nil
        } catch {
            return (error as? SQLiteError)?.kind
        }
    }

    @Test("A failing sync acknowledges nothing, and what it left unsynced is gone after a loss of power")
    func aFailingSyncAcknowledges() throws {
        let bench = DiskBench("sync-fails")
        defer { bench.end() }
        let told = Told()
        let database = try bench.writer()
        try database.makeLog()
        let writer = GroupWriter(database: database)
        told.append("before", lines: ["before"], to: writer)
        writer.drain()
        bench.disk.faults.syncFails = true
        told.append("during", lines: ["during"], to: writer)
        writer.drain()
        #expect(told.saved == ["before"])
        #expect(told.failure(of: "during") == .outcomeUnknown)
        #expect(writer.state == .outcomeUnknown)
        bench.disk.faults.syncFails = false
        var random = DiskBench.random(1)
        bench.disk.losePower(&random)
        try writer.reopen { try bench.writer() }
        told.append("after", lines: ["after"], to: writer)
        writer.drain()
        #expect(told.saved == ["before", "after"])
        #expect(try bench.reader().names() == ["before", "after"])
        writer.close()
    }

    /// What is left of a commit whose sync failed and of one after it, when power is lost in the end.
    private func left(_ bench: DiskBench, seed: UInt64) throws -> [String] {
        let first = try bench.writer()
        try first.makeLog()
        bench.disk.faults.syncFails = true
        #expect(throws: SQLiteError.self) { try first.append("unsynced") }
        bench.disk.abandonHandles()
        bench.disk.faults.syncFails = false
        // The system still reads what it has not written.
        let second = try bench.writer()
        try second.append("acknowledged")
        var random = DiskBench.random(seed)
        bench.disk.losePower(&random)
        let last = try bench.writer()
        #expect(try last.integrityCheck() == [])
        return try last.names()
    }

    @Test("What is committed after a start is durable although an earlier sync failed", arguments: UInt64(0)..<10)
    func whatIsCommittedAfter(seed: UInt64) throws {
        let bench = DiskBench("mended-\(seed)")
        defer { bench.end() }
        #expect(try left(bench, seed: seed) == ["unsynced", "acknowledged"])
    }

    @Test("What a failed sync left out is not written by the next")
    func whatAFailedSync() {
        let file = DiskFile()
        file.write([1, 2], at: 0)
        file.sync()
        file.write([9], at: 0)
        file.forgetWrites()
        file.write([8], at: 1)
        file.sync()
        #expect(file.live.array == [9, 8])
        #expect(file.durable.array == [1, 8])
    }

    @Test("A full disk refuses and keeps what it has, and goes on when there is room")
    func aFullDiskRefuses() throws {
        let bench = DiskBench("full-disk")
        defer { bench.end() }
        let database = try bench.writer()
        try database.makeLog()
        try database.append("before")
        bench.disk.faults.bytesMax = bench.disk.usedBytes + 10_000
        #expect(kind { try database.append("during", bytes: 50_000) } == .full)
        #expect(bench.disk.usedBytes <= bench.disk.faults.bytesMax)
        #expect(throws: SimulatedDisk.Failure.full) {
            try bench.disk.write([UInt8](repeating: 0, count: 20_000), to: "s")
        }
        #expect(try database.names() == ["before"])
        bench.disk.faults.bytesMax = SimulatedDisk.defaultBytesMax
        try database.append("after", bytes: 50_000)
        #expect(try bench.reader().names() == ["before", "after"])
    }

    @Test("The bytes in use are those of all files")
    func theBytesInUse() throws {
        let bench = DiskBench("usage")
        defer { bench.end() }
        let database = try bench.writer()
        try database.makeLog()
        try database.append("a", bytes: 9_000)
        try bench.disk.write([1, 2, 3], to: "side")
        try database.checkpoint(truncate: true)
        let files = bench.disk.fileNames.compactMap { bench.disk.size(of: $0) }.reduce(0, +)
        #expect(files > 9_000)
        #expect(bench.disk.usedBytes == files + 3)
        database.close()
        #expect(bench.disk.fileNames == [DiskBench.main])
        #expect(bench.disk.usedBytes == (bench.disk.size(of: DiskBench.main) ?? 0) + 3)
    }

    @Test("A read error surfaces and harms nothing")
    func aReadErrorSurfaces() throws {
        let bench = DiskBench("read-error")
        defer { bench.end() }
        let database = try bench.writer()
        try database.makeLog()
        for number in 0..<20 { try database.append("\(number)", bytes: 4_000) }
        let reader = try bench.reader()
        bench.disk.faults.readErrorsPerMille = 1_000
        #expect(kind { _ = try reader.all("SELECT body FROM log") { $0.blob(0) } } == .ioError)
        bench.disk.faults.readErrorsPerMille = 0
        #expect(try reader.names().count == 20)
        #expect(try database.integrityCheck() == [])
    }

    @Test("Bits that rot in the database are found or change what is read, unless all hit unused space")
    func bitsThatRotIn() throws {
        var found = 0
        for seed in UInt64(0)..<20 {
            let bench = DiskBench("rot-\(seed)")
            defer { bench.end() }
            let database = try bench.writer()
            try database.makeLog()
            for number in 0..<20 { try database.append("\(number)", bytes: 1_000) }
            database.close()
            var random = DiskBench.random(seed)
            let offsets = bench.disk.rot(bits: 40, in: DiskBench.main, random: &random)
            #expect(offsets.count == 40)
            #expect(bench.disk.bytes(of: DiskBench.main) == bench.disk.bytes(of: DiskBench.main, durable: true))
            if isDamaged(bench) { found += 1 }
        }
        #expect(found >= 15)
    }

    private func isDamaged(_ bench: DiskBench) -> Bool {
        do {
            let database = try bench.reader()
            guard try database.integrityCheck() == [] else { return true }
            let rows = try database.all("SELECT name, body FROM log ORDER BY sequence") { ($0.text(0), $0.blob(1)) }
            return rows.map(\.0) != (0..<20).map(String.init)
                || rows.contains { Array($0.1) != [UInt8](repeating: 7, count: 1_000) }
        } catch {
            return [.corrupt, .notADatabase].contains((error as? SQLiteError)?.kind)
        }
    }

    @Test("Bits that rot in the log cost the commits from there on, and no others")
    func bitsThatRotInThe() throws {
        let bench = DiskBench("rot-log")
        defer { bench.end() }
        let database = try bench.writer()
        try database.makeLog()
        let names = (0..<10).map(String.init)
        for name in names { try database.append(name) }
        var random = DiskBench.random(3)
        #expect(bench.disk.rot(bits: 1, in: DiskBench.log, random: &random).count == 1)
        bench.disk.abandonHandles()
        let left = try bench.writer().names()
        #expect(left.count < 10)
        #expect(left == Array(names.prefix(left.count)))
    }

    @Test("A small file is written whole, or is what it was when power is cut")
    func aSmallFileIs() throws {
        let disk = SimulatedDisk(name: "side", seed: 1)
        #expect(disk.read("names") == nil)
        try disk.write([1, 2], to: "names")
        disk.cutPower(afterWrites: 1, random: DiskBench.random(1))
        #expect(throws: SimulatedDisk.Failure.off) { try disk.write([3], to: "names") }
        #expect(disk.isOff)
        #expect(disk.read("names") == nil)
        disk.start()
        #expect(disk.read("names") == [1, 2])
    }
}
