import Replication

/// Money that a branch may pay out by itself while it is cut off: an amount that the province grants to one database of
/// the branch, for charges that nobody else decides meanwhile.
///
/// The charges are those that begin with a prefix. While the allowance is out, the hub decides no request for one of
/// them, and no other allowance covers any; so the branch need not ask before it pays, and still no charge is paid
/// twice. What it pays is a fact that nothing later unmakes.
public struct RefundAllowance: Sendable {
    /// Of one allowance, in fen.
    public static let limitFen: Int64 = 100_000_000_00
    public static let prefixLength = 40
    /// Charges under the prefix of which somebody had asked before the allowance was granted.
    public static let takenLimit = 5_000
    /// Payments out of one allowance; then it is returned and another granted.
    public static let paymentsLimit = 5_000

    public struct Payment: Equatable, Sendable {
        public let charge: String
        public let fen: Int64
        public let reason: String
        public let by: ChangeReference
    }

    public let row: EntityRow

    init?(_ row: EntityRow) {
        guard row.id.kind == .allowance, row.state.exists, !row.isWithdrawn else { return nil }
        self.row = row
    }

    private var state: EntityState { row.state }

    public var site: String { state[AllowanceField.site].textValue ?? "" }
    /// The one database that may spend it: a copy that was put back is another, and may not.
    public var origin: OriginID? {
        state[AllowanceField.origin].integerValue.map { OriginID(raw: UInt64(bitPattern: $0)) }
    }
    public var prefix: String { state[AllowanceField.prefix].textValue ?? "" }
    public var grantedFen: Int64 { state.counts[AllowanceField.granted] ?? 0 }
    public var spentFen: Int64 { state.requests.reduce(0) { $0 + $1.request.amount } }
    public var leftFen: Int64 { isOut ? max(0, grantedFen - spentFen) : 0 }
    /// The province wants it back.
    public var isRecalled: Bool { state[AllowanceField.recalled] == .bool(true) }
    public var isReturned: Bool { state[AllowanceField.returned] == .bool(true) }
    /// Its database will not come back; what that may have paid and never sent is not known.
    public var isWrittenOff: Bool { state[AllowanceField.writtenOff] == .bool(true) }
    /// Whether its charges are its owner's to pay, and nobody else's.
    public var isOut: Bool { !isReturned && !isWrittenOff }

    public var payments: [Payment] {
        state.requests.map {
            Payment(charge: $0.request.key, fen: $0.request.amount, reason: $0.request.reason, by: $0.by)
        }
    }

    /// Charges that somebody had asked the province for before: those stay the province's.
    public var taken: [String] { state.elements(of: AllowanceField.taken).compactMap(\.textValue) }

    func covers(_ charge: String) -> Bool { charge.utf8.starts(with: prefix.utf8) && !taken.contains(charge) }
}
