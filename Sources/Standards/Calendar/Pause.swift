/// A time in which a clock stands still, in milliseconds since 1970-01-01T00:00Z.
public struct Pause: Hashable, Sendable {
    public let from: Int64
    /// The first moment at which the clock runs again; nil while it stands still.
    public let to: Int64?

    public init(from: Int64, to: Int64?) {
        self.from = from
        self.to = to
    }
}
