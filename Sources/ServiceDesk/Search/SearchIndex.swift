import SQLite

/// The index over all that can be found, in tables of its own. It holds pairs of characters and no order of them, so
/// what it finds is looked at once more.
enum SearchIndex {
    /// The table of the index keeps no text: to take a ticket out it has to be told again what it was given.
    static let tables: SQL = """
        CREATE TABLE search_text (
            entity INTEGER PRIMARY KEY REFERENCES entity (number),
            text TEXT NOT NULL);
        CREATE VIRTUAL TABLE search USING fts5 (grams, content = '', detail = 'none', columnsize = 0,
            tokenize = 'ascii');
        """

    static func stored(_ entity: Int64, in database: Database) throws -> String? {
        try database.first("SELECT text FROM search_text WHERE entity = ?", entity) { $0.text(0) }
    }

    static func put(_ text: String, of entity: Int64, in database: Database) throws {
        let old = try stored(entity, in: database)
        // Byte for byte: two spellings of one letter are equal to Swift and have other pairs.
        if let old, old.utf8.elementsEqual(text.utf8) { return }
        if let old { try withdraw(old, of: entity, in: database) }
        try database.run("INSERT OR REPLACE INTO search_text VALUES (?, ?)", entity, text)
        try database.run("INSERT INTO search (rowid, grams) VALUES (?, ?)", entity, SearchText.grams(of: text))
    }

    static func remove(_ entity: Int64, in database: Database) throws {
        guard let old = try stored(entity, in: database) else { return }
        try withdraw(old, of: entity, in: database)
        try database.run("DELETE FROM search_text WHERE entity = ?", entity)
    }

    private static func withdraw(_ text: String, of entity: Int64, in database: Database) throws {
        try database.run(
            "INSERT INTO search (search, rowid, grams) VALUES ('delete', ?, ?)", entity, SearchText.grams(of: text))
    }
}
