/// The tickets that changed last, in the order of their commits. It names them only: what is told of a ticket is read
/// when it is told, so that the ring costs little however large the tickets are.
struct EventRing {
    private let capacity: Int
    private var tickets: [Int64] = []
    /// How many were ever put in; the number of the newest.
    private(set) var newest: UInt64 = 0

    /// - Parameter capacity: tickets remembered.
    init(capacity: Int) {
        precondition(capacity > 0, "a ring remembers something")
        self.capacity = capacity
    }

    /// - Parameter ticket: a row's own number.
    mutating func append(_ ticket: Int64) {
        if tickets.count < capacity { tickets.append(ticket) } else { tickets[Int(newest % UInt64(capacity))] = ticket }
        newest += 1
    }

    /// What came after a place, the oldest first.
    /// - Returns: nil when that is not remembered any more, or has not been.
    func after(_ place: UInt64, limit: Int) -> [(number: UInt64, ticket: Int64)]? {
        guard place <= newest, newest - place <= UInt64(tickets.count) else { return nil }
        let end = min(newest, place + UInt64(limit))
        return (place..<end).map { (number: $0 + 1, ticket: tickets[Int($0 % UInt64(capacity))]) }
    }
}
