import SQLite
import Testing

@Suite("Migrations")
struct MigrationTests {
    struct Stop: Error {}

    let folder: TemporaryFolder
    let database: Database

    init() throws {
        folder = try TemporaryFolder()
        database = try folder.writer()
    }

    private let first = Migration(name: "tickets") { try $0.execute("CREATE TABLE ticket (id)") }
    private let second = Migration(name: "notes") { try $0.execute("CREATE TABLE note (id)") }

    private func tables() throws -> [String] {
        try database.all("SELECT name FROM sqlite_schema ORDER BY name") { $0.text(0) }
    }

    @Test("only the steps the database has not had are run")
    func forward() throws {
        try database.migrate([first])
        #expect(try database.schemaVersion() == 1)
        #expect(try tables() == ["ticket"])
        try database.migrate([first, second])
        try database.migrate([first, second])
        #expect(try database.schemaVersion() == 2)
        #expect(try tables() == ["note", "ticket"])
    }

    @Test("a failing step is rolled back whole, and the steps before it stand")
    func failing() throws {
        let failing = Migration(name: "half") { database in
            try database.execute("CREATE TABLE half (id)")
            throw Stop()
        }
        #expect(throws: Stop.self) { try database.migrate([first, failing, second]) }
        #expect(try database.schemaVersion() == 1)
        #expect(try tables() == ["ticket"])
        try database.migrate([first, second])
        #expect(try tables() == ["note", "ticket"])
    }

    @Test("a database written by a newer version is refused and left alone")
    func newer() throws {
        try database.migrate([first, second])
        let error = #expect(throws: SQLiteError.self) { try database.migrate([first]) }
        #expect(error?.kind == .newerDatabase)
        #expect(try database.schemaVersion() == 2)
    }

    @Test("a step that leaves a foreign key violated is named and rolled back")
    func foreignKey() throws {
        let orphan = Migration(name: "orphan") { database in
            try database.execute(
                """
                CREATE TABLE parent (id INTEGER PRIMARY KEY);
                CREATE TABLE child (parent REFERENCES parent (id) DEFERRABLE INITIALLY DEFERRED);
                INSERT INTO child VALUES (1);
                """)
        }
        let error = #expect(throws: SQLiteError.self) { try database.migrate([orphan]) }
        #expect(error?.kind == .constraint)
        #expect(error?.message.contains("orphan") == true)
        #expect(try tables() == [])
    }

    @Test("a later step of one list does not come before the earlier steps of another")
    func editions() throws {
        let folder = try TemporaryFolder()
        let database = try Database(path: folder.file("a.db"), mode: .readWriteCreate)
        defer { database.close() }
        try database.migrate([first, second])
        let later = Migration(name: "later", since: 2) { try $0.execute("CREATE TABLE later (id)") }
        try database.migrate([first, later, second])
        #expect(try database.schemaVersion() == 3)
        #expect(try database.first("SELECT count(*) FROM later") { $0.int(0) } == 0)
    }
}
