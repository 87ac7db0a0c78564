/// How much the stream of events may take.
public struct EventLimits: Sendable {
    /// Streams at once, a page that somebody looks at each; one more is answered 503. Each is a connection with its
    /// descriptor for as long as the page is seen, and up to 256 KiB that its reader has not taken yet: at worst
    /// 64 MiB, and a quarter of the connections that a node serves.
    public static let streamsUsual = 256

    /// Streams at once.
    public var streamsMax = streamsUsual
    /// Changed tickets remembered for clients that come back, and for those that read slowly.
    public var remembered = 8_192
    /// Tickets read and told at a time.
    public var batch = 64
    /// Seconds between two signs of life.
    public var heartbeatSeconds = 15.0

    public init() {}

    /// As many streams as are wanted, and never more than half of the connections, so that the rest of what a page asks
    /// for is answered.
    init(streams wanted: Int?, connectionsMax: Int) {
        streamsMax = max(1, min(wanted ?? Self.streamsUsual, connectionsMax / 2))
    }
}
