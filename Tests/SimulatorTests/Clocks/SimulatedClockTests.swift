import Testing

@testable import Simulator

struct SimulatedClockTests {
    private static let starts: Int64 = 1_772_380_800_000

    @Test("A clock that drifts gains so many parts of a million, from when it begins to until it ends")
    func aClockThatDrifts() {
        var clock = SimulatedClock(starts: Self.starts)
        clock.drift(partsPerMillion: 200, at: .hours(10))
        #expect(clock.wall(at: .hours(10)) == Self.starts + 36_000_000)
        #expect(clock.wall(at: .hours(20)) == Self.starts + 72_000_000 + 7_200)
        clock.drift(partsPerMillion: 0, at: .hours(20))
        #expect(clock.wall(at: .hours(30)) == Self.starts + 108_000_000 + 7_200)
        #expect(clock.steady(at: .hours(30)) == 108_000_000 + 7_200)
    }

    @Test("Setting the clock moves its wall time and nothing else; a start begins the steady clock anew")
    func settingTheClock() {
        var clock = SimulatedClock(starts: Self.starts)
        clock.step(milliseconds: -3_600_000)
        #expect(clock.wall(at: .hours(2)) == Self.starts + 3_600_000)
        #expect(clock.steady(at: .hours(2)) == 7_200_000)
        clock.reboot(at: .hours(2))
        #expect(clock.steady(at: .hours(3)) == 3_600_000)
        #expect(clock.wall(at: .hours(3)) == Self.starts + 7_200_000)
    }

    @Test("A timer by the steady clock goes off when that clock reads it", arguments: [-5_000, 0, 5_000] as [Int64])
    func aTimerByThe(_ drift: Int64) {
        var clock = SimulatedClock(starts: Self.starts)
        clock.drift(partsPerMillion: drift, at: .hours(1))
        let wanted = clock.steady(at: .hours(1)) + 20_000
        let reading = clock.steady(at: .hours(1) + clock.delay(until: wanted, at: .hours(1)))
        #expect(abs(reading - wanted) <= 1)
    }
}
