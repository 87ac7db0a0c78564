import CSQLite

/// SQLite's locks on a file, of all its handles in this process.
struct FileLocks {
    /// Handles that hold at least a shared lock.
    private var readers = 0
    /// The handle that holds a reserved lock or more.
    private var writer: ObjectIdentifier?
    /// The writer waits for readers to leave, so that none may come.
    private var isPending = false

    var isReserved: Bool { writer != nil }

    /// Raises the lock of a handle; answers SQLite's code.
    mutating func lock(_ level: Int32, by handle: OpenFile) -> Int32 {
        guard handle.lockLevel < level else { return SQLITE_OK }
        let own = ObjectIdentifier(handle)
        if handle.lockLevel == SQLITE_LOCK_NONE {
            guard !isPending else { return SQLITE_BUSY }
            readers += 1
            handle.lockLevel = SQLITE_LOCK_SHARED
        }
        guard level > SQLITE_LOCK_SHARED else { return SQLITE_OK }
        guard writer == nil || writer == own else { return SQLITE_BUSY }
        writer = own
        handle.lockLevel = max(handle.lockLevel, SQLITE_LOCK_RESERVED)
        guard level > SQLITE_LOCK_RESERVED else { return SQLITE_OK }
        isPending = true
        handle.lockLevel = SQLITE_LOCK_PENDING
        guard readers == 1 else { return SQLITE_BUSY }
        handle.lockLevel = SQLITE_LOCK_EXCLUSIVE
        return SQLITE_OK
    }

    mutating func unlock(to level: Int32, by handle: OpenFile) {
        guard handle.lockLevel > level else { return }
        if handle.lockLevel > SQLITE_LOCK_SHARED {
            writer = nil
            isPending = false
        }
        if level == SQLITE_LOCK_NONE { readers -= 1 }
        handle.lockLevel = level
    }
}
