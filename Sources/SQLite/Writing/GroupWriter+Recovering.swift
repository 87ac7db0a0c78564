extension GroupWriter {
    /// Opens the database again after a commit whose outcome is unknown: whether it is on the disk is seen by opening
    /// it, and retries are answered by their keys. After a disk that was full or failed nothing is written before
    /// somebody has looked.
    ///
    /// Does nothing in any other state. Stays stopped if the database cannot be opened.
    /// - Parameter failure: the error of the commit.
    public func recover(after failure: SQLiteError?, open: () throws -> Database) {
        guard state == .outcomeUnknown else { return }
        let hasDiskFailed = failure.map { Self.diskFailures.contains($0.code) } ?? false
        let reason =
            hasDiskFailed
            ? "\(failure?.message ?? ""); make room on the disk of the data folder, or mend it, and start the "
                + "node again"
            : nil
        try? reopen(readOnly: reason, open: open)
    }

    /// SQLite's codes for an I/O error and a full disk.
    private static let diskFailures: Set<Int32> = [10, 13]
}
