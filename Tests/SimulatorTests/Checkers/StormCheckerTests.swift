import Replication
import Testing

@testable import Simulator

struct StormCheckerTests {
    /// Lets a branch's machine fail at once at everything, and counts how often it begins anew within a minute.
    private func openings(spread: UInt8) -> Int {
        var machine = BranchExchange(start: 1, spread: spread)
        var now: Int64 = 0
        var count = 0
        var effects = machine.handle(.started, at: now)
        while now < 60_000 {
            var next: [BranchExchange.Effect] = []
            for effect in effects {
                switch effect {
                case .prepare(let lane, _): next += machine.handle(.prepared(lane, isEmpty: false), at: now)
                case .send(let lane):
                    if lane == .hello { count += 1 }
                    next += machine.handle(.failed(lane, isFinal: false), at: now)
                case .apply, .renew: break
                case .setTimer(let time):
                    now = time
                    if now < 60_000 { next += machine.handle(.timer, at: now) }
                }
            }
            effects = next
        }
        return count
    }

    @Test(
        "A branch that fails at everything begins as often as its pauses allow, and no oftener",
        arguments: [UInt8(0), 128, 255])
    func aBranchThatFails(spread: UInt8) {
        let most = StormChecker.openings(1) + 1
        let count = openings(spread: spread)
        #expect(count <= most)
        // The most is what a clock allows that runs a tenth too fast.
        #expect(spread > 0 || count >= most * 9 / 10 - 1)
    }

    @Test("Whoever gets through in between may begin oftener")
    func whoeverGetsThroughIn() {
        #expect(StormChecker.openings(1) == 35)
        #expect(StormChecker.openings(2) > StormChecker.openings(1))
        #expect(StormChecker.openings(1_000) == 264)
    }
}
