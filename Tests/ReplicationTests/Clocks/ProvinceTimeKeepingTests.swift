import Testing

@testable import Replication

@Suite("The hub's time after a start")
struct ProvinceTimeKeepingTests {
    private static let ahead = ReplicationLimits.aheadMilliseconds

    @Test("goes on from what was given out when the clock is behind it by more than a stamp may lie ahead")
    func keeps() {
        var time = ProvinceTime(wall: 1_000_000, steady: 500)
        let isKeptAtBound = time.keep(1_000_000 + Self.ahead, steady: 500)
        #expect(!isKeptAtBound)
        #expect(time.now(steady: 600) == 1_000_100)
        let isKeptBeyond = time.keep(1_000_001 + Self.ahead, steady: 500)
        #expect(isKeptBeyond)
        #expect(time.now(steady: 600) == 1_000_101 + Self.ahead)
        #expect(!time.isMeasured)
    }
}
