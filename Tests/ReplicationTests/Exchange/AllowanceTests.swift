import Testing

@testable import Replication

@Suite("What a site may cost the hub")
struct AllowanceTests {
    private let east = SiteID("east")
    private let west = SiteID("west")

    @Test("a site may use its allowance up at once, and is told how long it has to wait beyond")
    func edge() {
        var allowance = Allowance(unitsMax: 1_000)
        allowance.use(1_000, of: east, at: 50)
        #expect(allowance.wait(of: east, at: 50) == nil)
        allowance.use(1, of: east, at: 50)
        #expect(allowance.wait(of: east, at: 50) == 1)
        #expect(allowance.wait(of: east, at: 51) == nil)
    }

    @Test("what one site uses up is not missing to another")
    func apart() {
        var allowance = Allowance(unitsMax: 10)
        allowance.use(1_000, of: east, at: 0)
        #expect(allowance.wait(of: east, at: 0) == 990)
        #expect(allowance.wait(of: west, at: 0) == nil)
    }

    @Test("a unit comes back each millisecond, and never more than the whole")
    func refill() {
        var allowance = Allowance(unitsMax: 100)
        allowance.use(100, of: east, at: 0)
        allowance.use(100, of: east, at: 1_000_000)
        #expect(allowance.wait(of: east, at: 1_000_000) == nil)
        allowance.use(50, of: east, at: 1_000_060)
        #expect(allowance.wait(of: east, at: 1_000_060) == nil)
        allowance.use(50, of: east, at: 1_000_060)
        #expect(allowance.wait(of: east, at: 1_000_060) == 40)
    }

    @Test("an honest branch that fails for ever never uses its refused requests up")
    func honestFailures() {
        var allowance = Allowance.ofRefusedRequests()
        var machine = BranchExchange(start: 1, spread: 0)
        var effects = machine.handle(.started, at: 0)
        var now: Int64 = 0
        for _ in 0..<10_000 {
            #expect(allowance.wait(of: east, at: now) == nil)
            allowance.use(ReplicationLimits.refusalMilliseconds, of: east, at: now)
            effects = machine.handle(.failed(.hello, isFinal: false), at: now)
            guard case .setTimer(let due) = effects.first else { break }
            now = due
            effects = machine.handle(.timer, at: now)
        }
        #expect(now > 10_000 * BranchExchange.pauseMillisecondsMin)
    }
}
