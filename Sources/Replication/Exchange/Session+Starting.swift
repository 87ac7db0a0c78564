extension Session {
    /// Begins a process on this database, in the transaction that comes before any other.
    ///
    /// The hub then judges what waited for it: an upgrade may have brought what was needed. What it was attempting when
    /// its last process ended may or may not have happened.
    /// - Parameters:
    ///   - start: the number of the start, as ``StartCount`` has it.
    ///   - contradiction: why this database cannot be the one that the side file has counted; a branch goes on under a
    ///     new origin.
    ///   - fresh: 64 bits that the shell has drawn, for that origin.
    ///   - milliseconds: province time.
    public mutating func startUp(
        _ start: UInt32, contradiction: String?, fresh: OriginID, at milliseconds: Int64
    ) throws {
        try begin(start: start)
        guard life.isHub else {
            if let reason = contradiction ?? (life.isCopy ? "This database was made from a backup" : nil) {
                try renewOrigin(fresh, because: reason, at: milliseconds)
            }
            return
        }
        try store.markAttemptedUncertain()
        try judgeAllWaiting(at: milliseconds)
    }
}
