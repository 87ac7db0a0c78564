import SQLite
import Testing

@testable import Simulator

struct PowerLossTests {
    private let commits = (0..<10).map { "commit \($0)" }

    /// Ten commits, then power is lost; what is there afterwards.
    private func survivors(_ bench: DiskBench, seed: UInt64, before: (Database) throws -> Void) throws -> [String] {
        let database = try bench.writer()
        try before(database)
        try database.makeLog()
        for name in commits { try database.append(name) }
        var random = DiskBench.random(seed)
        bench.disk.losePower(&random)
        #expect(throws: SQLiteError.self) { try database.append("after") }
        let reopened = try bench.writer()
        #expect(try reopened.integrityCheck() == [])
        return try reopened.names()
    }

    @Test("Ten of ten commits survive a loss of power", arguments: UInt64(0)..<20)
    func tenOfTenCommits(seed: UInt64) throws {
        let bench = DiskBench("full-\(seed)")
        defer { bench.end() }
        #expect(try survivors(bench, seed: seed) { _ in } == commits)
    }

    @Test("Commits that are not synced are lost in most losses of power, from the end, and survive in some")
    func commitsThatAreNot()
        throws
    {
        var lost = 0
        var kept = 0
        for seed in UInt64(0)..<40 {
            let bench = DiskBench("normal-\(seed)")
            defer { bench.end() }
            let left = try survivors(bench, seed: seed) { try $0.execute("PRAGMA synchronous = NORMAL") }
            #expect(left == Array(commits.prefix(left.count)), "seed \(seed)")
            if left.count < commits.count { lost += 1 } else { kept += 1 }
        }
        #expect(lost >= 20)
        #expect(kept >= 1)
    }

    @Test("A disk that drops syncs loses acknowledged commits")
    func aDiskThatDrops() throws {
        var lost = 0
        for seed in UInt64(0)..<20 {
            let bench = DiskBench("drops-\(seed)")
            defer { bench.end() }
            let database = try bench.writer()
            try database.makeLog()
            bench.disk.faults.dropsSyncs = true
            for name in commits { try database.append(name) }
            var random = DiskBench.random(seed)
            bench.disk.losePower(&random)
            let left = try bench.writer().names()
            #expect(left == Array(commits.prefix(left.count)), "seed \(seed)")
            if left != commits { lost += 1 }
        }
        #expect(lost >= 10)
    }

    @Test("One seed gives the same bytes after a loss of power, and others give others")
    func oneSeedGivesThe() throws {
        func bytes(_ seed: UInt64) -> [UInt8] {
            let file = DiskFile()
            let written = (0..<8_192).map { UInt8(truncatingIfNeeded: $0 / 16 + 1) }
            file.write(written, at: 100)
            var random = DiskBench.random(seed)
            file.losePower(&random)
            return file.live.array
        }
        let runs = (UInt64(0)..<30).map(bytes)
        #expect(runs == (UInt64(0)..<30).map(bytes))
        #expect(Set(runs).count > 10)
    }

    @Test("Some sector is kept, some is lost and some is torn, and synced bytes are never harmed")
    func someSectorIsKept() {
        let synced = [UInt8](repeating: 1, count: 10_000)
        let written = [UInt8](repeating: 2, count: 8_192)
        var (keeps, loses, tears) = (0, 0, 0)
        for seed in UInt64(0)..<30 {
            let file = DiskFile()
            file.write(synced, at: 0)
            file.sync()
            file.write(written, at: 512)
            var random = DiskBench.random(seed)
            file.losePower(&random)
            let found = file.live.array
            #expect(found.count == synced.count)
            #expect(found[..<512].allSatisfy { $0 == 1 } && found[8_704...].allSatisfy { $0 == 1 })
            for start in stride(from: 512, to: 8_704, by: 512) {
                switch found[start..<start + 512].count(where: { $0 == 2 }) {
                case 0: loses += 1
                case 512: keeps += 1
                default: tears += 1
                }
            }
        }
        #expect(keeps > 50 && loses > 50 && tears > 10)
    }

    @Test("A file cut short and written anew holds the old bytes or a part of the new ones, never a mixture")
    func aFileCutShort() {
        let old = [UInt8](repeating: 1, count: 4_096)
        let new = [UInt8](repeating: 2, count: 4_096)
        var (olds, news) = (0, 0)
        for seed in UInt64(0)..<40 {
            let file = DiskFile()
            file.write(old, at: 0)
            file.sync()
            file.truncate(to: 0)
            file.write(new, at: 0)
            var random = DiskBench.random(seed)
            file.losePower(&random)
            let found = file.live.array
            if found == old { olds += 1 } else { news += 1 }
            #expect(found == old || !found.contains(1), "seed \(seed)")
        }
        #expect(olds > 5 && news > 5)
    }

    @Test("A cut and longer file holds zeros and new bytes after a sync, and nothing of what was cut off")
    func aCutAndLonger() {
        let file = DiskFile()
        file.write([UInt8](repeating: 1, count: 100), at: 0)
        file.sync()
        file.truncate(to: 10)
        file.write([2], at: 50)
        file.sync()
        let expected = [UInt8](repeating: 1, count: 10) + [UInt8](repeating: 0, count: 40) + [2]
        #expect(file.durable.array == expected)
        #expect(file.live.array == expected)
    }

    @Test("A deletion that is not durable is undone in some losses of power")
    func aDeletionThatIs() {
        var names: Set<[String]> = []
        for seed in UInt64(0)..<20 {
            let disk = SimulatedDisk(name: "names", seed: 1)
            let file = disk.file("a", makes: true)
            file.map { _ = disk.sync($0, named: "a") }
            _ = disk.delete("a", durably: false)
            #expect(disk.fileNames == [])
            var random = DiskBench.random(seed)
            disk.losePower(&random)
            names.insert(disk.fileNames)
        }
        #expect(names == [["a"], []])
    }

    @Test("What was cut off before it was synced is never found")
    func whatWasCutOff() {
        for seed in UInt64(0)..<20 {
            let file = DiskFile()
            file.write([UInt8](repeating: 1, count: 100), at: 0)
            file.truncate(to: 10)
            var random = DiskBench.random(seed)
            file.losePower(&random)
            #expect(file.live.count <= 10, "seed \(seed)")
        }
    }

    @Test("A sync after very many scattered writes brings them all to the medium")
    func aSyncAfterVery() {
        let file = DiskFile()
        let count = 10_000
        for number in (0..<count).reversed() {
            let bytes = [UInt8](repeating: UInt8(truncatingIfNeeded: number), count: 3)
            file.write(bytes, at: number * 5 % (count * 3))
        }
        file.sync()
        #expect(file.durable.array == file.live.array)
        #expect(file.live.array.contains(0x77))
    }

    @Test("A copy has what was synced and nothing else")
    func aCopyHasWhat() throws {
        let disk = SimulatedDisk(name: "original", seed: 1)
        let file = try #require(disk.file("a", makes: true))
        file.write([1, 2], at: 0)
        _ = disk.sync(file, named: "a")
        file.write([9, 9, 9], at: 0)
        _ = disk.file("never synced", makes: true)
        try disk.write([5], to: "side")
        let copy = disk.copyOfDurable(name: "copy", seed: 1)
        #expect(copy.fileNames == ["a"])
        #expect(copy.bytes(of: "a") == [1, 2])
        #expect(copy.read("side") == [5])
        #expect(copy.usedBytes == 3)
        #expect(disk.bytes(of: "a") == [9, 9, 9])
    }
}
