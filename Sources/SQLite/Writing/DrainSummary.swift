/// What one call of ``GroupWriter/drain()`` did.
public struct DrainSummary: Hashable, Sendable {
    /// Transactions begun.
    public var groups = 0
    /// Jobs whose changes were committed.
    public var committed = 0
    /// Jobs that were told of an error.
    public var failed = 0
    /// Jobs that came in meanwhile and wait for the next call.
    public var waiting = 0

    public init() {}
}
