import Foundation
import Glibc
import Replication
import Synchronization

/// The clocks of the machine, and province time as this process knows it.
public final class SystemClock: Sendable {
    private let province: Mutex<ProvinceTime>

    public init() {
        province = Mutex(ProvinceTime(wall: Self.wall(), steady: Self.steady()))
    }

    /// Milliseconds since 1970, as the machine has them.
    public static func wall() -> Int64 { read(CLOCK_REALTIME) }

    /// Milliseconds since the machine started, time asleep included; never set.
    public static func steady() -> Int64 { read(CLOCK_BOOTTIME) }

    private static func read(_ clock: clockid_t) -> Int64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000
    }

    /// Province time, in milliseconds since 1970.
    public func now() -> Int64 { province.withLock { $0.now(steady: Self.steady()) } }

    public var isMeasured: Bool { province.withLock { $0.isMeasured } }

    /// Takes the hub's time and returns the error that was corrected.
    func measure(sent: Int64, received: Int64, answer: ExchangeAnswer) -> Int64 {
        province.withLock { $0.measure(sent: sent, received: received, answer: answer) }
    }

    /// See ``ProvinceTime/keep(_:steady:)``.
    func keep(_ given: Int64) -> Bool {
        province.withLock { $0.keep(given, steady: Self.steady()) }
    }

    /// How far the machine's wall clock is ahead of province time, in milliseconds.
    public func wallOffset() -> Int64 { Self.wall() - now() }
}
