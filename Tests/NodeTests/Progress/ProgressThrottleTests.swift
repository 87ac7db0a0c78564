import Node
import Testing

@Suite struct ProgressThrottleTests {
    @Test("the fifth wrong entry for a number is still judged and the sixth waits a minute, from wherever it comes")
    func ticketsWait() {
        for isKnown in [true, false] {
            var throttle = ProgressThrottle()
            for count in 0..<ProgressThrottle.ticketFailures {
                #expect(throttle.begin("YC-1", isKnown: isKnown, from: "a\(count)", at: 0) == nil)
            }
            #expect(throttle.begin("YC-1", isKnown: isKnown, from: "other", at: 0) == 60_000)
            #expect(throttle.begin("YC-2", isKnown: isKnown, from: "other", at: 0) == nil)
            #expect(throttle.begin("YC-1", isKnown: isKnown, from: "other", at: 60_000) == nil)
            #expect(throttle.begin("YC-1", isKnown: isKnown, from: "other", at: 60_000) == 120_000)
        }
    }

    @Test("an address has sixty wrong entries an hour and no more, and the next hour as many")
    func addressesWait() {
        var throttle = ProgressThrottle()
        for count in 0..<ProgressThrottle.addressFailures {
            #expect(throttle.begin("YC-\(count)", isKnown: true, from: "a", at: 1_000) == nil)
        }
        #expect(throttle.begin("YC-x", isKnown: true, from: "a", at: 2_000) == 3_599_000)
        #expect(throttle.begin("YC-x", isKnown: true, from: "b", at: 2_000) == nil)
        #expect(throttle.begin("YC-x", isKnown: true, from: "a", at: 1_000 + 3_600_000) == nil)
    }

    @Test("having succeeded takes one attempt back and forgives no other")
    func successForgivesNothing() {
        var throttle = ProgressThrottle()
        for _ in 1..<ProgressThrottle.ticketFailures { _ = throttle.begin("YC-1", isKnown: true, from: "thief", at: 0) }
        for _ in 0..<10 {
            #expect(throttle.begin("YC-1", isKnown: true, from: "owner", at: 0) == nil)
            throttle.withdraw("YC-1", from: "owner")
        }
        #expect(throttle.begin("YC-1", isKnown: true, from: "thief", at: 0) == nil)
        #expect(throttle.begin("YC-1", isKnown: true, from: "thief", at: 0) == 60_000)
    }

    @Test("a flood of numbers and addresses is bounded, and no ticket is forgotten for it")
    func floods() {
        var throttle = ProgressThrottle()
        for _ in 0..<ProgressThrottle.ticketFailures { _ = throttle.begin("YC-1", isKnown: true, from: "a", at: 0) }
        for count in 0..<3 * ProgressThrottle.entriesMax {
            _ = throttle.begin("s\(count)", isKnown: false, from: "f\(count)", at: Int64(count))
        }
        #expect(throttle.count <= ProgressThrottle.entriesMax + 2)
        #expect(throttle.begin("YC-1", isKnown: true, from: "new", at: 100) ?? 0 > 0)
    }
}
