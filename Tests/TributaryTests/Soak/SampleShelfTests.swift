import Glibc
import Testing

@testable import tributary

/// What is kept of the samples, and how they are read from the system.
@Suite struct SampleShelfTests {
    private func sample(_ index: Int, _ phase: GrowthSample.Phase, memory: Int = 1) -> GrowthSample {
        GrowthSample(
            seconds: Double(index), phase: phase, processID: 1, memoryBytes: memory, descriptors: 1, threads: 1,
            databaseBytes: 1, logAheadBytes: 1, sideBytes: 1, logBytes: 1, tickets: 1, changes: 1)
    }

    @Test("a long run is thinned evenly and bounded; its idle and quiet samples and its peaks stay")
    func thinning() throws {
        var shelf = SampleShelf(limit: 100)
        for index in 0..<3 { shelf.add(sample(index, .idle), of: "a") }
        for index in 3..<5_003 { shelf.add(sample(index, .load, memory: index == 4_001 ? 99 : 1), of: "a") }
        shelf.add(sample(5_003, .quiet), of: "a")
        let kept = shelf.samples(of: "a")
        #expect(kept.count <= 101)
        #expect(kept.count >= 40)
        #expect(kept.prefix(3).allSatisfy { $0.phase == .idle })
        #expect(kept.last?.phase == .quiet)
        let gaps = zip(kept.dropFirst(3), kept.dropFirst(4).dropLast()).map { $1.seconds - $0.seconds }
        #expect(Set(gaps).count == 1)
        #expect(shelf.peak(of: "a")?.memoryBytes == 99)
        #expect(shelf.samples(of: "b").isEmpty)
    }

    @Test("one below the limit nothing is dropped, at the limit every second one is")
    func limit() {
        var shelf = SampleShelf(limit: 10)
        for index in 0..<9 { shelf.add(sample(index, .load), of: "a") }
        #expect(shelf.samples(of: "a").count == 9)
        shelf.add(sample(9, .load), of: "a")
        #expect(shelf.samples(of: "a").count == 5)
    }

    @Test("a figure is the number behind its name, and nothing else")
    func figure() {
        let status = Array("Name:\ttributary\nVmRSS:\t   38912 kB\nThreads:\t14\nOther:\tx\n".utf8)
        #expect(ProcessFigures.figure("VmRSS:", in: status) == 38_912)
        #expect(ProcessFigures.figure("Threads:", in: status) == 14)
        #expect(ProcessFigures.figure("Other:", in: status) == nil)
        #expect(ProcessFigures.figure("VmSwap:", in: status) == nil)
    }

    @Test("this very process has memory, descriptors and threads; one that is not there has none")
    func process() throws {
        let own = try #require(ProcessFigures.process(getpid()))
        #expect(own.memoryBytes > 1 << 20)
        #expect(own.descriptors > 2)
        #expect(own.threads > 0)
        #expect(ProcessFigures.process(Int32.max) == nil)
        #expect(ProcessFigures.fileBytes("/nonexistent") == 0)
    }

    @Test("a pool forgets its oldest tickets and offers at its limits, and gives none when it has none")
    func pool() {
        let pool = TicketPool()
        #expect(pool.pick(at: "a", 0) == nil)
        #expect(pool.takeOffer(to: "a") == nil)
        for number in 0...TicketPool.recentMax { pool.add("\(number)", at: "a") }
        #expect(pool.pick(at: "a", 0) == "1")
        pool.remove("1", at: "a")
        #expect(pool.pick(at: "a", 0) == "2")
        for number in 0...TicketPool.offersMax { pool.offer("\(number)", to: "a") }
        #expect(pool.takeOffer(to: "a") == "1")
    }

    @Test("sizes are told with one to four digits")
    func bytes() {
        #expect(Bytes.text(0) == "0 B")
        #expect(Bytes.text(1_023) == "1023 B")
        #expect(Bytes.text(1_024) == "1.0 KiB")
        #expect(Bytes.text(4 << 20) == "4.0 MiB")
        #expect(Bytes.text(31 << 20) == "31 MiB")
        #expect(Bytes.text(-2_048) == "-2.0 KiB")
    }
}
