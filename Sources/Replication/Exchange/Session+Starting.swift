extension Session {
    /// Begins a process on this database, in the transaction that comes before any other.
    ///
    /// What an earlier version of the software could not fold whole is folded again, as far as one turn goes. The hub
    /// then judges what waited for it: an upgrade may have brought what was needed. What it was attempting when its
    /// last process ended may or may not have happened.
    /// - Parameters:
    ///   - start: the number of the start, as ``StartCount`` has it.
    ///   - contradiction: why this database cannot be the one that the side file has counted; a branch goes on under a
    ///     new origin.
    ///   - fresh: 64 bits that the shell has drawn, for that origin.
    ///   - isKept: at a hub, that its clock was behind the time given out, which goes on.
    ///   - milliseconds: province time.
    public mutating func startUp(
        _ start: UInt32, contradiction: String?, fresh: OriginID, isKept: Bool = false, at milliseconds: Int64
    ) throws {
        try begin(start: start)
        try beginTimekeeping(isKept: isKept, at: milliseconds)
        try foldAgain()
        guard life.isHub else {
            if let reason = contradiction ?? (life.isCopy ? "This database was made from a backup" : nil) {
                try renewOrigin(fresh, because: reason, at: milliseconds)
            }
            return
        }
        try store.markAttemptedUncertain()
        try judgeAllWaiting(at: milliseconds)
    }

    /// Folds again the entities of which this site holds what it did not know under an earlier version. Each is done
    /// once, whatever stops the process in between; until then it is folded from the log whenever it is read.
    /// - Parameter changes: how many changes may be read again before the rest is left to another turn.
    /// - Returns: whether there is a rest.
    @discardableResult
    public mutating func foldAgain(
        atMost changes: Int = ReplicationLimits.changesReadAgainInTurn
    ) throws -> Bool {
        while let next = try store.nextFoldedBelowLevel() {
            guard changesReadAgain < changes else {
                hasMoreToFold = true
                return true
            }
            // One without changes to read is work as well.
            changesReadAgain += max(1, try store.foldAtLevel(next.number, next.id))
        }
        hasMoreToFold = false
        return false
    }
}
