/// Who has guessed at the telephone digits of tickets, by number and by address. An attempt counts as failed from its
/// beginning until it has succeeded, so that many at once are no way around the limit. Having succeeded takes back that
/// one attempt only: whoever looks at their own ticket makes no room for others to guess at it.
public struct ProgressThrottle: Sendable {
    /// Wrong digits for one number before there is a wait, which doubles with each more.
    public static let ticketFailures = 5
    /// Wrong entries of one address within an hour: all telephones of a network may share one address, and each number
    /// has the limit of its own.
    public static let addressFailures = 60
    public static let addressMilliseconds: Int64 = 3_600_000
    /// Numbers of nothing and addresses remembered; of more, those go that failed longest ago. Numbers that are a
    /// ticket's stay.
    public static let entriesMax = 4_096

    private struct Count {
        var failures: Int
        /// When the hour began.
        let since: Int64
    }

    private var tickets: [String: Backoff] = [:]
    private var strangers: [String: Backoff] = [:]
    private var addresses: [String: Count] = [:]

    public init() {}

    public var count: Int { tickets.count + strangers.count + addresses.count }

    /// Begins an attempt.
    /// - Parameter isKnown: whether there is such a ticket. It makes no difference to what is answered.
    /// - Returns: how many milliseconds it must wait, and then it has not begun; nil when it may go on.
    public mutating func begin(_ number: String, isKnown: Bool, from address: String, at now: Int64) -> Int64? {
        var backoff = (isKnown ? tickets[number] : strangers[number]) ?? Backoff()
        var hour = addresses[address] ?? Count(failures: 0, since: now)
        // Also where the clock was set back.
        if !(hour.since..<hour.since + Self.addressMilliseconds).contains(now) {
            hour = Count(failures: 0, since: now)
        }
        let ofAddress =
            hour.failures < Self.addressFailures
            ? 0 : hour.since + Self.addressMilliseconds - now
        let wait = max(backoff.wait(at: now, after: Self.ticketFailures), ofAddress)
        guard wait == 0 else { return wait }
        backoff.fail(at: now)
        hour.failures += 1
        if isKnown { tickets[number] = backoff } else { strangers[number] = backoff }
        addresses[address] = hour
        if strangers.count + addresses.count > Self.entriesMax { forget(at: now) }
        return nil
    }

    /// The attempt was no guess.
    public mutating func withdraw(_ number: String, from address: String) {
        tickets[number]?.withdraw()
        if tickets[number]?.failures == 0 { tickets[number] = nil }
        addresses[address]?.failures -= 1
        if addresses[address]?.failures == 0 { addresses[address] = nil }
    }

    /// A quarter at once, so that it is seldom done.
    private mutating func forget(at now: Int64) {
        tickets = tickets.filter { !$0.value.isForgotten(at: now) }
        let most = Self.entriesMax * 3 / 8
        if strangers.count > most {
            let oldest = strangers.sorted { $0.value.time < $1.value.time }
            for entry in oldest.prefix(strangers.count - most) { strangers[entry.key] = nil }
        }
        if addresses.count > most {
            let oldest = addresses.sorted { $0.value.since < $1.value.since }
            for entry in oldest.prefix(addresses.count - most) { addresses[entry.key] = nil }
        }
    }
}
