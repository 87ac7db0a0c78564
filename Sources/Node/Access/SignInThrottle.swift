/// Who has failed to sign in, by names and by addresses. An attempt counts as failed from its beginning until it has
/// succeeded, so that many at once are no way around the limit.
public struct SignInThrottle: Sendable {
    /// Names of nobody and addresses remembered; of more, those are forgotten that failed longest ago. Accounts are
    /// never forgotten for them.
    public static let entriesMax = 4_096

    private enum Key: Hashable {
        case account(String)
        case stranger(String)
        case address(String)

        var limit: Int {
            switch self {
            case .account, .stranger: Backoff.accountFailures
            case .address: Backoff.addressFailures
            }
        }

        var isAccount: Bool {
            if case .account = self { return true }
            return false
        }
    }

    private var entries: [Key: Backoff] = [:]

    public init() {}

    /// What the database knows of an account.
    public mutating func remember(_ account: String, _ backoff: Backoff) {
        entries[.account(account)] = backoff.failures > 0 ? backoff : nil
    }

    public var count: Int { entries.count }

    public func backoff(of account: String) -> Backoff { entries[.account(account)] ?? Backoff() }

    /// Begins an attempt.
    /// - Parameter isKnown: whether there is such an account. It makes no difference to what is answered.
    /// - Returns: how many milliseconds it must wait, and then it has not begun; nil when it may go on.
    public mutating func begin(_ name: String, isKnown: Bool, from address: String, at now: Int64) -> Int64? {
        let keys = [isKnown ? Key.account(name) : .stranger(name), .address(address)]
        let wait = keys.map { entries[$0, default: Backoff()].wait(at: now, after: $0.limit) }.max() ?? 0
        guard wait == 0 else { return wait }
        for key in keys { entries[key, default: Backoff()].fail(at: now) }
        if entries.count > Self.entriesMax { forget() }
        return nil
    }

    /// The attempt was no guess. The address is forgiven this one only: one's own account must not make room for
    /// guessing at others.
    public mutating func succeed(_ account: String, from address: String) {
        entries[.account(account)] = nil
        withdraw(.address(address))
    }

    /// The attempt was never judged.
    public mutating func withdraw(_ name: String, isKnown: Bool, from address: String) {
        withdraw(isKnown ? .account(name) : .stranger(name))
        withdraw(.address(address))
    }

    public mutating func forgive(_ account: String) { entries[.account(account)] = nil }

    private mutating func withdraw(_ key: Key) {
        entries[key]?.withdraw()
        if entries[key]?.failures == 0 { entries[key] = nil }
    }

    /// A quarter at once, so that it is seldom done.
    private mutating func forget() {
        let oldest = entries.filter { !$0.key.isAccount }.sorted { $0.value.time < $1.value.time }
        for entry in oldest.prefix(Self.entriesMax / 4) { entries[entry.key] = nil }
    }
}
