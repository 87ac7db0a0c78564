import Replication
import Standards

/// How long tickets of one type were open, by what a field of them says: whether building makes an activation slow, for
/// instance.
public struct OpenDurations: Equatable, Sendable {
    /// Tickets looked at for one set of figures.
    public static let ticketLimit = 20_000

    /// What the field holds; nil where it is empty.
    public let value: String?
    public private(set) var tickets = 0
    /// From opening to the end of the work, all together, in milliseconds.
    private var total: Int64 = 0

    /// In milliseconds.
    public var average: Int64 { tickets == 0 ? 0 : total / Int64(tickets) }

    /// - Parameters:
    ///   - field: of the form, by its word.
    ///   - opened: from when to when the tickets were opened, in milliseconds since 1970.
    /// - Returns: of tickets whose work has ended, by value; and whether there were more than are looked at.
    public static func list(
        of type: String, by field: String, opened: Range<Int64>, in store: SiteStore, shelf: PackShelf, at now: Int64
    ) throws -> (values: [OpenDurations], isCut: Bool) {
        let numbers = try store.database.all(
            """
            SELECT entity FROM ticket WHERE type = ? AND opened >= ? AND opened < ?
            ORDER BY opened DESC, entity DESC LIMIT ?
            """, type, opened.lowerBound, opened.upperBound, Int64(ticketLimit + 1)
        ) { $0.int64(0) }
        let basis = try TimingBasis(store, shelf: shelf, at: now)
        var found: [String: OpenDurations] = [:]
        for number in numbers.prefix(ticketLimit) {
            let state = try store.row(number: number).state
            guard let standing = try basis.standing(of: state) else { continue }
            let course = TicketCourse(of: try store.changes(of: number), type: standing.type, pack: standing.pack)
            // While it is open nobody knows how long it will have been.
            let ended = course.stays.reversed().prefix { stay in
                [.resolved, .closed].contains(standing.type.state(stay.state)?.status)
            }
            guard let end = ended.last?.from else { continue }
            let value = TicketValues(state: state).text(field)
            found[value ?? "", default: OpenDurations(value: value)].add(end - course.opened)
        }
        return (found.values.sorted { $0.value ?? "" < $1.value ?? "" }, numbers.count > ticketLimit)
    }

    private init(value: String?) { self.value = value }

    private mutating func add(_ milliseconds: Int64) {
        tickets += 1
        total += milliseconds
    }
}
