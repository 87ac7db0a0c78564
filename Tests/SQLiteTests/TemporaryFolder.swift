import Foundation
import SQLite

/// A folder of a test's own, removed with it.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "sqlite-tests-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    func file(_ name: String = "test.db") -> String { path + "/" + name }

    func writer(vfs: String? = nil) throws -> Database {
        try Database(path: file(), mode: .readWriteCreate, vfs: vfs, busyTimeoutMilliseconds: 0)
    }

    func reader() throws -> Database {
        try Database(path: file(), mode: .readOnly, busyTimeoutMilliseconds: 0)
    }

    func size(of name: String) -> Int {
        let attributes = try? FileManager.default.attributesOfItem(atPath: file(name))
        return attributes?[.size] as? Int ?? 0
    }
}

/// The kind of database error that `body` throws; nil when it throws none.
func kind<T>(_ body: () throws -> T) -> SQLiteError.Kind? {
    do {
        _ = try body()
        return nil
    } catch {
        return (error as? SQLiteError)?.kind
    }
}

/// The first column of the first row, as a number.
func number(_ database: Database, _ sql: SQL) throws -> Int {
    try database.first(sql) { $0.int(0) } ?? -1
}
