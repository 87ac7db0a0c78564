/// How long somebody who has failed must wait: after a few failures a time that doubles with each more.
public struct Backoff: Equatable, Sendable {
    /// Of one account.
    public static let accountFailures = 5
    /// Of one address: a branch may sit behind one, and each of its accounts has the limit of its own.
    public static let addressFailures = 20
    public static let firstMilliseconds: Int64 = 60_000
    public static let longestMilliseconds: Int64 = 3_600_000
    /// Failures that lie so far back count no longer: 24 hours.
    public static let forgottenMilliseconds: Int64 = 24 * 3_600_000

    public private(set) var failures: Int
    /// Of the last failure, in milliseconds since 1970.
    public private(set) var time: Int64

    public init(failures: Int = 0, time: Int64 = 0) {
        (self.failures, self.time) = (failures, time)
    }

    public mutating func fail(at now: Int64) {
        failures = (isForgotten(at: now) ? 0 : failures) + 1
        time = now
    }

    /// Takes the last failure back.
    public mutating func withdraw() { failures = max(0, failures - 1) }

    /// How many milliseconds there are still to wait; 0 for none.
    /// - Parameter limit: failures that are free of it.
    public func wait(at now: Int64, after limit: Int) -> Int64 {
        guard failures >= limit, !isForgotten(at: now) else { return 0 }
        let doublings = min(failures - limit, 16)
        let length = min(Self.firstMilliseconds << Int64(doublings), Self.longestMilliseconds)
        // A clock that was set back must not make anybody wait for longer than that.
        return max(0, min(time + length - now, length))
    }

    public func isForgotten(at now: Int64) -> Bool { now >= time + Self.forgottenMilliseconds }
}
