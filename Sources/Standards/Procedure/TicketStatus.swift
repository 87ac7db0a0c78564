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
}
