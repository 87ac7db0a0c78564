import Testing

@testable import Replication

@Suite("Clocks")
struct HybridClockTests {
    @Test("stamps rise whatever the time does and whatever is heard")
    func monotone() {
        var random = SplitMix64(for: "clock: monotone")
        var clock = HybridClock()
        var last = Stamp.zero
        for _ in 0..<5_000 {
            if random.chance(30) { clock.observe(Stamp(raw: UInt64(random.below(1 << 40)))) }
            let heard = clock.highest
            let stamp = clock.tick(milliseconds: Int64(random.below(1 << 25)) - 1_000)
            #expect(stamp > last)
            #expect(stamp > heard)
            #expect(clock.highest == stamp)
            last = stamp
        }
    }

    @Test("a clock that is ahead of what it stamped gives the first stamp of its millisecond")
    func followsTime() {
        var clock = HybridClock()
        #expect(clock.tick(milliseconds: 5) == Stamp(milliseconds: 5))
        #expect(clock.tick(milliseconds: 5) == Stamp(milliseconds: 5).next)
        #expect(clock.tick(milliseconds: 4) == Stamp(milliseconds: 5).next.next)
        #expect(clock.tick(milliseconds: 6) == Stamp(milliseconds: 6))
    }

    @Test("the counter carries into the milliseconds")
    func carries() {
        var clock = HybridClock(highest: Stamp(raw: Stamp(milliseconds: 7).raw | 0xFFFF))
        #expect(clock.tick(milliseconds: 7) == Stamp(milliseconds: 8))
        var busy = HybridClock()
        var last = Stamp.zero
        for _ in 0..<70_000 { last = busy.tick(milliseconds: 100) }
        #expect(last.milliseconds == 101)
        #expect(last.raw == Stamp(milliseconds: 100).raw + 69_999)
    }

    @Test("hearing a lower stamp changes nothing; falling back does")
    func observes() {
        var clock = HybridClock(highest: Stamp(milliseconds: 10))
        clock.observe(Stamp(milliseconds: 9))
        #expect(clock.highest == Stamp(milliseconds: 10))
        clock.observe(Stamp(milliseconds: 11))
        #expect(clock.highest == Stamp(milliseconds: 11))
        clock.fallBack(to: Stamp(milliseconds: 3))
        #expect(clock.tick(milliseconds: 0) == Stamp(milliseconds: 3).next)
    }

    @Test("a clock beyond what a stamp can name does not stop the site", arguments: [.max, .min, -1] as [Int64])
    func extremes(milliseconds: Int64) {
        var clock = HybridClock()
        #expect(clock.tick(milliseconds: milliseconds) > .zero)
    }

    @Test("a clock at its end does not stop the process: it gives stamps that no change may have")
    func end() {
        var clock = HybridClock()
        clock.observe(Stamp.end(of: .max))
        #expect(clock.highest == Stamp.end(of: Stamp.millisecondsMax))
        let stamp = clock.tick(milliseconds: 5)
        #expect(stamp.milliseconds > Stamp.millisecondsMax)
        #expect(Stamp.end(of: -1) == Stamp.end(of: 0))
    }

    @Test("until the hub has answered, province time is the wall clock at the start and the steady clock since")
    func unmeasured() {
        let time = ProvinceTime(wall: 1_000_000, steady: 50)
        #expect(!time.isMeasured)
        #expect(time.now(steady: 50) == 1_000_000)
        #expect(time.now(steady: 250) == 1_000_200)
    }

    @Test("a measurement takes the hub's reading for the middle of the round trip")
    func measures() {
        var time = ProvinceTime(wall: 1_000_000, steady: 0)
        // Sent at 100, received at 300; at 200 this site reads 1,000,200 and the hub 940,000.
        #expect(time.measure(sent: 100, received: 300, hub: 940_000) == 60_200)
        #expect(time.isMeasured)
        #expect(time.now(steady: 200) == 940_000)
        #expect(time.now(steady: 300) == 940_100)
        // Measured again, there is nothing left to correct.
        #expect(time.measure(sent: 300, received: 400, hub: 940_150) == 0)
    }

    @Test("a site that is behind is put forward, and the error is negative")
    func behind() {
        var time = ProvinceTime(wall: 0, steady: 0)
        #expect(time.measure(sent: 10, received: 10, hub: 5_000) == -4_990)
        #expect(time.now(steady: 11) == 5_001)
    }

    @Test("a stamp sorts by time, then counter, and says both")
    func stamps() {
        #expect(Stamp(milliseconds: 2) > Stamp(raw: Stamp(milliseconds: 1).raw | 0xFFFF))
        #expect(Stamp(milliseconds: 7).next.description == "7.1")
        #expect(Stamp(milliseconds: Stamp.millisecondsMax).milliseconds == Stamp.millisecondsMax)
    }
}
