import SQLite
import Synchronization

/// A group writer on a log with a sequence taken inside the savepoint, and a record of what callers were told.
final class WriterBench: Sendable {
    struct Told {
        var saved: [String] = []
        var refused: [(name: String, error: any Error)] = []
        var rollbacks = 0
    }

    let folder: TemporaryFolder
    let writer: GroupWriter
    private let told = Mutex(Told())

    init(limits: GroupWriter.Limits = GroupWriter.Limits(), vfs: String? = nil, folder: TemporaryFolder? = nil) throws {
        let folder = try folder ?? TemporaryFolder()
        self.folder = folder
        let database = try folder.writer(vfs: vfs)
        try database.execute(
            """
            CREATE TABLE IF NOT EXISTS log (sequence INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, body BLOB);
            CREATE TABLE IF NOT EXISTS counter (last INTEGER NOT NULL);
            CREATE TABLE IF NOT EXISTS child (log INTEGER REFERENCES log (sequence) DEFERRABLE INITIALLY DEFERRED);
            INSERT INTO counter SELECT 0 WHERE NOT EXISTS (SELECT * FROM counter);
            """)
        writer = GroupWriter(database: database, limits: limits)
        writer.afterRollback = { [weak self] in self?.told.withLock { $0.rollbacks += 1 } }
    }

    var saved: [String] { told.withLock { $0.saved } }
    var refused: [String] { told.withLock { $0.refused.map(\.name) } }
    var rollbacks: Int { told.withLock { $0.rollbacks } }

    /// What the caller of a refused job was told.
    func error(of name: String) -> SQLiteError? {
        told.withLock { $0.refused.first { $0.name == name }?.error as? SQLiteError }
    }

    /// Appends one line to the log, with the next sequence, and whatever else the job does.
    func append(
        _ name: String, bytes: Int = 0, _ also: @escaping @Sendable (Database) throws -> Void = { _ in }
    ) throws {
        try enqueue(name) { database in
            try Self.append(name, bytes: bytes, to: database)
            try also(database)
        }
    }

    func enqueue(_ name: String, _ job: @escaping @Sendable (Database) throws -> Void) throws {
        try writer.enqueue(name, job) { [weak self] (result: Result<Void, any Error>) in
            self?.told.withLock { told in
                switch result {
                case .success: told.saved.append(name)
                case .failure(let error): told.refused.append((name, error))
                }
            }
        }
    }

    static func append(_ name: String, bytes: Int, to database: Database) throws {
        let last = try database.first("SELECT last FROM counter") { $0.int(0) } ?? 0
        let body = bytes > 0 ? [UInt8](repeating: 7, count: bytes) : nil
        try database.run("INSERT INTO log (sequence, name, body) VALUES (?, ?, ?)", last + 1, name, body)
        try database.run("UPDATE counter SET last = ?", last + 1)
    }

    func reopen() throws {
        let folder = folder
        try writer.reopen { try folder.writer() }
    }

    /// The names on the disk in the order of their sequences.
    func onDisk() throws -> [String] {
        try folder.reader().all("SELECT name FROM log ORDER BY sequence") { $0.text(0) }
    }

    /// Whether the sequences on the disk are 1, 2, 3 and so on up to the counter.
    func isContiguous() throws -> Bool {
        let reader = try folder.reader()
        let sequences = try reader.all("SELECT sequence FROM log ORDER BY sequence") { $0.int(0) }
        return try sequences == Array(1...sequences.count + 1).dropLast()
            && number(reader, "SELECT last FROM counter") == sequences.count
    }
}
