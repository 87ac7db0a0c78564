import Standards
import Synchronization

/// Every write a node has acknowledged: what must be found again.
final class Ledger: Sendable {
    struct Note: Hashable, Sendable {
        let ticket: String
        /// Unique in the run.
        let text: String
    }

    private struct State {
        var tickets: [String: String] = [:]
        var imported: Set<String> = []
        var notes: [Note] = []
        var others = 0
    }

    private let state = Mutex(State())

    /// Subjects of acknowledged tickets by identifier.
    var tickets: [String: String] { state.withLock { $0.tickets } }
    /// Identifiers of acknowledged imported tickets.
    var imported: Set<String> { state.withLock { $0.imported } }
    var notes: [Note] { state.withLock { $0.notes } }

    /// All of them.
    var count: Int {
        state.withLock { $0.tickets.count + $0.imported.count + $0.notes.count + $0.others }
    }

    func record(ticket: String, subject: String) { state.withLock { $0.tickets[ticket] = subject } }

    func record(imported ticket: String) { state.withLock { _ = $0.imported.insert(ticket) } }

    func record(note: String, on ticket: String) {
        state.withLock { $0.notes.append(Note(ticket: ticket, text: note)) }
    }

    /// An edit or a request, whose effect is looked at elsewhere.
    func recordOther() { state.withLock { $0.others += 1 } }
}
