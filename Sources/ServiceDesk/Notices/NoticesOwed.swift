import Replication
import Standards

/// Which changes of a ticket owe its customer a notice: those that have taken a step which tells the customer, are
/// admitted, and are not the past of an event log that somebody brought in.
struct NoticesOwed {
    struct Owed: Equatable {
        let change: ChangeReference
        let step: String
        let stage: String
        let milliseconds: Int64
        let position: Int64
    }

    let owed: [Owed]

    /// - Parameter entries: all of the ticket's that have effect.
    init(_ entries: [LogEntry], type: TicketType) {
        let told = Set(type.transitions.filter(\.notifies).map(\.name))
        let isTold = { (change: Change) in change.transition.map { told.contains($0.name) } ?? false }
        // Most tickets that are touched have no such step: they are not folded again.
        guard entries.contains(where: { isTold($0.change) && $0.isAdmitted }) else {
            owed = []
            return
        }
        let admitted = Dictionary(
            entries.filter(\.isAdmitted).map { ($0.change.reference, $0.position) }, uniquingKeysWith: { one, _ in one }
        )
        owed = Timeline(of: entries.map(\.change)).entries.compactMap { entry in
            guard isTold(entry.change), !Self.isBroughtIn(entry.change.edits),
                let position = admitted[entry.change.reference]
            else { return nil }
            for case .moved(let name, _, let stage) in entry.effects {
                return Owed(
                    change: entry.change.reference, step: name, stage: stage,
                    milliseconds: entry.change.stamp.milliseconds, position: position)
            }
            return nil
        }
    }

    /// Rows of an event log say which version of their source they are, or of when; nobody's step does.
    static func isBroughtIn(_ edits: [Edit]) -> Bool {
        edits.contains { edit in
            guard case .assign(let field, _) = edit else { return false }
            return field == TicketField.sourceVersion || field == TicketField.sourceTime
        }
    }
}
