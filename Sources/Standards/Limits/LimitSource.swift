/// Who sets a limit. The strictest wins, whoever set it.
public enum LimitSource: String, Hashable, Sendable, CaseIterable {
    case regulation
    case province
    case contract
    case branch
}

/// How sure it is that a limit is as written.
public enum Confidence: String, Hashable, Sendable, CaseIterable {
    /// Read in the source's own text.
    case verified
    /// As another text reports it.
    case secondary
    /// Remembered, not looked up.
    case recalled
    /// To be found out before it is relied on.
    case unsure
}
