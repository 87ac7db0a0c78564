import Replication
import Standards

/// What people do about a conflict as the list shows it: everything that a change has lost, and a run of overtaken
/// steps as one.
extension Desk {
    /// Says that a conflict has been looked at; what is in force stays.
    /// - Parameters:
    ///   - losing: a change that has lost; of a run, any of its steps.
    ///   - shown: the version of the ticket that the person was shown.
    public func settle(
        conflict losing: ChangeReference, shown: RowVersion?, key: IdempotencyKey?, in session: inout Session
    ) throws -> ResolutionOutcome {
        if let replay = try replay(of: key, in: session) { return .resolved(replay) }
        let (row, members) = try contested(losing)
        if let stale = try changedSince(Self.asItIs(members, row), row, shown, session) { return .changedSince(stale) }
        let open = try Self.open(members, losing)
        var resolution = Progress(row: row)
        var rest = open[...]
        while !rest.isEmpty {
            let part = rest.prefix(ReplicationLimits.editsInChange)
            rest = rest.dropFirst(part.count)
            let edits = part.map { Edit.settle(Settlement(losing: $0.losing)) }
            try resolution.write(edits, for: part.map(\.losing), self, key, &session)
        }
        return .resolved(resolution.end())
    }

    /// Does again what was lost, by a new change that settles it as well. A run needs a change for each step: what can
    /// be taken from where the ticket stands is taken, in order and in one transaction; what cannot stays open.
    /// - Throws: ``DeskError`` of kind `wrongState` if no step of a run can be taken; nothing is written then.
    public func reinstate(
        conflict losing: ChangeReference, shown: RowVersion?, key: IdempotencyKey?, in session: inout Session
    ) throws -> ResolutionOutcome {
        if let replay = try replay(of: key, in: session) { return .resolved(replay) }
        let (row, members) = try contested(losing)
        let all = try members.flatMap { try edits(doingAgain: $0.conflicts, of: $0.losing) }
        if let stale = try changedSince(all, row, shown, session) { return .changedSince(stale) }
        let open = try Self.open(members, losing)
        var progress = Progress(row: row)
        for member in open { try doAgain(member, isAlone: open.count == 1, &progress, key, &session) }
        guard !progress.done.isEmpty else {
            let reasons = progress.left.prefix(Self.reasonsTold).map(\.reason).joined(separator: "; ")
            throw DeskError(
                .wrongState, "None of the \(progress.left.count) steps can be taken now: \(reasons).",
                remedy: "Move the ticket to where they can, or settle them as they are.")
        }
        return .resolved(progress.end())
    }

    /// Steps whose reasons an error tells.
    private static var reasonsTold: Int { 5 }

    private func doAgain(
        _ member: ConflictItem.Member, isAlone: Bool, _ progress: inout Progress, _ key: IdempotencyKey?,
        _ session: inout Session
    ) throws {
        if isAlone {
            let edits = try reinstatement(member.losing, progress.row)
            return try progress.write(edits, for: [member.losing], self, key, &session)
        }
        let edits = try edits(doingAgain: member.conflicts, of: member.losing)
        var name: String?
        for case .transition(let step) in edits {
            name = step.name
            if let obstacle = Self.obstacle(to: step, progress.row) {
                progress.left.append(.init(losing: member.losing, step: name, reason: obstacle))
                return
            }
        }
        do {
            let settlement = Edit.settle(Settlement(losing: member.losing))
            try progress.write(edits + [settlement], for: [member.losing], self, key, &session)
        } catch let error as ReplicationError where error.kind == .refused {
            progress.left.append(.init(losing: member.losing, step: name, reason: error.message))
        }
    }

    /// The ticket on which a change has lost something, and what is settled or reinstated with it, settled or not.
    private func contested(_ losing: ChangeReference) throws -> (row: EntityRow, members: [ConflictItem.Member]) {
        if try store.refusedChange(losing) != nil {
            throw DeskError(
                .notFound, "Change \(losing) was refused, which is no conflict.",
                remedy: "`tributary refusals reinstate \(losing)` does it again.")
        }
        guard let entity = try store.entry(of: losing)?.change.entity, entity.kind == .ticket,
            let row = try store.row(entity), row.state.exists, !row.isWithdrawn
        else { throw Self.nothingOpen(losing) }
        return (row, ConflictItem.members(with: losing, in: row.state))
    }

    private static func open(
        _ members: [ConflictItem.Member], _ losing: ChangeReference
    ) throws -> [ConflictItem.Member] {
        let open = members.filter { !$0.isSettled }.map(\.open)
        guard !open.isEmpty else { throw nothingOpen(losing) }
        return open
    }

    /// Edits that would leave what is in conflict as it is: settling touches nothing, and yet whoever settles has seen
    /// what is in force.
    private static func asItIs(_ members: [ConflictItem.Member], _ row: EntityRow) -> [Edit] {
        members.flatMap(\.conflicts).map { conflict in
            switch conflict.subject {
            case .field(let field): .assign(field, row.state[field])
            case .stage: .transition(Transition(name: "", from: [], to: row.state.stageName))
            }
        }
    }

    private func changedSince(
        _ edits: [Edit], _ row: EntityRow, _ shown: RowVersion?, _ session: Session
    ) throws -> ChangedSince? {
        guard let shown else { return nil }
        return try session.changedSince(Draft(entity: row.id, edits: edits, actor: actor, shown: shown))
    }

    /// What a request with this key did when it was carried out before: the change that bears the key, and of a run
    /// those that were written right after it.
    private func replay(of key: IdempotencyKey?, in session: Session) throws -> Resolution? {
        guard let key, let replay = try session.replay(of: key) else { return nil }
        var done: [Resolution.Done] = []
        var change: Change? = replay.change
        while let found = change, found.entity == replay.row.id, found.actor == replay.change.actor {
            let settled = found.edits.compactMap { edit -> ChangeReference? in
                if case .settle(let settlement) = edit { settlement.losing } else { nil }
            }
            guard let losing = settled.first, found.key.isEmpty || found.reference == replay.change.reference,
                done.first.map({ $0.losing.origin == losing.origin }) ?? true
            else { break }
            done += settled.map { .init(losing: $0, by: found.reference) }
            let next = ChangeReference(origin: found.origin, sequence: found.sequence + 1)
            change = try store.entry(of: next)?.change
        }
        return Resolution(row: replay.row, done: done, left: [], isReplay: true)
    }

    /// What has been written so far of one action.
    private struct Progress {
        var row: EntityRow
        var done: [Resolution.Done] = []
        var left: [Resolution.Left] = []

        /// The first change bears the key: it is there if any of them is.
        mutating func write(
            _ edits: [Edit], for losing: [ChangeReference], _ desk: Desk, _ key: IdempotencyKey?,
            _ session: inout Session
        ) throws {
            let draft = Draft(entity: row.id, edits: edits, actor: desk.actor, key: done.isEmpty ? key : nil)
            let written = try desk.written(session.write(draft, at: desk.now))
            row = written.row
            done += losing.map { .init(losing: $0, by: written.change.reference) }
        }

        func end() -> Resolution { Resolution(row: row, done: done, left: left, isReplay: false) }
    }
}
