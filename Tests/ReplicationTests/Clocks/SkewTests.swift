import Testing

@testable import Replication

struct SkewTests {
    @Test("two minutes warn and a day alarms, either way")
    func words() {
        #expect([0, 119_999, -119_999].allSatisfy { Skew(milliseconds: $0) == .ok })
        #expect([120_000, -120_000, 86_399_999].allSatisfy { Skew(milliseconds: $0) == .warning })
        #expect([86_400_000, -86_400_000, .min, .max].allSatisfy { Skew(milliseconds: $0) == .alarm })
        #expect(Skew.ok < .warning && .warning < .alarm)
    }

    @Test("a difference is said in the largest unit that has at least two of it")
    func sizes() {
        #expect(ClockRecord.words(-119_000) == "119 s behind")
        #expect(ClockRecord.words(120_000) == "2 min ahead")
        #expect(ClockRecord.words(7_200_000) == "2 h ahead")
        #expect(ClockRecord.words(-365 * 86_400_000) == "365 days behind")
    }
}
