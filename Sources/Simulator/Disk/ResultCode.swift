import CSQLite

/// SQLite's extended codes for what fails on a disk; the header has them as expressions, which are not imported.
enum ResultCode {
    static let readFailed = SQLITE_IOERR | (1 << 8)
    static let shortRead = SQLITE_IOERR | (2 << 8)
    static let syncFailed = SQLITE_IOERR | (4 << 8)
    static let noSuchFile = SQLITE_IOERR | (23 << 8)
}
