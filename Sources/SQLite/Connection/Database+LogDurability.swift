import CSQLite

extension Database {
    /// How much of the log is written again at once, in bytes.
    private static let logPieceBytes = 1 << 16

    /// Writes the write-ahead log again as it is read, and syncs it: done by the writing connection when it opens,
    /// before anything is committed or copied out of the log.
    ///
    /// After a sync that failed, the system hands out what should have been synced and never writes it by itself. A
    /// program that is started again then finds commits in the log that no later sync makes durable, and puts its own
    /// behind them: a loss of power leaves a hole, and all that follows it is gone, whatever was synced since.
    ///
    /// - Throws: ``SQLiteError`` when the log cannot be read, written or synced.
    func makeLogDurable() throws {
        var file: UnsafeMutablePointer<sqlite3_file>?
        let found = withUnsafeMutablePointer(to: &file) { place in
            sqlite3_file_control(handle, nil, SQLITE_FCNTL_JOURNAL_POINTER, place)
        }
        // A database in memory has none, and one that is new has none yet.
        guard found == SQLITE_OK, let file, let methods = file.pointee.pMethods else { return }
        try writeAgain(file, methods.pointee)
    }

    private func writeAgain(_ file: UnsafeMutablePointer<sqlite3_file>, _ methods: sqlite3_io_methods) throws {
        guard let length = methods.xFileSize, let read = methods.xRead, let write = methods.xWrite,
            let sync = methods.xSync
        else { return }
        var size: sqlite3_int64 = 0
        try require(length(file, &size))
        guard size > 0 else { return }
        var piece = [UInt8](repeating: 0, count: Self.logPieceBytes)
        var offset: sqlite3_int64 = 0
        while offset < size {
            let count = Int32(min(Int64(piece.count), size - offset))
            try piece.withUnsafeMutableBytes { bytes in
                try require(read(file, bytes.baseAddress, count, offset))
                try require(write(file, bytes.baseAddress, count, offset))
            }
            offset += sqlite3_int64(count)
        }
        try require(sync(file, SQLITE_SYNC_NORMAL))
    }

    private func require(_ code: Int32) throws {
        guard code == SQLITE_OK else {
            let error = SQLiteError(
                extendedCode: code, operation: .open, message: "the write-ahead log cannot be made durable")
            note(error)
            throw error
        }
    }
}
