import CSQLite
import SQLite
import Synchronization

@testable import Simulator

/// A disk of its own for one test, and a database on it as a node opens it.
struct DiskBench {
    let vfs = SimulatedVFS.install(asDefault: false)
    let disk: SimulatedDisk
    private static let file = "tributary.db"
    static let log = file + "-wal"
    static let main = file

    /// - Parameter name: the test's; no two may share one, because tests run side by side.
    init(_ name: String) {
        disk = SimulatedDisk(name: name, seed: 1)
        vfs.attach(disk, as: name)
    }

    func end() { vfs.detach(disk.name) }

    func writer() throws -> sending Database { try open(.readWriteCreate) }
    func reader() throws -> sending Database { try open(.readOnly) }

    private func open(_ mode: Database.Mode) throws -> sending Database {
        try Database(
            path: SimulatedVFS.path(Self.file, on: disk.name), mode: mode, vfs: SimulatedVFS.name,
            busyTimeoutMilliseconds: 0)
    }

    static func random(_ seed: UInt64) -> RandomStream { RandomStream(seed: seed, entity: "disk", purpose: "test") }
}

extension DiskFile {
    func write(_ bytes: [UInt8], at offset: Int) { write(bytes, count: bytes.count, at: offset) }
}

extension Database {
    func makeLog() throws {
        try execute("CREATE TABLE IF NOT EXISTS log (sequence INTEGER PRIMARY KEY, name TEXT NOT NULL, body BLOB)")
    }

    func append(_ name: String, bytes: Int = 0) throws {
        try run("INSERT INTO log (name, body) VALUES (?, ?)", name, [UInt8](repeating: 7, count: bytes))
    }

    /// The names in the order in which they were written; none when there is not even the table.
    func names() throws -> [String] {
        let tables = try first("SELECT count(*) FROM sqlite_schema WHERE name = 'log'") { $0.int(0) } ?? 0
        return tables == 0 ? [] : try all("SELECT name FROM log ORDER BY sequence") { $0.text(0) }
    }
}

/// What callers of a writer were told.
final class Told: Sendable {
    private struct Names {
        var saved: [String] = []
        var failed: [String: SQLiteError.Kind] = [:]
    }

    private let names = Mutex(Names())

    var saved: [String] { names.withLock { $0.saved } }

    func failure(of name: String) -> SQLiteError.Kind? { names.withLock { $0.failed[name] } }

    func note(_ name: String, _ result: Result<Void, any Error>) {
        names.withLock { names in
            switch result {
            case .success: names.saved.append(name)
            case .failure(let error): names.failed[name] = (error as? SQLiteError)?.kind ?? .other
            }
        }
    }

    /// Puts a job in that writes these lines, and notes under `name` what becomes of it.
    func append(_ name: String, lines: [String], bytes: Int = 0, to writer: GroupWriter) {
        do {
            try writer.enqueue(name) { database in
                for line in lines { try database.append(line, bytes: bytes) }
            } completion: { [self] result in
                note(name, result)
            }
        } catch {
            note(name, .failure(error))
        }
    }
}
