import Replication
import SQLite

/// A ticket as a list shows it.
public struct TicketSummary: Equatable, Sendable {
    public let id: EntityID
    public let number: String
    public let type: String
    public let state: String
    public let home: String
    public let transferTo: String?
    public let category: String?
    public let source: String?
    public let customer: EntityID?
    public let subject: String
    /// Milliseconds since 1970.
    public let opened: Int64
    public let updated: Int64
    /// Open conflicts.
    public let conflicts: Int

    /// The fields that a list shows.
    static let fields: Set<Field> = [
        TicketField.type, TicketField.home, TicketField.transferTo, TicketField.category, TicketField.source,
        TicketField.customer, TicketField.subject, TicketField.openedAt,
    ]

    public init(_ row: EntityRow) {
        let state = row.state
        id = row.id
        number = state.creation?.label ?? ""
        type = state[TicketField.type].textValue ?? ""
        self.state = state.stageName
        home = state[TicketField.home].textValue ?? ""
        transferTo = state[TicketField.transferTo].textValue
        category = state[TicketField.category].textValue
        source = state[TicketField.source].textValue
        customer = state[TicketField.customer].bytesValue.flatMap { EntityID(kind: .customer, bytes: $0) }
        subject = state[TicketField.subject].textValue ?? ""
        let last = state.last?.stamp.milliseconds ?? 0
        opened = state[TicketField.openedAt].integerValue ?? last
        updated = last
        conflicts = state.conflicts.count { $0.settledBy == nil }
    }

    /// As the table of tickets has it; nil if it has no such row.
    static func stored(_ row: EntityRow, in database: Database) throws -> TicketSummary? {
        try database.first(
            """
            SELECT number, type, state, home, transfer_to, category, source, customer, subject, opened, conflicts
            FROM ticket WHERE entity = ?
            """, row.number
        ) { TicketSummary(of: row, $0) }
    }

    /// When it was changed last is not in the table, so that a change which shows nowhere in a list costs it nothing.
    private init(of entity: EntityRow, _ row: Row) {
        id = entity.id
        updated = entity.state.last?.stamp.milliseconds ?? 0
        number = row.text(0)
        type = row.text(1)
        state = row.text(2)
        home = row.text(3)
        transferTo = row.textOrNil(4)
        category = row.textOrNil(5)
        source = row.textOrNil(6)
        customer = row.blobOrNil(7).flatMap { EntityID(kind: .customer, bytes: $0) }
        subject = row.text(8)
        opened = row.int64(9)
        conflicts = row.int(10)
    }
}
