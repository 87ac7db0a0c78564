import Replication

/// What a customer is told of one step of a ticket: one for each change that takes such a step, whatever becomes of its
/// copies. To whom, and in which words, is decided when it is sent: it holds nothing of the customer.
public struct Notice: Hashable, Sendable {
    public enum State: Int64, CaseIterable, Sendable {
        case queued = 0
        /// Recorded before the channel is called.
        case attempting = 1
        /// The channel has taken it.
        case sent = 2
        /// The customer has opened the link.
        case read = 3
        case failed = 4
        /// It is not to be sent any more.
        case cancelled = 5
        /// It may have been sent: repeated only over a channel that honours its key, else a person decides.
        case uncertain = 6

        public var word: String { "\(self)" }

        public init?(word: String) {
            guard let state = Self.allCases.first(where: { $0.word == word }) else { return nil }
            self = state
        }
    }

    /// Why it is in its state.
    public enum Reason: String, CaseIterable, Sendable {
        /// The ticket and its customer have no address that a channel takes.
        case noAddress
        /// The channel has refused it for good.
        case refused
        /// The channel has not taken it in ``NoticeLimits/attemptsMax`` attempts.
        case givenUp
        /// Its step was overtaken by another, or taken back.
        case overtaken
        /// The same, and it may have been sent before.
        case overtakenInDoubt
        /// It may have been sent by the hub of an earlier epoch.
        case earlierEpoch
        /// The process ended during an attempt.
        case interrupted
        /// The channel does not honour keys, and has left open whether it took it.
        case noAnswer
        /// It could not be put into words, its ticket being damaged; tried again like what was not taken.
        case unwritable
        /// A person has dropped it.
        case dropped
    }

    public let number: Int64
    /// The change that took the step: what names it, and its key with every channel.
    public let change: ChangeReference
    public let ticket: EntityID
    /// The ticket's own number of a row.
    public let entity: Int64
    /// The name of the step.
    public let step: String
    /// The state that it has reached.
    public let stage: String
    public let state: State
    public let reason: Reason?
    public let attempts: Int
    /// Not to be tried before, in milliseconds since 1970.
    public let next: Int64
    public let recorded: Int64
    /// When it came to its state.
    public let changed: Int64
    public let channel: String?
    public let template: String?
    /// Who decided about it, where a person did.
    public let actor: String?
}

/// The bounds of notices.
public enum NoticeLimits {
    /// Attempts of one notice, over some twelve hours; then it has failed, and a person may send it again.
    public static let attemptsMax = 20
    /// Before the second attempt; doubled with each.
    public static let firstPauseMilliseconds: Int64 = 10_000
    public static let longestPauseMilliseconds: Int64 = 3_600_000
    /// Before the beginning of an epoch, but for its first: of a step that is older nobody is told any more.
    public static let oldestMilliseconds: Int64 = 3 * 86_400_000
    /// Characters of a whole text: what templates hold is bounded, what fills them is cut here.
    public static let textLength = 1_000
    /// Tickets that are looked through in one turn of the writer after an epoch has begun.
    public static let ticketsInTurn = 500
    /// Of one page of a list.
    public static let listMax = 500
}
