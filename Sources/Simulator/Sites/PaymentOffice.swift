/// Whoever pays refunds out: honours its keys, and keeps a book of its own that no crash of the hub touches.
public final class PaymentOffice {
    public struct Payment: Hashable, Sendable {
        public let key: [UInt8]
        public let entity: String
        /// The change that asked, as the hub names it.
        public let request: String
        public let fen: Int64
        public let at: VirtualTime
    }

    public private(set) var payments: [Payment] = []
    /// Calls that repeated a key: nothing was paid for them.
    public private(set) var repeats: Int64 = 0
    /// Told of every payment when it is made.
    var observe: ((Payment) -> Void)?
    private var keys: Set<[UInt8]> = []

    public init() {}

    func pay(_ payment: Payment) {
        guard keys.insert(payment.key).inserted else {
            repeats += 1
            return
        }
        payments.append(payment)
        observe?(payment)
    }
}
