/// Sends notices, one after the other, as a machine: *attempting* is committed before the channel is called and what
/// came of it after. One that waits for its next attempt keeps none of another ticket's back.
public struct NoticeDelivery: Sendable {
    /// What there is to be sent.
    public enum Found: Sendable {
        case message(NoticeMessage)
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
        case idle, looking, waiting, ending
        case starting(NoticeMessage), attempting(NoticeMessage)
    }

    private var phase = Phase.idle
    private var hasNews = false

    private let firstPauseMilliseconds: Int64

    /// - Parameter firstPauseMilliseconds: before the second attempt of a notice.
    public init(firstPauseMilliseconds: Int64 = NoticeLimits.firstPauseMilliseconds) {
        self.firstPauseMilliseconds = firstPauseMilliseconds
    }

    public mutating func handle(_ event: Event) -> [Action] {
        switch (event, phase) {
        case (.news, .idle), (.timer, .idle), (.timer, .waiting): return look()
        case (.news, _):
            hasNews = true
            return []
        case (.found(let found, let now), .looking): return take(found, at: now)
        case (.marked(.committed), .starting(let message)):
            phase = .attempting(message)
            return [.attempt(message)]
        case (.attempted(let outcome, let now), .attempting(let message)):
            phase = .ending
            let mark = NoticeMark.after(
                outcome, attempts: message.notice.attempts + 1, honoursKey: message.honoursKey, at: now,
                firstPause: firstPauseMilliseconds)
            return [.mark(mark, message)]
        case (.marked(.committed), .ending), (.marked(.overtaken), .starting), (.marked(.overtaken), .ending):
            return look()
        case (.marked(.failed), .starting), (.marked(.failed), .ending): return later()
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
                phase = .ending
                return [.mark(NoticeMark(.failed, .noAddress, attempts: attempts, next: now), message)]
            }
            phase = .starting(message)
            return [.mark(NoticeMark(.attempting, attempts: attempts, next: now), message)]
        }
    }

    private mutating func look() -> [Action] {
        hasNews = false
        phase = .looking
        return [.look]
    }

    private mutating func later() -> [Action] {
        phase = .waiting
        return [.setTimer(Self.retryMilliseconds)]
    }
}
