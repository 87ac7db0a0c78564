import Replication
import SQLite
import ServiceDesk
import Standards

/// Finds the tickets of a query: from the table of tickets where it can answer, and by looking at tickets one by one
/// where it cannot.
struct TicketSearch {
    /// Tickets looked at one by one for one query.
    static let lookedAtMax = 5_000

    let query: ListQuery
    let store: SiteStore
    let shelf: PackShelf
    /// A ticket's attributes; nil for all.
    let members: (EntityRow, Set<String>?) throws -> [String: JSONValue]

    struct Found {
        let rows: [EntityRow]
        let total: Int
    }

    func found() throws -> Found {
        let filter = try TicketFilter(query.conditions, in: store, shelf: shelf)
        let key = query.sort.first
        let isByOpening = query.sort.isEmpty || (query.sort.count == 1 && key?.attribute == "creationDate")
        guard filter.isExact, isByOpening else { return try lookedAt(filter) }
        let total =
            try query.conditions.isEmpty
            ? TicketQuery().count(in: store)
            : store.database.first("SELECT count(*)" + filter.sql, values: filter.values) { $0.int(0) } ?? 0
        let order: SQL =
            key.map { !$0.isDescending } ?? false
            ? " ORDER BY opened, entity LIMIT ? OFFSET ?" : " ORDER BY opened DESC, entity DESC LIMIT ? OFFSET ?"
        let numbers = try store.database.all(
            "SELECT entity" + filter.sql + order, values: filter.values + [Int64(query.limit), Int64(query.offset)]
        ) { $0.int64(0) }
        return Found(rows: try numbers.map { try store.row(number: $0) }, total: total)
    }

    private func lookedAt(_ filter: TicketFilter) throws -> Found {
        let numbers = try store.database.all(
            "SELECT entity" + filter.sql + " ORDER BY opened DESC, entity DESC LIMIT ?",
            values: filter.values + [Int64(Self.lookedAtMax + 1)]
        ) { $0.int64(0) }
        guard numbers.count <= Self.lookedAtMax else {
            throw NodeError(
                .badRequest, "More than \(Self.lookedAtMax) tickets would have to be looked at one by one.",
                remedy: "Narrow the query by status, ticketType or creationDate, or sort by creationDate.")
        }
        let wanted = Set(query.conditions.map(\.attribute) + query.sort.map(\.attribute))
        let looked = try numbers.map { number in
            let row = try store.row(number: number)
            return (row: row, members: try members(row, wanted))
        }
        let matching = looked.filter { one in query.conditions.allSatisfy { $0.holds(of: one.members) } }
        let sorted = query.sorted(matching) { $0.members }
        return Found(rows: query.page(sorted).map(\.row), total: sorted.count)
    }
}
