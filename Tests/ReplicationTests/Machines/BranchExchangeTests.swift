import Testing

@testable import Replication

@Suite("The branch's end of the exchange")
struct BranchExchangeTests {
    private typealias Lane = ExchangeRequest.Lane

    private static let quiet = Session.Applied()

    private func number(_ count: UInt32) -> ExchangeRequest.Number { .init(start: 3, count: count) }

    /// A machine that has said hello and has its first poll with the hub, at time 0.
    private func open(spread: UInt8 = 0) -> BranchExchange {
        var machine = BranchExchange(start: 3, spread: spread)
        _ = machine.handle(.started, at: 0)
        _ = machine.handle(.prepared(.hello, isEmpty: false), at: 0)
        _ = machine.handle(.answered(.hello), at: 0)
        _ = machine.handle(.applied(.hello, Self.quiet, backlog: 0), at: 0)
        _ = machine.handle(.prepared(.poll, isEmpty: false), at: 0)
        return machine
    }

    private func applied(_ lane: Lane, entries: Int = 1, backlog: UInt64 = 0) -> BranchExchange.Event {
        var applied = Session.Applied()
        applied.entries = entries
        return .applied(lane, applied, backlog: backlog)
    }

    @Test("an exchange opens with a hello, then polls, and pushes what waited")
    func hello() {
        var machine = BranchExchange(start: 3, spread: 0)
        #expect(machine.handle(.written, at: 0) == [])
        #expect(machine.handle(.started, at: 0) == [.prepare(.hello, number(1))])
        #expect(machine.phase == .opening)
        #expect(machine.handle(.started, at: 0) == [])
        #expect(machine.handle(.written, at: 0) == [])
        #expect(machine.handle(.prepared(.hello, isEmpty: false), at: 1) == [.send(.hello)])
        #expect(machine.handle(.answered(.hello), at: 2) == [.apply(.hello)])
        let effects = machine.handle(.applied(.hello, Self.quiet, backlog: 0), at: 3)
        #expect(effects == [.prepare(.push, number(1)), .prepare(.poll, number(1))])
        #expect(machine.phase == .open)
    }

    @Test("a backlog that the hello found is pushed although nothing new was written")
    func backlog() {
        var machine = BranchExchange(start: 3, spread: 0)
        _ = machine.handle(.started, at: 0)
        let effects = machine.handle(.applied(.hello, Self.quiet, backlog: 5), at: 3)
        #expect(effects.first == .prepare(.push, number(1)))
    }

    @Test("at most one push is in flight, and what was written meanwhile follows it")
    func onePush() {
        var machine = open()
        #expect(machine.handle(.written, at: 10) == [.prepare(.push, number(1))])
        #expect(machine.handle(.written, at: 11) == [])
        #expect(machine.handle(.prepared(.push, isEmpty: false), at: 12) == [.send(.push)])
        #expect(machine.handle(.written, at: 13) == [])
        #expect(machine.handle(applied(.push), at: 14) == [.prepare(.push, number(2))])
        #expect(machine.handle(.prepared(.push, isEmpty: true), at: 15) == [])
        #expect(machine.handle(.written, at: 16) == [.prepare(.push, number(3))])
    }

    @Test("what was written while an empty push was made is pushed at once")
    func writtenDuringEmptyPush() {
        var machine = open()
        _ = machine.handle(.written, at: 10)
        #expect(machine.handle(.written, at: 11) == [])
        #expect(machine.handle(.prepared(.push, isEmpty: true), at: 12) == [.prepare(.push, number(2))])
    }

    @Test("a push that left a backlog is followed by another")
    func moreBacklog() {
        var machine = open()
        _ = machine.handle(.written, at: 10)
        #expect(machine.handle(applied(.push, backlog: 9), at: 14) == [.prepare(.push, number(2))])
        #expect(machine.handle(applied(.push, backlog: 0), at: 15) == [])
    }

    @Test("polls follow one another while they bring something")
    func polls() {
        var machine = open()
        #expect(machine.handle(applied(.poll), at: 5) == [.prepare(.poll, number(2))])
        _ = machine.handle(.prepared(.poll, isEmpty: false), at: 6)
        var more = Session.Applied()
        more.histories = 1
        more.hasMore = true
        #expect(machine.handle(.applied(.poll, more, backlog: 0), at: 7) == [.prepare(.poll, number(3))])
        _ = machine.handle(.prepared(.poll, isEmpty: false), at: 8)
        var owed = Session.Applied()
        owed.acknowledged = 3
        owed.hasAcknowledgements = true
        #expect(machine.handle(.applied(.poll, owed, backlog: 0), at: 9) == [.prepare(.poll, number(4))])
    }

    @Test("a poll that was held and brought nothing is repeated at once, one that came back at once is not")
    func idlePolls() {
        var machine = open()
        #expect(machine.handle(.applied(.poll, Self.quiet, backlog: 0), at: 20_000) == [.prepare(.poll, number(2))])
        _ = machine.handle(.prepared(.poll, isEmpty: false), at: 20_000)
        #expect(machine.handle(.applied(.poll, Self.quiet, backlog: 0), at: 20_010) == [.setTimer(20_500)])
        #expect(machine.handle(.timer, at: 20_400) == [.setTimer(20_500)])
        #expect(machine.handle(.timer, at: 20_500) == [.prepare(.poll, number(3))])
        #expect(machine.handle(.timer, at: 20_501) == [])
    }

    @Test("a poll that promises more and brings nothing is not repeated as fast as the line allows")
    func emptyPromises() {
        var machine = open()
        var promise = Session.Applied()
        promise.hasMore = true
        promise.hasAcknowledgements = true
        var polls = 0
        var now: Int64 = 0
        while now < 600_000 {
            now += 1
            let effects = machine.handle(.applied(.poll, promise, backlog: 0), at: now)
            guard case .setTimer(let due) = effects.first, effects.count == 1 else {
                Issue.record("\(effects)")
                return
            }
            now = due
            #expect(machine.handle(.timer, at: now).count == 1)
            _ = machine.handle(.prepared(.poll, isEmpty: false), at: now)
            polls += 1
        }
        #expect((30...36).contains(polls))
    }

    @Test("after a failure it waits, twice as long each time up to the limit, and opens with a hello")
    func backoff() {
        var machine = open()
        var now: Int64 = 1_000
        var lane = Lane.poll
        let limit = BranchExchange.pauseMillisecondsMax
        for doubling in 0..<10 {
            let pause = min(BranchExchange.pauseMillisecondsMin << Int64(doubling), limit)
            #expect(machine.handle(.failed(lane, isFinal: false), at: now) == [.setTimer(now + pause)])
            #expect(machine.phase == .closed)
            #expect(machine.handle(.timer, at: now + pause - 1) == [.setTimer(now + pause)])
            now += pause
            let effects = machine.handle(.timer, at: now)
            #expect(effects.count == 1)
            guard case .prepare(.hello, _) = effects.first else {
                Issue.record("the exchange opens with \(effects)")
                return
            }
            lane = .hello
        }
    }

    @Test("a branch spreads its pauses by a number of its own")
    func spread() {
        var machine = open(spread: 255)
        #expect(machine.handle(.failed(.poll, isFinal: false), at: 0) == [.setTimer(312)])
    }

    @Test("a line that works again starts from the shortest pause")
    func resets() {
        var machine = open()
        _ = machine.handle(.failed(.poll, isFinal: false), at: 0)
        _ = machine.handle(.timer, at: 250)
        _ = machine.handle(.failed(.hello, isFinal: false), at: 300)
        _ = machine.handle(.timer, at: 800)
        _ = machine.handle(.applied(.hello, Self.quiet, backlog: 0), at: 900)
        #expect(machine.handle(.failed(.poll, isFinal: false), at: 1_000) == [.setTimer(1_250)])
    }

    @Test("a push that fails every time is tried less and less often, although each hello succeeds")
    func failingPush() {
        var machine = open()
        _ = machine.handle(.written, at: 0)
        var now: Int64 = 0
        for pause in [250, 500, 1_000, 2_000] as [Int64] {
            #expect(machine.handle(.failed(.push, isFinal: false), at: now) == [.setTimer(now + pause)])
            now += pause
            _ = machine.handle(.timer, at: now)
            let effects = machine.handle(.applied(.hello, Self.quiet, backlog: 1), at: now)
            guard case .prepare(.push, _) = effects.first else {
                Issue.record("no push after the hello: \(effects)")
                return
            }
        }
        _ = machine.handle(applied(.push), at: now)
        #expect(machine.handle(.failed(.poll, isFinal: false), at: now) == [.setTimer(now + 250)])
    }

    @Test("two lanes that fail together make one pause")
    func together() {
        var machine = open()
        _ = machine.handle(.written, at: 0)
        #expect(machine.handle(.failed(.poll, isFinal: false), at: 10) == [.setTimer(260)])
        #expect(machine.handle(.failed(.push, isFinal: false), at: 11) == [])
        #expect(machine.handle(.timer, at: 260) == [.prepare(.hello, number(2))])
        // The push that failed is made again, with another number.
        let effects = machine.handle(.applied(.hello, Self.quiet, backlog: 0), at: 270)
        #expect(effects == [.prepare(.push, number(2)), .prepare(.poll, number(2))])
    }

    @Test("an old poll that fails while a hello is on its way does not leave the exchange deaf")
    func latePollFailure() {
        var machine = open()
        _ = machine.handle(.written, at: 0)
        _ = machine.handle(.failed(.push, isFinal: false), at: 0)
        _ = machine.handle(.timer, at: 250)
        #expect(machine.handle(.failed(.poll, isFinal: false), at: 260) == [.setTimer(760)])
        let effects = machine.handle(.applied(.hello, Self.quiet, backlog: 0), at: 270)
        #expect(effects == [.prepare(.push, number(2)), .prepare(.poll, number(2))])
        #expect(machine.phase == .open)
        // The timer of the pause that is over asks for nothing, again and again.
        #expect(machine.handle(.timer, at: 760) == [])
        #expect(!machine.handle(.failed(.poll, isFinal: false), at: 800).isEmpty)
        #expect(machine.phase == .closed)
    }

    @Test("an operator's wish opens the exchange before the pause is over")
    func startedEarly() {
        var machine = open()
        _ = machine.handle(.failed(.poll, isFinal: false), at: 0)
        #expect(machine.handle(.started, at: 10) == [.prepare(.hello, number(2))])
    }

    @Test("a final failure stops everything, whatever is still on its way")
    func stops() {
        var machine = open()
        _ = machine.handle(.written, at: 0)
        #expect(machine.handle(.failed(.poll, isFinal: true), at: 1) == [])
        #expect(machine.phase == .stopped)
        #expect(machine.handle(.prepared(.push, isEmpty: false), at: 2) == [])
        #expect(machine.handle(.written, at: 3) == [])
        #expect(machine.handle(applied(.push, backlog: 4), at: 4) == [])
        #expect(machine.handle(.failed(.push, isFinal: false), at: 5) == [])
        #expect(machine.handle(.timer, at: 100_000) == [])
        #expect(machine.handle(.applied(.hello, Self.quiet, backlog: 1), at: 100_001) == [])
        #expect(machine.phase == .stopped)
    }

    @Test("under random events no lane is ever prepared twice at once and numbers only rise")
    func randomEvents() {
        var random = SplitMix64(for: "branch exchange: events")
        for _ in 0..<300 {
            var driver = BranchDriver()
            for _ in 0..<120 { driver.step(using: &random) }
            driver.settle()
            #expect(driver.problems == [])
        }
    }
}
