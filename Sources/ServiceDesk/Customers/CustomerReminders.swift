import Replication
import SQLite
import Standards

/// What whoever speaks with a customer should know before the first answer: a contract that ends, a matter that it has
/// called about before, what is open, what it owes. As far as this site holds its tickets.
public struct CustomerReminders: Equatable, Sendable {
    /// Days ahead within which the end of a contract is worth a word.
    public static let contractDays: Int64 = 60
    /// Hours within which a second call on the same matter is a repeated one.
    public static let repeatHours: Int64 = 72
    /// The tickets that are looked through, newest first: nobody reads more.
    public static let ticketsMax = 200

    /// Tickets of one category, the newest first.
    public struct Repeat: Equatable, Sendable {
        public let category: String?
        public let tickets: [String]
    }

    /// In milliseconds since 1970; nil while it is far off, or not known.
    public let contractEnds: Int64?
    public let repeats: [Repeat]
    /// Numbers of open tickets, newest first.
    public let open: [String]
    /// Months; nil where there are none or it is not known.
    public let arrears: Int64?

    /// - Parameter now: province time, in milliseconds.
    public init(of customer: EntityRow, in store: SiteStore, shelf: PackShelf, at now: Int64) throws {
        let facts = CustomerFacts(of: customer.state)
        contractEnds = facts.contractEnds.flatMap { $0 - now <= Self.contractDays * 86_400_000 ? $0 : nil }
        arrears = facts.arrears.flatMap { $0 > 0 ? $0 : nil }
        let rows = try store.database.all(
            "SELECT entity FROM ticket WHERE customer = ? ORDER BY opened DESC, entity DESC LIMIT ?",
            customer.id.bytes, Int64(Self.ticketsMax)
        ) { $0.int64(0) }.map { try store.row(number: $0) }
        let tickets = rows.map(TicketSummary.init)
        open = try zip(rows, tickets).filter { try !Self.isFinal($0.0, in: store, shelf) }.map(\.1.number)
        let lately = tickets.filter { $0.opened > now - Self.repeatHours * 3_600_000 && $0.opened <= now }
        var matters: [String?] = []
        for ticket in lately where !matters.contains(ticket.category) { matters.append(ticket.category) }
        repeats = matters.map { matter in
            Repeat(category: matter, tickets: lately.filter { $0.category == matter }.map(\.number))
        }.filter { $0.tickets.count >= 2 }
    }

    /// What cannot be told for want of its standard counts as open: better a look too many.
    private static func isFinal(_ row: EntityRow, in store: SiteStore, _ shelf: PackShelf) throws -> Bool {
        guard let name = row.state[TicketField.pack].bytesValue.flatMap({ EntityID(kind: .standard, bytes: $0) }),
            let pack = try shelf.pack(name, in: store),
            let type = row.state[TicketField.type].textValue.flatMap({ pack.ticketType($0) })
        else { return false }
        return type.state(row.state.stageName)?.isFinal == true
    }
}
