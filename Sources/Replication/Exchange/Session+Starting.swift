extension Session {
    /// Begins a process on this database, in the transaction that comes before any other.
    ///
    /// What an earlier version of the software could not fold whole is folded again, as far as one turn goes. The hub
    /// then judges what waited for it: an upgrade may have brought what was needed. What it was attempting when its
    /// last process ended may or may not have happened.
    /// - Parameters:
    ///   - start: the number of the start, as ``StartCount`` has it.
    ///   - milliseconds: province time.
    /// - Returns: whether ``foldAgain(atMost:)`` has more to do, in transactions of its own.
    @discardableResult
    public mutating func startUp(_ start: UInt32, at milliseconds: Int64) throws -> Bool {
        try begin(start: start)
        let hasMore = try foldAgain()
        if life.isHub {
            try store.markAttemptedUncertain()
            try judgeAllWaiting(at: milliseconds)
        }
        return hasMore
    }

    /// Folds again the entities of which this site holds what it did not know under an earlier version. Each is done
    /// once, whatever stops the process in between; until then it is folded from the log whenever it is read.
    /// - Parameter changes: how many changes may be read again before the rest is left to another turn.
    /// - Returns: whether there is a rest.
    public mutating func foldAgain(
        atMost changes: Int = ReplicationLimits.changesReadAgainInTurn
    ) throws -> Bool {
        while let next = try store.nextFoldedBelowLevel() {
            guard changesReadAgain < changes else { return true }
            // One without changes to read is work as well.
            changesReadAgain += max(1, try store.foldAtLevel(next.number, next.id))
        }
        return false
    }
}
