extension ExchangeRequest.Lane {
    /// How long a hub holds a poll when there is no news, in milliseconds, unless told otherwise.
    public static let usualHoldMilliseconds: Int64 = 20_000

    /// How long a branch waits for a connection, in milliseconds. The hub's system makes one however busy the hub is; a
    /// line that has just healed should not wait for the rest of a deadline that is meant for a slow hub. A line on
    /// which a word and its answer take longer is none.
    public static let connectMilliseconds: Int64 = 4_000

    /// How long a branch waits for a whole request and its answer, in milliseconds.
    /// - Parameter hold: how long the hub holds a poll.
    public func deadlineMilliseconds(hold: Int64 = usualHoldMilliseconds) -> Int64 {
        switch self {
        case .hello: 15_000
        case .poll: hold + 25_000
        case .push, .compare, .attachments: 60_000
        }
    }
}
