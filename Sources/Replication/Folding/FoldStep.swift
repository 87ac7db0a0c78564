/// One change being folded onto a state.
struct FoldStep {
    let change: Change
    private(set) var state: EntityState
    private let trace: ((Fold.Effect) -> Void)?

    init(change: Change, state: EntityState, trace: ((Fold.Effect) -> Void)?) {
        self.change = change
        self.state = state
        self.trace = trace
    }

    mutating func fold() {
        // First of all, so that neither the order of the edits nor a transition beside it can lose an entity's birth.
        if let creation = change.creation { create(creation) }
        // What sorts before every creation folds by the first rules.
        switch state.creation.map(\.foldRules) ?? .first {
        case .first: foldByFirstRules()
        case nil: wait()
        }
    }

    /// What the rules of a newer version make of this change is not known here, and nothing is made up.
    private mutating func wait() {
        state.hasUnknownEdits = true
        trace?(.unknown)
    }

    private mutating func foldByFirstRules() {
        if let transition = change.transition, !transition.leaves(state.stageName) {
            foldOvertaken(transition)
            return
        }
        let hasLaid = layFields()
        for edit in change.edits {
            if hasLaid, case .assign = edit { continue }
            fold(edit)
        }
    }

    /// Lays down all fields at once where there are none yet, as a creation finds it: putting each in its place would
    /// move those above it every time.
    /// - Returns: whether it was done; it is not if a field is assigned twice, or each effect is asked for.
    private mutating func layFields() -> Bool {
        let edits = change.edits
        guard state.fields.isEmpty, trace == nil, edits.count <= Int(UInt16.max) else { return false }
        // A field and the place of its edit as one number, so that sorting moves no values.
        var order: [UInt32] = []
        order.reserveCapacity(edits.count)
        for place in edits.indices {
            if let field = edits[place].assignedField { order.append(UInt32(field.rawValue) << 16 | UInt32(place)) }
        }
        order.sort()
        guard !zip(order, order.dropFirst()).contains(where: { $0 >> 16 == $1 >> 16 }) else { return false }
        let by = change.reference
        var entries: [(key: Field, value: EntityState.Assigned)] = []
        entries.reserveCapacity(order.count)
        for item in order {
            guard case .assign(let field, let value) = edits[Int(item & 0xFFFF)] else { continue }
            entries.append((field, EntityState.Assigned(value: value, by: by)))
        }
        state.fields = OrderedTable(sorted: entries)
        return true
    }

    private mutating func fold(_ edit: Edit) {
        switch edit {
        case .create, .seal: break
        case .assign(let field, let value): assign(field, value)
        case .add(let field, let value): add(field, value)
        case .remove(let field, let value): remove(field, value)
        case .count(let field, let delta):
            state.counts[field, default: 0] &+= delta
            trace?(.counted(field, delta))
        case .transition(let transition):
            trace?(.moved(name: transition.name, from: state.stageName, to: transition.to))
            state.stage = EntityState.Assigned(value: .text(transition.to), by: change.reference)
        case .vote(let vote):
            state.votes.append(EntityState.Voted(vote: vote, by: change.reference))
            trace?(.voted(vote))
        case .grant(let grant): give(grant)
        case .revoke(let grant): revoke(grant)
        case .settle(let settlement): settle(settlement)
        case .note, .attach, .request, .answer, .unknown: append(edit)
        }
    }

    /// An overtaken change has no effect but what it appends; its assignments are shown as losing values.
    private mutating func foldOvertaken(_ transition: Transition) {
        trace?(.overtaken(name: transition.name, from: transition.from, stage: state.stageName))
        lose(.stage, .text(transition.to), to: state.stage)
        for edit in change.edits {
            if case .assign(let field, let value) = edit {
                let inEffect = state.fields[field]
                guard inEffect?.value ?? .null != value else { continue }
                trace?(.lost(field, value: value, to: inEffect?.value ?? .null))
                lose(.field(field), value, to: inEffect)
            } else {
                append(edit)
            }
        }
    }

    private mutating func create(_ creation: Creation) {
        guard state.creation == nil else { return }
        state.creation = creation
        state.createdBy = change.reference
        guard creation.foldRules != nil else { return }
        state.stage = EntityState.Assigned(value: .text(creation.state), by: change.reference)
        trace?(.created)
    }

    /// The later assignment wins. One that does not cover its predecessor in effect, and has another value, is a
    /// conflict.
    private mutating func assign(_ field: Field, _ value: Value) {
        let before = state.fields.replace(field, with: EntityState.Assigned(value: value, by: change.reference))
        if let before, before.value != value, !change.covers(before.by) {
            trace?(.lost(field, value: before.value, to: value))
            state.conflicts.append(
                Conflict(
                    subject: .field(field), rule: .laterWins, losing: before.by, losingValue: before.value,
                    winning: change.reference, winningValue: value))
        }
        trace?(.assigned(field, old: before?.value ?? .null, new: value))
    }

    private mutating func add(_ field: Field, _ value: Value) {
        var elements = state.sets[field] ?? []
        if let index = elements.firstIndex(where: { $0.value == value }) {
            elements[index].adds.append(change.reference)
        } else {
            let index = elements.firstIndex { Value.precedes(value, $0.value) } ?? elements.count
            elements.insert(EntityState.Element(value: value, adds: [change.reference]), at: index)
        }
        state.sets[field] = elements
        trace?(.added(field, value))
    }

    /// A remove removes the adds that it covers, so an add that it has not seen wins.
    private mutating func remove(_ field: Field, _ value: Value) {
        guard var elements = state.sets[field], let index = elements.firstIndex(where: { $0.value == value }) else {
            return
        }
        elements[index].adds.removeAll { change.covers($0) }
        if elements[index].adds.isEmpty {
            elements.remove(at: index)
            trace?(.removed(field, value))
        }
        state.sets[field] = elements.isEmpty ? nil : elements
    }

    /// A grant has effect if it covers every revocation of that person and role, whatever the stamps.
    private mutating func give(_ grant: Grant) {
        let key = HoldingKey(person: grant.person, role: grant.role)
        var holding = state.holdings[key] ?? EntityState.Holding()
        let hasEffect = holding.revocations.allSatisfy { change.covers($0) }
        if hasEffect { holding.grants.append(change.reference) }
        state.holdings[key] = holding
        trace?(hasEffect ? .granted(grant) : .grantWithoutEffect(grant))
    }

    /// Every grant so far sorts before this revocation and so cannot have covered it.
    private mutating func revoke(_ grant: Grant) {
        let key = HoldingKey(person: grant.person, role: grant.role)
        var holding = state.holdings[key] ?? EntityState.Holding()
        holding.grants = []
        holding.revocations.append(change.reference)
        state.holdings[key] = holding
        trace?(.revoked(grant))
    }

    /// Has effect on the conflicts whose both sides the change covers.
    private mutating func settle(_ settlement: Settlement) {
        for index in state.conflicts.indices {
            let conflict = state.conflicts[index]
            guard conflict.losing == settlement.losing, conflict.settledBy == nil, change.covers(conflict.losing),
                change.covers(conflict.winning)
            else { continue }
            state.conflicts[index].settledBy = change.reference
            trace?(.settled(settlement.losing))
        }
    }

    private mutating func append(_ edit: Edit) {
        switch edit {
        case .note(let note):
            state.notes += 1
            trace?(.noted(note))
        case .attach(let attachment):
            state.attachments.append(EntityState.Attached(attachment: attachment, by: change.reference))
            trace?(.attached(attachment))
        case .request(let request):
            state.requests.append(EntityState.Requested(request: request, by: change.reference))
            trace?(.requested(request))
        case .answer(let answer):
            state.answers.append(EntityState.Answered(answer: answer, by: change.reference))
            trace?(.answered(answer))
        case .unknown:
            state.hasUnknownEdits = true
            trace?(.unknown)
        case .create, .assign, .add, .remove, .count, .transition, .vote, .grant, .revoke, .settle, .seal: break
        }
    }

    /// A field that nothing has assigned was won by whatever reached the state that stood in the way.
    private mutating func lose(_ subject: Conflict.Subject, _ value: Value, to winner: EntityState.Assigned?) {
        state.conflicts.append(
            Conflict(
                subject: subject, rule: .overtaken, losing: change.reference, losingValue: value,
                winning: (winner ?? state.stage)?.by ?? change.reference, winningValue: winner?.value ?? .null))
    }
}
