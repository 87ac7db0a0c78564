/// What a transition means, for clocks and reports; what it does stands in its rule.
public enum TransitionKind: String, Hashable, Sendable, CaseIterable {
    case forward
    /// Back to whoever had it before, since something is missing or wrong (退单).
    case `return`
    case suspend
    case resume
    /// Handed to another department.
    case dispatch
    case reject
    case cancel
    case reopen
    /// Undoes what is being done: the way back of a cut-over (回退).
    case rollback
}
