import Dispatch

/// A moment of the steady clock, in nanoseconds. Deadlines never use the wall clock, which may be set back.
struct Instant: Sendable, Comparable {
    var nanoseconds: UInt64

    static func now() -> Instant {
        Instant(nanoseconds: DispatchTime.now().uptimeNanoseconds)
    }

    func advanced(bySeconds seconds: Double) -> Instant {
        Instant(nanoseconds: nanoseconds &+ UInt64(max(0, seconds) * 1e9))
    }

    static func < (first: Instant, second: Instant) -> Bool {
        first.nanoseconds < second.nanoseconds
    }
}
