/// The line between a site and the hub, as it is on an ordinary day.
public struct LinkProfile: Hashable, Sendable {
    /// Ten seconds one way is worse than two satellite hops in a storm.
    public static let latencyLimit = 10_000
    /// 10 Gbit/s.
    public static let rateLimit = 10_000_000

    /// One way.
    public let latencyMilliseconds: Int
    public let kilobitsPerSecond: Int
    /// Packets lost of a thousand.
    public let lossPerMille: Int

    public init(latencyMilliseconds: Int, kilobitsPerSecond: Int, lossPerMille: Int) {
        self.latencyMilliseconds = latencyMilliseconds
        self.kilobitsPerSecond = kilobitsPerSecond
        self.lossPerMille = lossPerMille
    }

    init?(reading reader: JSONReader) {
        let latency = reader.integer("latencyMilliseconds", in: 0...Self.latencyLimit)
        let rate = reader.integer("kilobitsPerSecond", in: 1...Self.rateLimit)
        let loss = reader.integer("lossPerMille", in: 0...1_000)
        guard let latency, let rate, let loss else { return nil }
        self.init(latencyMilliseconds: latency, kilobitsPerSecond: rate, lossPerMille: loss)
    }
}
