import Node
import Testing

@Suite struct BackoffTests {
    private let minute: Int64 = 60_000

    private func failed(_ times: Int, at now: Int64 = 1_000) -> Backoff {
        var backoff = Backoff()
        for _ in 0..<times { backoff.fail(at: now) }
        return backoff
    }

    @Test("five failures are waited for: a minute, twice as long with each more, an hour at most")
    func doubles() {
        #expect(failed(4).wait(at: 1_000, after: 5) == 0)
        let waits = (5...12).map { failed($0).wait(at: 1_000, after: 5) / minute }
        #expect(waits == [1, 2, 4, 8, 16, 32, 60, 60])
        #expect(failed(1_000_000).wait(at: 1_000, after: 5) == 60 * minute)
    }

    @Test("a wait is over to the millisecond, and what failed then counts on")
    func ends() {
        var backoff = failed(5)
        #expect(backoff.wait(at: 1_000 + minute - 1, after: 5) == 1)
        #expect(backoff.wait(at: 1_000 + minute, after: 5) == 0)
        backoff.fail(at: 1_000 + minute)
        #expect(backoff.wait(at: 1_000 + minute, after: 5) == 2 * minute)
    }

    @Test("a day after the last failure they are forgotten")
    func forgets() {
        var backoff = failed(30)
        #expect(!backoff.isForgotten(at: 1_000 + Backoff.forgottenMilliseconds - 1))
        #expect(backoff.isForgotten(at: 1_000 + Backoff.forgottenMilliseconds))
        backoff.fail(at: 1_000 + Backoff.forgottenMilliseconds)
        #expect(backoff.failures == 1)
    }

    @Test("a clock that was set back makes nobody wait for longer than the wait is")
    func clockSetBack() {
        #expect(failed(5, at: 1_000_000_000).wait(at: 0, after: 5) == minute)
    }

    @Test("an attempt counts from its beginning, so that many at once find no more tries than one after the other")
    func countsAtOnce() {
        var throttle = SignInThrottle()
        let begun = (0..<20).map { _ in throttle.begin("王芳", isKnown: true, from: "10.0.0.1", at: 0) }
        #expect(begun.prefix(5).allSatisfy { $0 == nil })
        #expect(begun.dropFirst(5).allSatisfy { $0 == minute })
    }

    @Test("names of nobody are waited for like accounts")
    func strangersWait() {
        var throttle = SignInThrottle()
        for _ in 0..<5 { #expect(throttle.begin("nobody", isKnown: false, from: "10.0.0.1", at: 0) == nil) }
        #expect(throttle.begin("nobody", isKnown: false, from: "10.0.0.2", at: 0) == minute)
    }

    @Test("an address that tries many names waits too, and signing in there forgives it that one attempt only")
    func addressesWait() {
        var throttle = SignInThrottle()
        for number in 0..<Backoff.addressFailures - 1 {
            #expect(throttle.begin("name \(number)", isKnown: false, from: "10.0.0.1", at: 0) == nil)
        }
        #expect(throttle.begin("own", isKnown: true, from: "10.0.0.1", at: 0) == nil)
        throttle.succeed("own", from: "10.0.0.1")
        #expect(throttle.begin("another", isKnown: false, from: "10.0.0.1", at: 0) == nil)
        #expect(throttle.begin("a third", isKnown: false, from: "10.0.0.1", at: 0) == minute)
        #expect(throttle.begin("a third", isKnown: false, from: "10.0.0.2", at: 0) == nil)
    }

    @Test("a flood of names and addresses makes no account forgotten, and is itself bounded")
    func floods() {
        var throttle = SignInThrottle()
        for _ in 0..<5 { _ = throttle.begin("王芳", isKnown: true, from: "10.0.0.1", at: 0) }
        for number in 0..<2 * SignInThrottle.entriesMax {
            _ = throttle.begin("s\(number)", isKnown: false, from: "a\(number)", at: Int64(number))
        }
        #expect(throttle.count <= SignInThrottle.entriesMax + 2)
        #expect(throttle.begin("王芳", isKnown: true, from: "new", at: 10) ?? 0 > 0)
    }
}
