import Replication
import ServiceDesk
import Standards

/// What the log says of a ticket that the API shows: which status since when, and the notes.
struct TicketHistory {
    struct Moved {
        let status: TicketStatus
        let at: Stamp
    }

    struct Noted {
        /// The change and the note's place in it.
        let id: String
        let author: String
        let at: Stamp
        let text: String
    }

    private(set) var moves: [Moved] = []
    private(set) var notes: [Noted] = []

    /// - Parameter type: nil while the standard is not here; then no status is known.
    init(_ changes: [Change], type: TicketType?) {
        for entry in Timeline(of: changes).entries {
            var place = 0
            for effect in entry.effects {
                switch effect {
                case .created: move(to: entry.change.creation?.state, entry.change, type)
                case .moved(_, _, let state): move(to: state, entry.change, type)
                case .noted(let note):
                    notes.append(
                        Noted(
                            id: "\(entry.change.reference)-\(place)", author: entry.change.actor,
                            at: entry.change.stamp, text: note.text))
                    place += 1
                default: break
                }
            }
        }
    }

    /// A step between two states of one status is none towards other systems.
    private mutating func move(to state: String?, _ change: Change, _ type: TicketType?) {
        guard let status = state.flatMap({ type?.state($0) })?.status, status != moves.last?.status else { return }
        moves.append(Moved(status: status, at: change.stamp))
    }

    /// When the ticket was resolved, if it still is.
    var resolved: Stamp? {
        guard let last = moves.last, [.resolved, .closed].contains(last.status) else { return nil }
        return moves.last { $0.status == .resolved }?.at ?? last.at
    }
}
