/// How much may be paid back in one refund.
public struct RefundRule: Hashable, Sendable {
    /// One million yuan.
    public static let limitFenLimit = 100_000_000

    public enum Currency: String, Hashable, Sendable, CaseIterable {
        case yuan = "CNY"
    }

    /// The greatest single refund, in fen (hundredths of a yuan).
    public let limitFen: Int
    public let currency: Currency

    public init(limitFen: Int, currency: Currency = .yuan) {
        self.limitFen = limitFen
        self.currency = currency
    }

    init?(reading reader: JSONReader) {
        reader.explain(["limitFen": "The greatest single refund, in fen", "currency": "In which currency"])
        let limitFen = reader.integer("limitFen", in: 0...Self.limitFenLimit)
        let currency = reader.choice("currency", of: Currency.self)
        guard let limitFen, let currency else { return nil }
        self.init(limitFen: limitFen, currency: currency)
    }
}
