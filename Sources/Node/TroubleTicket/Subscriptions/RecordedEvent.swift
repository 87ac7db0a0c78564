import Hashing
import Replication
import SQLite
import ServiceDesk
import Standards

/// An event that is to be told.
struct RecordedEvent: Sendable {
    let number: Int64
    let ticket: Int64
    /// The change that it tells of, or the version of the row where something was taken back.
    let cause: String
    let type: String

    static func after(_ number: Int64, limit: Int, in database: Database) throws -> [RecordedEvent] {
        try database.all(
            "SELECT number, entity, cause, type FROM subscription_event WHERE number > ? ORDER BY number LIMIT ?",
            number, Int64(limit)
        ) { RecordedEvent(number: $0.int64(0), ticket: $0.int64(1), cause: $0.text(2), type: $0.text(3)) }
    }

    /// The same event has the same identifier whenever and by whichever node it is told, so that whoever is told twice
    /// notices.
    static func identifier(ticket: EntityID, cause: String, type: String) -> String {
        let hash = SHA256.hash(Array("event \(ticket.text) \(cause) \(type)".utf8))
        let digits = Array(Secrets.hex(Array(hash.prefix(16))))
        return [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { String(digits[$0]) }.joined(separator: "-")
    }

    /// The ticket as it was after the change, and when that was; nil of a ticket that is not shown here any more.
    func resource(
        _ subscription: Subscription, _ wording: Wording
    ) throws -> (resource: TicketResource, at: JSONValue)? {
        // Its copy may have been erased here since.
        let isHeld = try wording.store.database.first("SELECT 1 FROM entity WHERE number = ?", ticket) { _ in true }
        guard isHeld != nil else { return nil }
        let row = try wording.store.row(number: ticket)
        guard row.state.exists, !row.isWithdrawn else { return nil }
        let all = try wording.store.changes(of: ticket).sorted { $0.position < $1.position }
        let place = all.firstIndex { "change \($0.reference)" == cause }
        guard place != nil || cause.hasPrefix("version ") else { return nil }
        let changes = place.map { Array(all[...$0]) } ?? all
        let resource = try TicketResource(
            row, wording: wording, dialect: subscription.dialect, base: subscription.base,
            as: (Timeline(of: changes).state, changes))
        return (resource, changes.last.map { wording.time($0.stamp) } ?? .null)
    }

    /// What is sent to a subscription; nil where it does not ask for it.
    func body(_ subscription: Subscription, _ filter: EventFilter, _ wording: Wording) throws -> JSONValue? {
        guard filter.takes(type), let (resource, at) = try resource(subscription, wording) else { return nil }
        if !filter.conditions.isEmpty {
            let members = try resource.members(Set(filter.conditions.map(\.attribute)))
            guard filter.conditions.allSatisfy({ $0.holds(of: members) }) else { return nil }
        }
        var members: [String: JSONValue] = [
            "eventId": .string(Self.identifier(ticket: resource.row.id, cause: cause, type: type)), "eventTime": at,
            "eventType": .string(type), "domain": "troubleTicket", "title": .string(type),
            "event": ["troubleTicket": try resource.json(filter.fields)],
        ]
        if subscription.dialect == .v5 {
            members["@type"] = .string(type)
            members["timeOccurred"] = at
        } else {
            // So spelled in the document of v4.
            members["timeOcurred"] = at
        }
        return .object(members)
    }
}
