extension Session {
    /// Begins a process on this database, in the transaction that comes before any other.
    ///
    /// The hub then judges what waited for it: an upgrade may have brought what was needed. What it was attempting when
    /// its last process ended may or may not have happened.
    /// - Parameters:
    ///   - start: the number of the start, as ``StartCount`` has it.
    ///   - milliseconds: province time.
    public mutating func startUp(_ start: UInt32, at milliseconds: Int64) throws {
        try begin(start: start)
        guard life.isHub else { return }
        try store.markAttemptedUncertain()
        try judgeAllWaiting(at: milliseconds)
    }
}
