/// The clocks of a ticket.
public enum ClockKind: String, Hashable, Sendable, CaseIterable {
    /// From opening until somebody has accepted it: it leaves the status `acknowledged`.
    case response
    /// From the last thing that was done until the next, while it is ours to do something.
    case update
    /// Of one step: from when it may begin until it is done.
    case step
    /// From opening until it is resolved, rejected or cancelled.
    case solution
    /// Of what has to be delivered beside: from when one of its limits first applies until the field that holds it is
    /// filled in, resolved or not.
    case report
}
