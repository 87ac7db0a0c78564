/// How much the stream of events may take.
public struct EventLimits: Sendable {
    /// Streams at once; one more is answered 503.
    public var streamsMax = 32
    /// Changed tickets remembered for clients that come back, and for those that read slowly.
    public var remembered = 8_192
    /// Tickets read and told at a time.
    public var batch = 64
    /// Seconds between two signs of life.
    public var heartbeatSeconds = 15.0

    public init() {}
}
