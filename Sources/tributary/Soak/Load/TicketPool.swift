import Synchronization

/// Tickets that clerks work on: the latest of each site, and those on offer between branches. Never more than a known
/// number, so that what a soak remembers for its choices does not grow with its length.
final class TicketPool: Sendable {
    /// Tickets remembered for each site; the oldest make room.
    static let recentMax = 200
    /// Offers remembered for each branch; the oldest make room.
    static let offersMax = 50

    private struct State {
        var recent: [String: [String]] = [:]
        var offers: [String: [String]] = [:]
    }

    private let state = Mutex(State())

    /// A site has got a ticket.
    func add(_ ticket: String, at site: String) {
        state.withLock { Self.append(ticket, to: &$0.recent[site, default: []], atMost: Self.recentMax) }
    }

    /// A site no longer shows a ticket.
    func remove(_ ticket: String, at site: String) {
        state.withLock { $0.recent[site]?.removeAll { $0 == ticket } }
    }

    /// One of a site's tickets, or nil when none is known.
    func pick(at site: String, _ draw: UInt64) -> String? {
        state.withLock { state in
            guard let tickets = state.recent[site], !tickets.isEmpty else { return nil }
            return tickets[Int(draw % UInt64(tickets.count))]
        }
    }

    func offer(_ ticket: String, to site: String) {
        state.withLock { Self.append(ticket, to: &$0.offers[site, default: []], atMost: Self.offersMax) }
    }

    /// Takes the oldest offer to a branch, if there is one.
    func takeOffer(to site: String) -> String? {
        state.withLock { state in
            guard let first = state.offers[site]?.first else { return nil }
            state.offers[site]?.removeFirst()
            return first
        }
    }

    private static func append(_ ticket: String, to list: inout [String], atMost limit: Int) {
        list.append(ticket)
        if list.count > limit { list.removeFirst(list.count - limit) }
    }
}
