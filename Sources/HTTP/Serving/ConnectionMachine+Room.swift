/// Making room for others.
extension ConnectionMachine {
    /// How well a connection stands when some have to go.
    struct Standing: Sendable {
        /// Whether it would be closed after all those for which this is false.
        let hasKnownCaller: Bool
        /// Since when it has waited for a request to be complete.
        let since: Instant
    }

    /// Nil while the connection may not be closed for others: a known caller's request is under way, or a handler is
    /// at work on anybody's. What is left waits on a stranger: for a head, a body, or for an answer to be taken.
    var standing: Standing? {
        guard exchange?.caller == nil else { return nil }
        switch phase {
        case .waiting, .head, .body, .flushing, .lingering:
            return Standing(hasKnownCaller: hasKnownCaller, since: waitsSince)
        case .handling, .streaming, .closed: return nil
        }
    }

    /// Closes the connection if it may be closed for others.
    ///
    /// - Returns: whether it does.
    mutating func makeRoom() -> Bool {
        guard standing != nil else { return false }
        emit(.report(.connectionEvicted))
        cut(.close)
        return true
    }
}
