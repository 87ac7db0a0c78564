import Foundation
import SQLite
import ServiceDesk
import Standards

/// Puts the rows of an event log in order, ticket by ticket, whatever their order in the file and its size: SQLite
/// sorts them on the disk.
///
/// Its file has no name from the moment that it is open, so that nothing is left behind however the import ends.
final class EventSpool {
    private let database: Database

    init() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("tributary-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        defer { try? FileManager.default.removeItem(at: folder) }
        database = try Database(path: folder.appendingPathComponent("spool").path, mode: .readWriteCreate)
        // Nobody needs what an interrupted import has sorted: no log, no waiting for the disk.
        try database.execute(
            """
            PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; PRAGMA secure_delete = OFF;
            PRAGMA locking_mode = EXCLUSIVE;
            CREATE TABLE row (key TEXT NOT NULL, place INTEGER NOT NULL, line INTEGER NOT NULL, fields TEXT NOT NULL);
            BEGIN
            """)
    }

    /// - Parameter place: its version, or its time where the log has no versions.
    func add(_ record: CSVRecord, key: String, place: Int64) throws {
        let fields = JSONValue.array(record.fields.map(JSONValue.string)).bytes()
        try database.run(
            "INSERT INTO row VALUES (?, ?, ?, ?)", key, place, Int64(record.line),
            String(decoding: fields, as: UTF8.self))
    }

    /// Every record, those of a ticket together and in order; of one place, in the order of the file.
    func forEach(_ body: (CSVRecord) throws -> Void) throws {
        try database.forEach("SELECT line, fields FROM row ORDER BY key, place, line") { row in
            let json = try JSONValue(parsing: row.text(1), sizeLimit: Database.valueByteLimit)
            let fields = (json.arrayValue ?? []).compactMap(\.stringValue)
            try body(CSVRecord(line: row.int(0), fields: fields))
            return true
        }
    }
}
