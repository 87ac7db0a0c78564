import Testing

@testable import Replication

@Suite("Issuing again")
struct ReissueTests {
    private static let minute: Int64 = 60_000
    private static let hour = 60 * minute
    private static let bound = ReplicationLimits.aheadMilliseconds
    private let now: Int64 = 1_760_000_000_000

    private func item(
        _ milliseconds: Int64, start: UInt32 = 1, isUnmeasured: Bool = true, floor: Stamp = .zero
    ) -> Reissue.Item {
        Reissue.Item(
            stamp: Stamp(milliseconds: milliseconds), start: start, isUnmeasured: isUnmeasured, floor: floor)
    }

    private func times(_ stamps: [Stamp]?) -> [Int64]? { stamps?.map(\.milliseconds) }

    @Test("an error of ten minutes is let be and one more millisecond is not", arguments: [1, -1] as [Int64])
    func edge(sign: Int64) {
        let items = [item(now - 5)]
        #expect(Reissue.stamps(items, current: 1, error: sign * Self.bound, now: now, watermark: 0) == nil)
        #expect(Reissue.stamps(items, current: 1, error: sign * (Self.bound + 1), now: now, watermark: 0) != nil)
    }

    @Test("the changes of one start move together, so the intervals between them stay exact")
    func together() {
        let error = 3 * Self.hour
        let written: [Int64] = [-50, -20, -20, -3].map { now + $0 * Self.minute }
        let stamps = Reissue.stamps(
            written.map { item($0 + error) }, current: 1, error: error, now: now, watermark: 0)
        #expect(times(stamps) == written)
    }

    @Test("a site an hour behind moves forward, but not beyond the present")
    func behind() {
        let items = [item(now - 2 * Self.hour), item(now - Self.minute)]
        let stamps = Reissue.stamps(items, current: 1, error: -Self.hour, now: now, watermark: 0)
        let expected: [Int64] = [now - Self.hour, now]
        #expect(times(stamps) == expected)
    }

    @Test("changes written after the measurement stay where they are")
    func measured() {
        let items = [item(now + Self.hour - 9_000), item(now - 4_000, isUnmeasured: false)]
        let stamps = Reissue.stamps(items, current: 1, error: Self.hour, now: now, watermark: 0)
        let expected: [Int64] = [now - 9_000, now - 4_000]
        #expect(times(stamps) == expected)
    }

    @Test("an earlier start that reaches into the next moves down as one until it ends before it")
    func earlierStarts() {
        let year = 365 * 24 * Self.hour
        let items = [
            item(now + year, start: 1), item(now + year + Self.minute, start: 1), item(now - Self.hour, start: 2),
        ]
        let stamps = Reissue.stamps(items, current: 2, error: 0, now: now, watermark: 0)
        let last = now - Self.hour
        #expect(times(stamps) == [last - Self.minute - 1, last - 1, last])
    }

    @Test("an earlier start that lies before the next stays where it is")
    func earlierInPlace() {
        let items = [item(now - 5 * Self.hour, start: 1), item(now + 2 * Self.hour, start: 2)]
        let stamps = Reissue.stamps(items, current: 2, error: 3 * Self.hour, now: now, watermark: 0)
        let expected: [Int64] = [now - 5 * Self.hour, now - Self.hour]
        #expect(times(stamps) == expected)
    }

    @Test("nothing ends at or below the declared watermark, the last change sent, or what was seen")
    func floors() {
        let items = [item(now + Self.hour), item(now + Self.hour + 1), item(now + Self.hour + 2)]
        func stamps(watermark: Int64 = 0, sent: Stamp = .zero) -> [Stamp]? {
            Reissue.stamps(items, current: 1, error: Self.hour + 50, now: now, watermark: watermark, sent: sent)
        }
        #expect(stamps(watermark: now)?.first == Stamp(milliseconds: now + 1))
        let sent = Stamp(milliseconds: now + 3)
        #expect(stamps(sent: sent)?.first == sent.next)
        let floor = Stamp(milliseconds: now + Self.minute)
        let seen = Reissue.stamps(
            [item(now + Self.hour), item(now + Self.hour, floor: floor), item(now + Self.hour)], current: 1,
            error: Self.hour, now: now, watermark: 0)
        #expect(seen == [Stamp(milliseconds: now), floor.next, floor.next.next])
    }

    @Test("several starts with any clocks keep order, floors and the bound")
    func anyClocks() {
        var random = SplitMix64(for: "reissue: any clocks")
        var issued = 0
        for _ in 0..<3_000 {
            let life = RandomLife(now: now, using: &random)
            guard let stamps = life.reissued else {
                #expect(abs(life.error) <= Self.bound || !life.items.contains { $0.start == life.current })
                #expect(life.items.allSatisfy { $0.stamp.milliseconds <= now + Self.bound })
                continue
            }
            issued += 1
            #expect(stamps.count == life.items.count)
            var forced = max(life.sent, Stamp(raw: Stamp(milliseconds: life.watermark).raw | 0xFFFF))
            var previous = forced
            for (item, stamp) in zip(life.items, stamps) {
                #expect(stamp > previous)
                #expect(stamp > item.floor)
                forced = max(forced, item.floor)
                let isForced = stamp.raw <= forced.raw + UInt64(life.items.count)
                #expect(stamp.milliseconds <= now + Self.bound || isForced)
                previous = stamp
            }
        }
        #expect(issued > 1_000)
    }
}

/// What a site wrote in a few starts with clocks of any error, and never sent.
private struct RandomLife {
    var items: [Reissue.Item] = []
    let current: UInt32
    var error: Int64 = 0
    let now: Int64
    let watermark: Int64
    let sent: Stamp

    init(now: Int64, using random: inout SplitMix64) {
        self.now = now
        current = UInt32(1 + random.below(4))
        var time = now - 86_400_000
        watermark = time - Int64(random.below(1_000))
        sent = Stamp(milliseconds: time - Int64(random.below(2_000)) + 1_000)
        var clock = HybridClock(highest: max(sent, Stamp(milliseconds: watermark)))
        for start in 1...current {
            let errors: [Int64] = [0, 1_000, 700_000, 3_600_000, 31_536_000_000]
            error = random.pick(errors) * random.pick([1, -1])
            for _ in 0..<random.below(6) {
                time = min(now, time + Int64(random.below(7_200_000)))
                let floor = random.chance(20) ? Stamp(milliseconds: time + Int64(random.below(400_000))) : .zero
                clock.observe(floor)
                let stamp = clock.tick(milliseconds: time + error)
                items.append(.init(stamp: stamp, start: start, isUnmeasured: true, floor: floor))
            }
        }
    }

    var reissued: [Stamp]? {
        Reissue.stamps(items, current: current, error: error, now: now, watermark: watermark, sent: sent)
    }
}
