extension ExchangeRequest.Lane {
    /// How long a hub holds a poll when there is no news, in milliseconds, unless told otherwise.
    public static let usualHoldMilliseconds: Int64 = 20_000

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
