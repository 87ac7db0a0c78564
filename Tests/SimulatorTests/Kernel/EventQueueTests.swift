import Testing

@testable import Simulator

/// That what is to happen happens in its order, and that the digest notices what it is told.
@Suite struct EventQueueTests {
    @Test(
        "Events come by time and then in the order of asking, whatever came and went between",
        arguments: [1, 2, 3] as [UInt64])
    func order(_ seed: UInt64) {
        var random = RandomStream(seed: seed, entity: "queue", purpose: "test")
        var queue = EventQueue()
        var waiting: [(time: Int64, sequence: UInt64)] = []
        var happened: [UInt64] = []
        for sequence in 1...2_000 as ClosedRange<UInt64> {
            let time = random.below(50)
            queue.push(
                .init(time: .seconds(time), sequence: sequence, name: "tick", site: Int(sequence)) {
                    happened.append(sequence)
                })
            waiting.append((time, sequence))
            guard random.happens(perMille: 400) || sequence == 2_000 else { continue }
            for _ in 0..<(sequence == 2_000 ? waiting.count : 1) {
                let next = waiting.indices.min { waiting[$0] < waiting[$1] } ?? 0
                let due = waiting.remove(at: next)
                #expect(queue.first == .seconds(due.time), "seed \(seed)")
                let item = queue.pop()
                item?.action()
                #expect(item?.sequence == due.sequence && item?.site == Int(due.sequence), "seed \(seed)")
                #expect(happened.last == due.sequence, "seed \(seed)")
            }
        }
        #expect(queue.pop() == nil && queue.count == 0 && queue.first == nil)
        #expect(happened.count == 2_000)
    }

    @Test("What has happened is let go of")
    func letsGo() {
        final class Witness {}
        var queue = EventQueue()
        weak var witness: Witness?
        do {
            let held = Witness()
            witness = held
            queue.push(.init(time: .zero, sequence: 1, name: "tick", site: 0) { _ = held })
        }
        #expect(witness != nil)
        _ = queue.pop()
        #expect(witness == nil)
    }

    @Test("The digest takes eight bytes a word and tells lengths apart")
    func digestWords() {
        func digest(_ bytes: [UInt8]) -> UInt64 {
            var digest = RunDigest()
            digest.absorb(bytes)
            return digest.value
        }
        func digest(words: [UInt64]) -> UInt64 {
            var digest = RunDigest()
            for word in words { digest.absorb(word) }
            return digest.value
        }
        #expect(digest([]) == digest(words: [0]))
        #expect(digest([7]) == digest(words: [0x0107]))
        #expect(digest([1, 2, 3, 4, 5, 6, 7, 8]) == digest(words: [0x0102_0304_0506_0708, 0]))
        #expect(digest([1, 2, 3, 4, 5, 6, 7, 8, 9]) == digest(words: [0x0102_0304_0506_0708, 9]))
        #expect(digest([0]) != digest([0, 0]))
    }
}
