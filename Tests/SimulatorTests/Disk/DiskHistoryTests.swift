import SQLite
import Testing

@testable import Simulator

/// Long histories at random: commits, checkpoints and readers, among crashes, losses of power and cuts of it, also
/// while the database recovers.
struct DiskHistoryTests {
    private static let steps = 150
    private static let recoveries = 20

    /// What is open, and what is promised.
    private struct History {
        let bench: DiskBench
        var random: RandomStream
        var database: Database
        var readers: [Database] = []
        /// Connections of programs that ended; they are closed later or never.
        var dead: [Database] = []
        var acknowledged = 0
        /// How many rows there are if a commit that failed has survived.
        var possible: Int?
        var ends = 0
    }

    @Test(
        "Whatever happens, each acknowledged commit is there and only the last unacknowledged one may be",
        arguments: UInt64(0)..<60)
    func whateverHappensEachAcknowledged(
        seed: UInt64
    ) throws {
        let bench = DiskBench("history-\(seed)")
        defer { bench.end() }
        let database = try bench.writer()
        try database.makeLog()
        var history = History(bench: bench, random: DiskBench.random(seed), database: database)
        for _ in 0..<Self.steps { try step(&history) }
        #expect(history.ends >= 3)
        history.readers = []
        history.dead = []
        history.database.close()
        let files = bench.disk.fileNames.compactMap { bench.disk.size(of: $0) }
        #expect(bench.disk.usedBytes == files.reduce(0, +))
    }

    private func step(_ history: inout History) throws {
        let disk = history.bench.disk
        switch history.random.below(12) {
        case 0...5: commit(&history)
        case 6: try? history.database.checkpoint(truncate: history.random.happens(perMille: 300))
        case 7: read(&history)
        case 8: history.readers = Array(history.readers.dropFirst())
        case 9 where history.random.happens(perMille: 300):
            disk.losePower(&history.random)
            return try recover(&history)
        case 10 where history.random.happens(perMille: 300):
            disk.abandonHandles()
            return try recover(&history)
        default: armCut(&history, within: 30)
        }
        if disk.isOff { try recover(&history) }
    }

    private func commit(_ history: inout History) {
        do {
            try history.database.append("\(history.acknowledged)", bytes: Int(history.random.below(9_000)))
            history.acknowledged += 1
        } catch {
            history.possible = history.acknowledged + 1
            #expect(history.bench.disk.isOff, "\(error)")
        }
    }

    /// One more reader, which keeps its snapshot.
    private func read(_ history: inout History) {
        guard history.readers.count < 4, let reader = try? history.bench.reader() else { return }
        try? reader.execute("BEGIN")
        let count = try? reader.names().count
        #expect(count == history.acknowledged || history.bench.disk.isOff)
        history.readers.append(reader)
    }

    private func armCut(_ history: inout History, within operations: Int64) {
        let count = 1 + Int(history.random.below(operations))
        history.bench.disk.cutPower(afterWrites: count, random: DiskBench.random(history.random.next()))
    }

    /// Opens the database until no cut comes between, and looks what is there.
    private func recover(_ history: inout History) throws {
        let disk = history.bench.disk
        history.ends += 1
        history.dead += history.readers + [history.database]
        history.readers = []
        if history.random.happens(perMille: 300) { history.dead = [] }
        for _ in 0..<Self.recoveries {
            disk.start()
            disk.cancelPowerCut()
            guard history.random.happens(perMille: 400) else { break }
            armCut(&history, within: 10)
            try? history.bench.writer().checkpoint(truncate: true)
        }
        disk.cancelPowerCut()
        disk.start()
        history.database = try history.bench.writer()
        #expect(try history.database.integrityCheck() == [])
        let names = try history.database.names()
        #expect(names == (0..<names.count).map(String.init))
        #expect(names.count == history.acknowledged || names.count == history.possible)
        history.acknowledged = names.count
        history.possible = nil
    }
}
