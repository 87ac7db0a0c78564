/// What is recorded of a notice next.
public struct NoticeMark: Equatable, Sendable {
    public var state: Notice.State
    public var reason: Notice.Reason?
    public var attempts: Int
    /// Not to be tried before.
    public var next: Int64
    public var channel: String?
    public var template: String?

    public init(
        _ state: Notice.State, _ reason: Notice.Reason? = nil, attempts: Int, next: Int64, channel: String? = nil,
        template: String? = nil
    ) {
        self.state = state
        self.reason = reason
        self.attempts = attempts
        self.next = next
        self.channel = channel
        self.template = template
    }

    /// Whether no attempt stands before it: without an address or a text there is none.
    var isWithoutAttempt: Bool { reason == .noAddress || reason == .unwritable }

    /// What an attempt has come to.
    /// - Parameters:
    ///   - attempts: with this one.
    ///   - honoursKey: whether the channel takes a key once, however often it is told it.
    public static func after(
        _ outcome: NoticeOutcome, attempts: Int, honoursKey: Bool, at now: Int64,
        firstPause: Int64 = NoticeLimits.firstPauseMilliseconds
    ) -> NoticeMark {
        switch outcome {
        case .taken: return NoticeMark(.sent, attempts: attempts, next: now)
        case .refused: return NoticeMark(.failed, .refused, attempts: attempts, next: now)
        case .unknown where !honoursKey: return NoticeMark(.uncertain, .noAnswer, attempts: attempts, next: now)
        case .unknown, .notNow:
            guard attempts < NoticeLimits.attemptsMax else {
                return NoticeMark(.failed, .givenUp, attempts: attempts, next: now)
            }
            return NoticeMark(.queued, attempts: attempts, next: now + pause(after: attempts, firstPause))
        }
    }

    /// In milliseconds.
    private static func pause(after attempts: Int, _ first: Int64) -> Int64 {
        let doublings = min(max(attempts - 1, 0), 20)
        return min(first << doublings, NoticeLimits.longestPauseMilliseconds)
    }
}

/// What a channel has said.
public enum NoticeOutcome: Equatable, Sendable {
    case taken
    /// For good.
    case refused
    /// It was not taken, and may be later.
    case notNow
    /// It may have been taken.
    case unknown

    /// - Parameter status: of an answer over HTTP; nil where there was none in time.
    public init(status: Int?) {
        switch status ?? 0 {
        case 200...299: self = .taken
        case 408, 429: self = .notNow
        // The gateway's address or its secret is wrong, and is mended by whoever set it; a redirect is not followed.
        case 300...399, 401, 403, 404, 405, 407: self = .notNow
        case 400...499: self = .refused
        default: self = .unknown
        }
    }
}
