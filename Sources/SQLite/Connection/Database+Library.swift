import CSQLite

extension Database {
    /// The version of the SQLite library in use, as in "3.40.1".
    public static var libraryVersion: String { String(cString: sqlite3_libversion()) }

    /// Whether the library in use has the bug by which two connections that write or checkpoint at once can
    /// damage a database with a write-ahead log. One writing connection, as here, is not exposed to it.
    public static var hasWALResetBug: Bool { hasWALResetBug(version: Int(sqlite3_libversion_number())) }

    /// The versions with the bug: 3.7.0 to 3.51.2, except where it was mended in 3.44.6 and 3.50.7.
    static func hasWALResetBug(version: Int) -> Bool {
        switch version {
        case ..<3_007_000, 3_051_003...: false
        case 3_044_006..<3_045_000, 3_050_007..<3_051_000: false
        default: true
        }
    }

    /// How much of a savepoint's journal is kept in memory, in bytes, before it goes to a temporary file. The library
    /// writes what it kept in one piece, and of no piece more than 131,071 bytes: above that it believes the disk full.
    public static let savepointJournalBytes = (1 << 17) - 1

    /// Sets the library up, once in a process and before its first use.
    ///
    /// Jobs of the writer that share a commit run each in a savepoint, for which SQLite copies every page that the job
    /// changes. Left to itself it writes these copies to a temporary file from 64 KiB on, with a call of the system for
    /// each page.
    static let isSetUp: Bool = {
        let codes = [
            tributary_sqlite3_config_journal_spill(Int32(savepointJournalBytes)),
            tributary_sqlite3_config_no_memory_count(),
        ]
        return codes.allSatisfy { $0 == SQLITE_OK }
    }()

    /// Sets the library up before anything else in the process uses it.
    public static func setUpLibrary() { _ = isSetUp }
}
