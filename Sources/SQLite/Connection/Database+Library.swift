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
}
