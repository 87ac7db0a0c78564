import SQLite

extension DeskDomain {
    public func copyProjections(in database: Database) throws {
        for table in Self.copies { try database.run(table) }
    }

    private static let copies: [SQL] = [
        "INSERT INTO main.ticket SELECT * FROM source.ticket WHERE entity IN (SELECT number FROM main.entity)",
        "INSERT INTO main.request SELECT * FROM source.request WHERE entity IN (SELECT number FROM main.entity)",
        "INSERT INTO main.conflict SELECT * FROM source.conflict WHERE entity IN (SELECT number FROM main.entity)",
        "INSERT INTO main.attention SELECT * FROM source.attention WHERE entity IN (SELECT number FROM main.entity)",
        "INSERT INTO main.child SELECT * FROM source.child WHERE entity IN (SELECT number FROM main.entity)",
        "INSERT INTO main.circuit SELECT * FROM source.circuit WHERE entity IN (SELECT number FROM main.entity)",
        """
        INSERT INTO main.announcement
        SELECT * FROM source.announcement WHERE entity IN (SELECT number FROM main.entity)
        """,
        "INSERT INTO main.article SELECT * FROM source.article WHERE entity IN (SELECT number FROM main.entity)",
        """
        INSERT INTO main.article_word
        SELECT * FROM source.article_word WHERE entity IN (SELECT number FROM main.entity)
        """,
        """
        INSERT INTO main.article_category
        SELECT * FROM source.article_category WHERE entity IN (SELECT number FROM main.entity)
        """,
        """
        INSERT INTO main.contribution
        SELECT * FROM source.contribution WHERE entity IN (SELECT number FROM main.entity)
        """,
        "INSERT INTO main.roster SELECT * FROM source.roster WHERE entity IN (SELECT number FROM main.entity)",
        "INSERT INTO main.allowance SELECT * FROM source.allowance WHERE entity IN (SELECT number FROM main.entity)",
        "INSERT INTO main.payment SELECT * FROM source.payment WHERE entity IN (SELECT number FROM main.entity)",
        // Each site reckons for itself: what is held here beside a ticket differs.
        """
        INSERT OR IGNORE INTO main.due_stale
        SELECT entity FROM (SELECT entity FROM source.due UNION ALL SELECT entity FROM source.due_stale)
        WHERE entity IN (SELECT entity FROM main.ticket)
        """,
        "INSERT OR IGNORE INTO main.index_stale SELECT entity FROM main.ticket",
        "INSERT INTO main.standard SELECT * FROM source.standard WHERE entity IN (SELECT number FROM main.entity)",
    ]
}
