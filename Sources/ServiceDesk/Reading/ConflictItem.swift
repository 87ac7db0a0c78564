import Replication

/// What a person settles or reinstates in one action: one field's lost value, or a run of steps that one change has
/// overtaken.
///
/// Whoever works offline takes several steps from a state that has been left meanwhile. All of them fall behind the
/// same change: to a person that is one thing that happened, and not one for each step.
public struct ConflictItem: Sendable {
    /// A losing change with what it lost. Settling names a change, so all of it is settled together.
    public struct Member: Sendable {
        public let losing: ChangeReference
        public fileprivate(set) var conflicts: [Conflict]

        /// The step that was overtaken.
        public var stage: Conflict? { conflicts.first { $0.subject == .stage } }
        public var isSettled: Bool { conflicts.allSatisfy { $0.settledBy != nil } }

        /// Without what is settled.
        public var open: Member { Member(losing: losing, conflicts: conflicts.filter { $0.settledBy == nil }) }
    }

    public let rule: Conflict.Rule
    /// In the order of the fold; of a field exactly one, with one conflict.
    public fileprivate(set) var members: [Member]

    /// The conflict by which the item is shown.
    public var first: Conflict { members[0].stage ?? members[0].conflicts[0] }
    public var isSettled: Bool { members.allSatisfy(\.isSettled) }

    /// What makes steps one run: who took them, what was in the way, and that they are all open, or none is.
    private struct Run: Hashable {
        let origin: OriginID
        let winning: ChangeReference
        let isSettled: Bool
    }

    /// The conflicts of a ticket as people see them: fields, then steps, each in the order of the fold.
    public static func list(of state: EntityState) -> [ConflictItem] {
        var items: [ConflictItem] = []
        var placeOfRun: [Run: Int] = [:]
        for member in overtaken(in: state) {
            let run = Run(
                origin: member.losing.origin, winning: (member.stage ?? member.conflicts[0]).winning,
                isSettled: member.isSettled)
            if let place = placeOfRun[run] {
                items[place].members.append(member)
            } else {
                placeOfRun[run] = items.count
                items.append(ConflictItem(rule: .overtaken, members: [member]))
            }
        }
        let fields = state.conflicts.filter { $0.rule == .laterWins }
        return fields.map { ConflictItem(rule: .laterWins, members: [Member(losing: $0.losing, conflicts: [$0])]) }
            + items
    }

    /// The members that are settled or reinstated together when this change is named: all that it lost, and of
    /// overtaken steps the run. Empty if it has lost nothing.
    static func members(with losing: ChangeReference, in state: EntityState) -> [Member] {
        let lost = state.conflicts.filter { $0.losing == losing }
        guard lost.contains(where: { $0.rule == .overtaken }) else {
            return lost.isEmpty ? [] : [Member(losing: losing, conflicts: lost)]
        }
        let runs = list(of: state).filter { item in item.members.contains { $0.losing == losing } }
        return runs.flatMap(\.members)
    }

    /// One for each change that was overtaken, with the fields that it would have filled in.
    private static func overtaken(in state: EntityState) -> [Member] {
        var members: [Member] = []
        var placeOfChange: [ChangeReference: Int] = [:]
        for conflict in state.conflicts where conflict.rule == .overtaken {
            if let place = placeOfChange[conflict.losing] {
                members[place].conflicts.append(conflict)
            } else {
                placeOfChange[conflict.losing] = members.count
                members.append(Member(losing: conflict.losing, conflicts: [conflict]))
            }
        }
        return members
    }
}
