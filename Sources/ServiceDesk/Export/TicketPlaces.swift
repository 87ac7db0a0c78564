import Replication
import SQLite

/// The tickets of an export, in the order of their numbers, page by page.
struct TicketPlaces {
    private let query: TicketQuery
    private var page: ArraySlice<(label: String, number: Int64)> = []
    private var last: (label: String, number: Int64)?

    init(_ query: TicketQuery) { self.query = query }

    /// The row's own number of the next ticket; nil when there is none.
    mutating func next(in store: SiteStore) throws -> Int64? {
        if page.isEmpty { page = try turn(in: store)[...] }
        guard let place = page.popFirst() else { return nil }
        last = place
        return place.number
    }

    private func turn(in store: SiteStore) throws -> [(label: String, number: Int64)] {
        var (condition, values) = try query.filter(in: store)
        if let last {
            condition = condition + " AND (number, ticket.entity) > (?, ?)"
            values += [last.label, last.number]
        }
        return try store.database.all(
            "SELECT number, ticket.entity" + condition + " ORDER BY number, ticket.entity LIMIT ?",
            values: values + [Int64(Export.pageTickets)]
        ) { (label: $0.text(0), number: $0.int64(1)) }
    }
}
