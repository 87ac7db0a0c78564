import Replication
import Standards

/// Who looks after a group customer is named on each of its orders.
extension Desk {
    private static let contacts = [
        ("accountManager", CustomerField.accountManager), ("serviceManager", CustomerField.serviceManager),
    ]

    /// A new ticket's form with the managers of its customer, where the form asks for them and nobody has said
    /// otherwise. What comes from elsewhere is taken down as it was there.
    /// - Parameter edits: what a circuit has filled in beside the form: perhaps the customer.
    func withContacts(
        _ fields: [String: Value], _ ticket: NewTicket, _ edits: [Edit], _ pack: StandardPack, _ type: TicketType
    ) throws -> [String: Value] {
        let named = edits.lazy.compactMap { edit in
            if case .assign(TicketField.customer, .bytes(let id)) = edit {
                EntityID(kind: .customer, bytes: id)
            } else {
                nil
            }
        }.first
        guard ticket.source == nil, let id = ticket.customer?.id ?? named, let customer = try store.row(id),
            customer.state.exists, !customer.isWithdrawn
        else { return fields }
        var fields = fields
        for (word, field) in Self.contacts where fields[word] == nil {
            let value = customer.state[field]
            guard value != .null, Form(pack: pack, type: type).takes(value, in: word) else { continue }
            fields[word] = value
        }
        return fields
    }
}
