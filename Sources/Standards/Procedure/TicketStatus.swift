/// The statuses of the TM Forum Trouble Ticket API (TMF621), which every state of every process maps to.
public enum TicketStatus: String, Hashable, Sendable, CaseIterable {
    case acknowledged
    case rejected
    /// Waiting for the customer.
    case pending
    /// Waiting for us or a third party.
    case held
    case inProgress
    case resolved
    case closed
    case cancelled

    /// Whether a ticket is at an end. Counters go by it and lists by a state's own word: a standard that is published
    /// has both say the same.
    public var isEnd: Bool { self == .closed || self == .rejected || self == .cancelled }
}
