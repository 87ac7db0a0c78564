import Replication
import SQLite

/// The tickets of an export, in the order of their numbers, each of them looked at once.
///
/// What few of all tickets are is found in one go, by whatever index leads to it, and put in order then. Of anything
/// else all tickets are gone through in their order, page by page, each page from where the one before has ended.
struct TicketPlaces {
    private let query: TicketQuery
    private var page: ArraySlice<Int64> = []
    /// The last ticket of the page.
    private var last: (label: String, number: Int64)?
    private var isLastPage = false

    init(_ query: TicketQuery) { self.query = query }

    /// The row's own number of the next ticket; nil when there is none.
    mutating func next(in store: SiteStore) throws -> Int64? {
        if page.isEmpty, !isLastPage { try turn(in: store) }
        return page.popFirst()
    }

    private mutating func turn(in store: SiteStore) throws {
        var (condition, values) = try query.filter(in: store, byNumber: !query.isNarrow)
        guard !query.isNarrow else {
            let few = try store.database.all(
                "SELECT ticket.entity" + condition + Self.order, values: values
            ) { $0.int64(0) }
            page = ArraySlice(few)
            isLastPage = true
            return
        }
        if let last {
            condition = condition + " AND (number, ticket.entity) > (?, ?)"
            values += [last.label, last.number]
        }
        let places = try store.database.all(
            "SELECT number, ticket.entity" + condition + Self.order + " LIMIT ?",
            values: values + [Int64(Export.pageTickets)]
        ) { (label: $0.text(0), number: $0.int64(1)) }
        page = ArraySlice(places.map { $0.number })
        last = places.last
        isLastPage = places.count < Export.pageTickets
    }

    private static let order: SQL = " ORDER BY number, ticket.entity"
}
