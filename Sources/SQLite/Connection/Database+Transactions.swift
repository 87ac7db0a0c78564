import CSQLite

extension Database {
    /// When a transaction takes its lock.
    public enum TransactionKind: Sendable {
        /// At the first read or write; for reading one state of the database.
        case deferred
        /// At once; for writing.
        case immediate
    }

    /// Runs `body` in a transaction, which is committed when it returns and rolled back when it throws.
    ///
    /// Traps inside another transaction; use ``savepoint(_:)`` there.
    ///
    /// - Throws: what `body` throws; ``SQLiteError`` when the transaction cannot be begun or committed.
    public func transaction<T>(_ kind: TransactionKind, _ body: () throws -> T) throws -> T {
        try begin(kind)
        let rollbacks = hooks.rollbackCount
        do {
            let result = try body()
            guard !isAutocommit, hooks.rollbackCount == rollbacks else { throw Self.endedEarly }
            try commit()
            return result
        } catch {
            rollBack()
            throw error
        }
    }

    /// Runs `body` in a savepoint: when it throws, only its own changes are undone.
    ///
    /// After a throw either the savepoint alone was undone, or, where SQLite ended the transaction or undoing
    /// failed, the whole transaction is gone: ask ``isAutocommit``.
    ///
    /// - Throws: what `body` throws; ``SQLiteError`` when the savepoint cannot be made or released.
    public func savepoint<T>(_ body: () throws -> T) throws -> T {
        // One outside a transaction is one by itself: its release commits.
        let isOutermost = isAutocommit
        if isOutermost { drop() }
        try run("SAVEPOINT tributary")
        let (rollbacks, unwritten) = (hooks.rollbackCount, memo?.unwritten)
        do {
            let result = try body()
            guard !isAutocommit, hooks.rollbackCount == rollbacks else { throw Self.endedEarly }
            if isOutermost { try settle() }
            try run("RELEASE tributary")
            if isOutermost { memo?.forget() }
            return result
        } catch {
            undoSavepoint(isGone: isAutocommit || hooks.rollbackCount != rollbacks, unwritten)
            throw error
        }
    }

    /// Whether a foreign key is violated that was left to be checked at the commit.
    var hasOpenForeignKeys: Bool {
        var current: Int32 = 0
        var highest: Int32 = 0
        let code = sqlite3_db_status(handle, SQLITE_DBSTATUS_DEFERRED_FKS, &current, &highest, 0)
        return code == SQLITE_OK && current != 0
    }

    func begin(_ kind: TransactionKind) throws {
        precondition(isAutocommit, "a transaction inside a transaction; use savepoint")
        drop()
        switch kind {
        case .deferred: try control("BEGIN DEFERRED", as: .begin)
        case .immediate: try control("BEGIN IMMEDIATE", as: .begin)
        }
    }

    func commit() throws {
        try settle()
        memo?.forget()
        try control("COMMIT", as: .commit)
    }

    /// Rolls back what is open. A failure is noted: then SQLite has rolled back by itself, or closing will.
    func rollBack() {
        drop()
        guard !isAutocommit else { return }
        _ = try? control("ROLLBACK", as: .rollback)
    }

    /// Writes what the memo has put off, if anything.
    public func settle() throws {
        guard let memo, memo.unwritten != nil else { return }
        try memo.settle(on: self)
    }

    private func drop() {
        memo?.unwritten = nil
        memo?.forget()
    }

    /// - Parameter unwritten: what was put off when the savepoint was made.
    private func undoSavepoint(isGone: Bool, _ unwritten: (any Sendable)?) {
        memo?.forget()
        // A transaction begun after the savepoint's own has ended is nobody's, and must not be committed.
        guard !isGone else { return rollBack() }
        do {
            try run("ROLLBACK TO tributary")
            try run("RELEASE tributary")
            memo?.unwritten = unwritten
        } catch {
            rollBack()
        }
    }

    private func control(_ sql: SQL, as operation: SQLiteError.Operation) throws {
        do {
            try run(sql)
        } catch let error as SQLiteError {
            throw SQLiteError(
                extendedCode: error.extendedCode, operation: operation, message: error.message, sql: error.sql)
        }
    }

    private static let endedEarly = SQLiteError(
        kind: .transactionEnded, operation: .commit, message: "the transaction was ended inside its own body")
}
