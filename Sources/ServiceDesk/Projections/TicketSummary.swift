import Replication

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

}
