/// Sends what the hub has granted, once each, as a machine: *attempting* is committed before the call and *sent* after
/// it. Whatever fails is tried again by itself, whether or not anybody writes meanwhile.
public struct OutboxDelivery: Sendable {
    public enum Event: Sendable {
        /// Something was committed: the outbox may hold more.
        case news
        /// What ``SiteStore/nextEffect()`` found; nil for nothing.
        case found(Effect?)
        /// A mark was committed, or was not.
        case marked(Bool)
        /// The channel has answered; `false` leaves open whether it has happened.
        case attempted(Bool)
        case timer
    }

    public enum Action: Sendable {
        case look
        case mark(Effect.State, Effect)
        case attempt(Effect)
        /// Send a `timer` event after so many milliseconds.
        case setTimer(Int64)
    }

    /// The pause after a failure, in milliseconds.
    public static let retryMilliseconds: Int64 = 10_000

    private enum Phase {
        case idle, looking, waiting
        case starting(Effect), attempting(Effect), ending(Effect.State)
    }

    private var phase = Phase.idle
    private var hasNews = false

    public init() {}

    public mutating func handle(_ event: Event) -> [Action] {
        switch (event, phase) {
        case (.news, .idle): return look()
        case (.news, _):
            hasNews = true
            return []
        case (.timer, .waiting): return look()
        case (.found(let effect), .looking):
            guard let effect else { return rest() }
            phase = .starting(effect)
            return [.mark(.attempting, effect)]
        case (.marked(true), .starting(let effect)):
            phase = .attempting(effect)
            return [.attempt(effect)]
        case (.attempted(let isDone), .attempting(let effect)):
            let state: Effect.State = isDone ? .sent : .uncertain
            phase = .ending(state)
            return [.mark(state, effect)]
        case (.marked(true), .ending(.sent)): return look()
        case (.marked, .starting), (.marked, .ending): return later()
        default: return []
        }
    }

    private mutating func look() -> [Action] {
        hasNews = false
        phase = .looking
        return [.look]
    }

    private mutating func rest() -> [Action] {
        phase = .idle
        return hasNews ? look() : []
    }

    private mutating func later() -> [Action] {
        phase = .waiting
        return [.setTimer(Self.retryMilliseconds)]
    }
}

extension SiteStore {
    /// What is to be sent next. An uncertain one goes again, which is right only where the channel honours the key.
    public func nextEffect() throws -> Effect? {
        try effects(in: .uncertain, limit: 1).first ?? effects(in: .pending, limit: 1).first
    }
}
