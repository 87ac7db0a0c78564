import Replication
import SQLite

/// A contribution as the desk's table has it: enough to list what waits for the province, what is due first first.
struct ContributionRow: Equatable {
    /// No contribution was known before there was this table.
    static let table: SQL = """
        CREATE TABLE contribution (
            entity INTEGER PRIMARY KEY REFERENCES entity (number),
            due INTEGER NOT NULL,
            is_open INTEGER NOT NULL);
        CREATE INDEX contribution_open ON contribution (due, entity) WHERE is_open = 1;
        """

    let due: Int64
    let isOpen: Bool

    init(_ row: EntityRow) {
        due = row.state[ContributionField.due].integerValue ?? 0
        isOpen = row.state[ContributionField.outcome] == .null
    }

    private init(_ row: Row) {
        due = row.int64(0)
        isOpen = row.bool(1)
    }

    static func stored(_ entity: Int64, in database: Database) throws -> ContributionRow? {
        try database.first("SELECT due, is_open FROM contribution WHERE entity = ?", entity, map: Self.init)
    }

    static func project(_ row: EntityRow, isVisible: Bool, in database: Database) throws {
        guard isVisible else {
            try database.run("DELETE FROM contribution WHERE entity = ?", row.number)
            return
        }
        let contribution = ContributionRow(row)
        try database.run(
            "INSERT OR REPLACE INTO contribution VALUES (?, ?, ?)", row.number, contribution.due, contribution.isOpen)
    }
}
