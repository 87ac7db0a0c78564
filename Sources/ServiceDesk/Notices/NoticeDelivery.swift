/// Sends notices, one after the other, as a machine: *attempting* is committed before the channel is called and what
/// came of it after. One that waits for its next attempt keeps none of another ticket's back.
public struct NoticeDelivery: Sendable {
    /// What there is to be sent.
    public enum Found: Sendable {
        case message(NoticeMessage)
        /// One that cannot be put into words: it is put off, so that it keeps no other back.
        case unwritable(NoticeMessage)
        /// Nothing before that time.
        case later(Int64)
        case nothing
    }

    public enum Event: Sendable {
        /// Something was committed: there may be more.
        case news
        /// What there is, and when that was looked for; nil where it could not be read.
        case found(Found?, at: Int64)
        case marked(Marking)
        case attempted(NoticeOutcome, at: Int64)
        case timer
        /// What is under way is to be ended, and nothing to be begun any more.
        case close
    }

    public enum Action: Equatable, Sendable {
        case look
        case mark(NoticeMark, NoticeMessage)
        case attempt(NoticeMessage)
        /// Send a `timer` event after so many milliseconds.
        case setTimer(Int64)
    }

    /// What came of a mark.
    public enum Marking: Sendable {
        case committed
        /// The notice has come to another state meanwhile: dropped by a person, or overtaken.
        case overtaken
        case failed
    }

    /// The pause after the store has failed, in milliseconds.
    public static let retryMilliseconds: Int64 = 10_000

    private enum Phase {
        case idle, looking, waiting, closed
        case starting(NoticeMessage), attempting(NoticeMessage)
        case ending(NoticeMark, NoticeMessage)
        /// What came of an attempt could not be stored: it is stored later, since nobody else knows it.
        case holding(NoticeMark, NoticeMessage)
    }

    private var phase = Phase.idle
    private var hasNews = false
    private var isClosing = false

    /// Whether it was closed, and nothing of it is under way any more.
    public var isAtRest: Bool {
        if case .closed = phase { true } else { false }
    }

    private let firstPauseMilliseconds: Int64

    /// - Parameter firstPauseMilliseconds: before the second attempt of a notice.
    public init(firstPauseMilliseconds: Int64 = NoticeLimits.firstPauseMilliseconds) {
        self.firstPauseMilliseconds = firstPauseMilliseconds
    }

    public mutating func handle(_ event: Event) -> [Action] {
        switch (event, phase) {
        case (.close, _): return close()
        case (.news, .idle), (.timer, .idle), (.timer, .waiting): return look()
        case (.timer, .holding(let mark, let message)): return end(mark, message)
        case (.news, _):
            hasNews = true
            return []
        case (.found(let found, let now), .looking): return take(found, at: now)
        case (.marked(.committed), .starting(let message)):
            guard !isClosing else { return end(Self.before(message.notice), message) }
            phase = .attempting(message)
            return [.attempt(message)]
        case (.attempted(let outcome, let now), .attempting(let message)):
            let mark = NoticeMark.after(
                outcome, attempts: message.notice.attempts + 1, honoursKey: message.honoursKey, at: now,
                firstPause: firstPauseMilliseconds)
            return end(mark, message)
        case (.marked(.committed), .ending), (.marked(.overtaken), .starting), (.marked(.overtaken), .ending):
            return look()
        case (.marked(.failed), .starting): return later()
        case (.marked(.failed), .ending(let mark, let message)): return later(.holding(mark, message))
        default: return []
        }
    }

    private mutating func take(_ found: Found?, at now: Int64) -> [Action] {
        switch found {
        case nil: return later()
        case .nothing?:
            phase = .idle
            return hasNews ? look() : []
        case .later(let time)?:
            phase = .idle
            return hasNews ? look() : [.setTimer(max(time - now, 1))]
        case .message(let message)?:
            let attempts = message.notice.attempts
            guard message.address != nil else {
                return end(NoticeMark(.failed, .noAddress, attempts: attempts, next: now), message)
            }
            phase = .starting(message)
            return [.mark(NoticeMark(.attempting, attempts: attempts, next: now), message)]
        case .unwritable(let message)?:
            var mark = NoticeMark.after(
                .notNow, attempts: message.notice.attempts + 1, honoursKey: message.honoursKey, at: now,
                firstPause: firstPauseMilliseconds)
            mark.reason = .unwritable
            // What may have been sent still may.
            if mark.state == .queued { mark.state = message.notice.state }
            return end(mark, message)
        }
    }

    /// As it was before *attempting* was recorded of it.
    private static func before(_ notice: Notice) -> NoticeMark {
        NoticeMark(
            notice.state, notice.state == .queued ? nil : notice.reason, attempts: notice.attempts, next: notice.next)
    }

    private mutating func close() -> [Action] {
        isClosing = true
        switch phase {
        case .idle, .looking, .waiting: phase = .closed
        case .holding(let mark, let message): return end(mark, message)
        case .starting, .attempting, .ending, .closed: break
        }
        return []
    }

    private mutating func end(_ mark: NoticeMark, _ message: NoticeMessage) -> [Action] {
        phase = .ending(mark, message)
        return [.mark(mark, message)]
    }

    private mutating func look() -> [Action] {
        guard !isClosing else {
            phase = .closed
            return []
        }
        hasNews = false
        phase = .looking
        return [.look]
    }

    private mutating func later(_ next: Phase = .waiting) -> [Action] {
        guard !isClosing else {
            phase = .closed
            return []
        }
        phase = next
        return [.setTimer(Self.retryMilliseconds)]
    }
}
