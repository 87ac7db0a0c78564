/// What a role may decide by itself, up to an amount; above it a request becomes an approval.
public enum AuthorityKind: String, Hashable, Sendable, CaseIterable {
    /// Of one refund, in fen.
    case refundFen
    /// Of one credit on a bill, in fen.
    case creditFen
    /// Of a relief of fees, in fen.
    case reliefFen
    /// How many levels a priority may be raised.
    case priorityLevels
    /// How many days ahead an appointment may be made.
    case appointmentDays

    public static let limit = 100_000_000
}
