import Replication
import Standards

/// One change that has lost: settled as it is, or done again by a new change.
extension Desk {
    func settlement(_ losing: ChangeReference, _ row: EntityRow) throws -> Edit {
        guard row.state.conflicts.contains(where: { $0.losing == losing && $0.settledBy == nil }) else {
            throw Self.nothingOpen(losing)
        }
        return .settle(Settlement(losing: losing))
    }

    /// What a change lost in a conflict, or all of it if it was refused.
    func reinstatement(_ losing: ChangeReference, _ row: EntityRow) throws -> [Edit] {
        if let refused = try store.refusals(of: row.number).first(where: { $0.entry.change.reference == losing }) {
            let change = refused.entry.change
            let edits = change.edits.filter { Self.mayBeDoneAgain($0, isCreation: change.creation != nil) }
            if let transition = change.transition { try checkCanBeTaken(transition, row) }
            guard !edits.isEmpty else {
                throw DeskError(
                    .invalid, "Nothing of change \(losing) can be done again.", remedy: "Work on the ticket as it is.")
            }
            return edits
        }
        let open = row.state.conflicts.filter { $0.losing == losing && $0.settledBy == nil }
        guard !open.isEmpty else { throw Self.nothingOpen(losing) }
        let edits = try edits(doingAgain: open, of: losing)
        for case .transition(let transition) in edits { try checkCanBeTaken(transition, row) }
        return edits + [.settle(Settlement(losing: losing))]
    }

    /// The edits that put back what was lost: a step as its author took it, and values.
    func edits(doingAgain lost: [Conflict], of losing: ChangeReference) throws -> [Edit] {
        let step = try store.entry(of: losing)?.change.transition
        return lost.compactMap { conflict in
            switch conflict.subject {
            case .field(let field): .assign(field, conflict.losingValue)
            case .stage: step.map { .transition($0) }
            }
        }
    }

    /// Of a refused creation of a ticket that exists, only what was filled in.
    private static func mayBeDoneAgain(_ edit: Edit, isCreation: Bool) -> Bool {
        switch edit {
        case .create, .settle, .unknown: false
        case .assign(let field, _): !isCreation || FieldNumbers.isOfForms(field)
        default: true
        }
    }

    private func checkCanBeTaken(_ transition: Transition, _ row: EntityRow) throws {
        guard let reason = Self.obstacle(to: transition, row) else { return }
        throw DeskError(
            .wrongState, "The step cannot be taken now: \(reason).",
            remedy: "Move the ticket to where it can, or leave the change as it is.")
    }

    /// Why a step cannot be taken from where the ticket stands; nil if it can.
    static func obstacle(to transition: Transition, _ row: EntityRow) -> String? {
        let stage = row.state.stageName
        if transition.leaves(stage) { return nil }
        return "\(transition.name) leaves \(transition.from.joined(separator: ", ")), and the ticket is \(stage)"
    }

    static func nothingOpen(_ losing: ChangeReference) -> DeskError {
        DeskError(
            .notFound, "Change \(losing) has lost nothing here that is still open.",
            remedy: "`tributary conflicts` lists what is.")
    }
}
