/// One thing a clerk does, at a known moment.
struct ClerkStep: Hashable, Sendable {
    enum Kind: String, CaseIterable, Sendable {
        /// Takes a new ticket.
        case take
        case note
        case assign
        /// Moves a ticket through its procedure.
        case step
        /// Offers a ticket to another branch.
        case offer
        /// Accepts a ticket that was offered.
        case accept
        case askRefund
        /// Decides an open request, at the hub.
        case decide
        /// Settles an open conflict.
        case settle
        case show
        case list
        /// Has the node fold its whole log again while it works: its longest read.
        case verify
    }

    let kind: Kind
    /// Seconds after the load began.
    let at: Double
    /// What the step draws from, whatever it needs to choose.
    let draw: UInt64
}
