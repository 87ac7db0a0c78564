import Replication
import SQLite

/// A conflict as the desk's table has it: enough to find and to count it; the values stay with the ticket.
struct ConflictRow: Equatable {
    let rule: Int64
    /// Nil for the stage.
    let field: UInt64?
    let losing: UInt64
    let winning: UInt64
    let isSettled: Bool

    init(_ conflict: Conflict) {
        rule = Int64(conflict.rule.rawValue)
        field =
            switch conflict.subject {
            case .field(let field): UInt64(field.rawValue)
            case .stage: nil
            }
        losing = conflict.losing.origin.raw
        winning = conflict.winning.origin.raw
        isSettled = conflict.settledBy != nil
    }

    private init(_ row: Row) {
        rule = row.int64(0)
        field = row.uint64OrNil(1)
        losing = row.uint64(2)
        winning = row.uint64(3)
        isSettled = row.bool(4)
    }

    static func stored(_ entity: Int64, in database: Database) throws -> [ConflictRow] {
        try database.all(
            "SELECT rule, field, losing, winning, is_settled FROM conflict WHERE entity = ? ORDER BY place", entity,
            map: Self.init)
    }

    private func lay(_ entity: Int64, at place: Int, in database: Database) throws {
        try database.run("INSERT OR REPLACE INTO conflict VALUES (?, ?, ?, ?, ?, ?, ?)") { parameters in
            parameters.add(entity)
            parameters.add(Int64(place))
            parameters.add(rule)
            parameters.add(field)
            parameters.add(losing)
            parameters.add(winning)
            parameters.add(isSettled)
        }
    }

    /// Lays the conflicts of a ticket out. One that has merely grown keeps the conflicts it had, in their places, and
    /// a ticket that has none costs nothing.
    static func project(_ row: EntityRow, in database: Database) throws {
        if row.grownBy == nil { try remove(row.number, in: database) }
        for (place, conflict) in row.state.conflicts.enumerated() {
            if let change = row.grownBy?.reference,
                ![conflict.losing, conflict.winning, conflict.settledBy].contains(change)
            {
                continue
            }
            try ConflictRow(conflict).lay(row.number, at: place, in: database)
        }
    }

    static func remove(_ entity: Int64, in database: Database) throws {
        try database.run("DELETE FROM conflict WHERE entity = ?", entity)
    }
}
