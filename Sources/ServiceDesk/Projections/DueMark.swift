import Replication
import SQLite

/// Marks tickets whose due times are to be computed again. Cheap, since it goes along with every change.
enum DueMark {
    static func ticket(_ entity: Int64, in database: Database) throws {
        try database.run("INSERT OR IGNORE INTO due_stale VALUES (?)", entity)
    }

    /// The open tickets of a customer, whose grade may be another.
    static func tickets(of customer: EntityID, in database: Database) throws {
        try database.run(
            """
            INSERT OR IGNORE INTO due_stale
            SELECT due.entity FROM ticket JOIN due ON due.entity = ticket.entity WHERE ticket.customer = ?
            """, customer.bytes)
    }

    /// Every ticket that was computed, by one row: a round through all of them begins.
    static func all(in database: Database) throws {
        try database.run("UPDATE due_basis SET swept = CASE WHEN EXISTS (SELECT 1 FROM due) THEN 0 END")
    }

    static func remove(_ entity: Int64, in database: Database) throws {
        try DueCounter(database).forget(entity)
        try database.run("DELETE FROM due WHERE entity = ?", entity)
        try database.run("DELETE FROM due_stale WHERE entity = ?", entity)
    }

    /// Whether what has happened to a ticket can change when it is due, or who has it.
    static func concerns(ticket row: EntityRow, _ shelf: PackShelf, in store: SiteStore) -> Bool {
        guard let change = row.grownBy else { return true }
        return mayBeDue(row.state, shelf, in: store) || change.assigned(TicketField.department) != nil
    }

    /// Whether a ticket can be due at any time, or counts for a department: most types have clocks, but not all.
    static func mayBeDue(_ ticket: EntityState, _ shelf: PackShelf, in store: SiteStore) -> Bool {
        guard ticket[TicketField.department] == .null,
            let pack = ticket[TicketField.pack].bytesValue.flatMap({ EntityID(kind: .standard, bytes: $0) }),
            let type = ticket[TicketField.type].textValue
        else { return true }
        return shelf.mayBeDue(type, under: pack, in: store)
    }

    /// Whether what has happened to a customer can change its grade. Most of it is that another site may see it.
    static func concerns(customer: EntityRow) -> Bool {
        guard let change = customer.grownBy else { return true }
        return change.creation != nil || grading.contains { change.assigned($0) != nil }
    }

    private static let grading = [
        CustomerField.customerClass, CustomerField.monthlyFen, CustomerField.since, CustomerField.arrears,
        CustomerField.gradeByHand,
    ]
}
