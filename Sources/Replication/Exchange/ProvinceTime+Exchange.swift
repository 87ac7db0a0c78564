/// What the exchange tells of the province's time, and what follows from it.
extension ProvinceTime {
    /// Takes what an answer says of the hub's time, in which the hub's own time with the request is no travel.
    /// - Returns: the error that was corrected.
    public mutating func measure(sent: Int64, received: Int64, answer: ExchangeAnswer) -> Int64 {
        measure(
            sent: sent, received: max(sent, received - (answer.sent - answer.received)), hub: answer.received)
    }

    /// A hub whose wall clock has gone back keeps the time that it has given out: its branches have followed it, and
    /// what they write would be refused as too far ahead.
    /// - Parameter given: the highest time given out, in milliseconds.
    /// - Returns: whether the clock was behind by more than a stamp may lie ahead, and `given` was kept.
    public mutating func keep(_ given: Int64, steady: Int64) -> Bool {
        guard given > now(steady: steady) + ReplicationLimits.aheadMilliseconds else { return false }
        restart(at: given, steady: steady)
        return true
    }
}
