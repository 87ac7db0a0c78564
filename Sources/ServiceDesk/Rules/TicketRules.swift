import Replication
import SQLite
import Standards

/// What may be done to a ticket: by the procedure of the standard it was opened under, and by ownership.
///
/// Judged where a change is made and once more at admission; never again, whatever is learnt later.
struct TicketRules {
    let shelf: PackShelf
    let store: SiteStore

    func judge(_ change: Change, before state: EntityState, author: Author) throws -> Judgement {
        // No standard has a rule for the province's answers, and one may be due when the standard is lost.
        if author.isHub, state.exists, change.edits.allSatisfy(Self.isAnswer) { return .admit }
        guard let name = packName(change, state) else {
            return .refuse("The ticket names no standard. Open it through the desk.")
        }
        let newest = store.domain.mischief.contains(.judgesByNewest) ? try shelf.current(in: store, at: .max) : nil
        guard let pack = try newest?.pack ?? shelf.pack(name, in: store) else { return .wait("standard \(name.text)") }
        guard let type = typeName(change, state).flatMap({ pack.ticketType($0) }) else {
            return .refuse("The ticket's type is not in standard \(pack.version). Choose one that is.")
        }
        if let creation = change.creation, type.state(creation.state) == nil {
            return .refuse("The ticket's state is not one of \(type.id). Choose one that is.")
        }
        let edits = change.edits
        for place in edits.indices where !Self.isFree(edits[place]) {
            if let refusal = try judge(edits[place], of: change, before: state, author: author, pack, type) {
                return refusal
            }
        }
        if let failure = try failure(change, state, author, pack, type) {
            return .refuse([failure.reason, failure.remedy].filter { !$0.isEmpty }.joined(separator: " "))
        }
        return .admit
    }

    /// What the standard's guards say of the change.
    private func failure(
        _ change: Change, _ state: EntityState, _ author: Author, _ pack: StandardPack, _ type: TicketType
    ) throws -> GuardCheck.Failure? {
        for name in type.fileFields {
            guard let value = change.assigned(FieldNumbers.field(name)), !FileField.isAttached(value, to: state)
            else { continue }
            return GuardCheck.Failure(
                reason: "Field \(name) names no file of the ticket.", remedy: "Attach the file first.")
        }
        if let failure = try failure(ofCircuitIn: change, state, type) { return failure }
        let rule = change.transition.flatMap { type.transition($0.name) }
        if let rule, !rule.roles.isEmpty {
            let staff = StaffRules(shelf: shelf, store: store)
            if case .refuse(let why)? = try staff.refusal(of: change, needing: rule.roles, author: author) {
                return GuardCheck.Failure(reason: why, remedy: "")
            }
        }
        let rules = type.work.rules
        guard rule?.guards.isEmpty == false || !rules.isEmpty else { return nil }
        let check = GuardCheck(
            store: store, ticket: change.entity, values: TicketValues(state: state, edits: change.edits), type: type,
            pack: pack, site: author.site, isHub: author.isHub, actor: change.actor, time: change.stamp.milliseconds,
            change: change.reference)
        return try check.failure(of: (rule?.guards ?? []) + (check.values.alters ? rules : []), for: rule?.name)
    }

    /// A type may take only circuits that are known; what was imported says what it said where it came from.
    private func failure(
        ofCircuitIn change: Change, _ state: EntityState, _ type: TicketType
    ) throws -> GuardCheck.Failure? {
        guard let use = type.work.circuit, use.whenUnknown == .refuse,
            let value = change.assigned(FieldNumbers.field(use.field)),
            state[TicketField.source] == .null, change.assigned(TicketField.source) ?? .null == .null,
            let named = try TicketCircuit(value, in: store), !named.isKnown
        else { return nil }
        return GuardCheck.Failure(
            reason: "No circuit of the number in \(use.field) is known.",
            remedy: "Check the number, or register the circuit.")
    }

    /// Whether an edit is of a form's own field, of which no rule says anything.
    private static func isFree(_ edit: Edit) -> Bool {
        edit.assignedField.map { $0.rawValue >= FieldNumbers.firstOfForms } ?? false
    }

    private static func isAnswer(_ edit: Edit) -> Bool {
        switch edit {
        case .answer, .seal: true
        default: false
        }
    }

    /// The roles of which whoever takes the step in a change holds one; any at all when empty.
    func rolesNeeded(by change: Change, before state: EntityState) throws -> [String] {
        guard let transition = change.transition else { return [] }
        return try type(of: change, before: state)?.transition(transition.name)?.roles ?? []
    }

    /// Nil when the standard is not here.
    func type(of change: Change, before state: EntityState) throws -> TicketType? {
        guard let name = packName(change, state), let pack = try shelf.pack(name, in: store) else { return nil }
        return typeName(change, state).flatMap { pack.ticketType($0) }
    }

    private func packName(_ change: Change, _ state: EntityState) -> EntityID? {
        let value = state.exists ? state[TicketField.pack] : change.assigned(TicketField.pack)
        return value?.bytesValue.flatMap { EntityID(kind: .standard, bytes: $0) }
    }

    private func typeName(_ change: Change, _ state: EntityState) -> String? {
        (state.exists ? state[TicketField.type] : change.assigned(TicketField.type))?.textValue
    }

    private func judge(
        _ edit: Edit, of change: Change, before state: EntityState, author: Author, _ pack: StandardPack,
        _ type: TicketType
    ) throws -> Judgement? {
        switch edit {
        case .transition(let transition):
            judgeHolder(change, state, author) ?? judge(transition, change, state, type)
        case .assign(TicketField.home, let value):
            try judgeHome(value, change, state, author)
        case .assign(TicketField.transferTo, let value):
            try judgeOffer(value, state, author)
        case .assign(TicketField.type, let value) where state.exists:
            judgeFixed(value, state[TicketField.type], change)
        case .assign(TicketField.pack, let value) where state.exists:
            judgeFixed(value, state[TicketField.pack], change)
        case .assign(TicketField.parent, let value) where state.exists:
            value == state[TicketField.parent] ? nil : .refuse("The parent of a ticket does not change. Open another.")
        case .assign(TicketField.escalation, let value): judgeEscalation(value, state, author)
        case .add(TicketField.articles, let value): judgeUse(value, change, state)
        case .vote(let vote): judge(vote, type)
        case .request(let request): judge(request, change, pack)
        default: nil
        }
    }

    /// Two sites that import the same row create one ticket: the second creation may say the same again.
    private func judgeFixed(_ value: Value, _ held: Value, _ change: Change) -> Judgement? {
        if change.creation == nil { return .refuse("Type and standard of a ticket do not change. Open another one.") }
        if value == held { return nil }
        return .refuse("The ticket exists already, with another type or standard. Work on that one.")
    }

    /// A transition carries the states it may leave and reaches; they must be those of the pack.
    private func judge(
        _ transition: Transition, _ change: Change, _ state: EntityState, _ type: TicketType
    ) -> Judgement? {
        guard let rule = type.transition(transition.name), rule.from == transition.from, rule.to == transition.to else {
            return .refuse("This step is not in the procedure of \(type.id). Take one that is.")
        }
        for name in rule.requires {
            let field = FieldNumbers.field(name)
            let value = change.assigned(field) ?? state[field]
            if value == .null || value == .text("") {
                return .refuse("Step \(rule.name) needs field \(name). Fill it in with the step.")
            }
        }
        return nil
    }

    /// Only the site that was offered a ticket may take it, so there is exactly one owner throughout.
    ///
    /// It must have seen the offer that stands: an answer to an earlier one would fold before what the owner has done
    /// since, and the owner admitted here would not be the one that every site's fold comes to.
    private func judgeHome(
        _ value: Value, _ change: Change, _ state: EntityState, _ author: Author
    ) throws -> Judgement? {
        guard let home = value.textValue, try isKnown(SiteID(home)) else {
            return .refuse("The ticket's branch is not in the directory. Choose one that is.")
        }
        if author.isHub || !state.exists { return nil }
        if change.creation != nil {
            let isSame = state[TicketField.home] == value
            return isSame ? nil : .refuse("The ticket exists already, at another branch. Ask its owner for a transfer.")
        }
        let assigned = [TicketField.home, TicketField.transferTo].compactMap { state.fields[$0]?.by }
        guard home == author.site.text, state[TicketField.transferTo] == .text(home),
            assigned.allSatisfy({ change.covers($0) })
        else {
            return .refuse("The ticket is not on offer to \(author.site). Ask its owner to offer it again.")
        }
        return nil
    }

    private func judgeOffer(_ value: Value, _ state: EntityState, _ author: Author) throws -> Judgement? {
        if value != .null {
            guard let site = value.textValue, try isKnown(SiteID(site)) else {
                return .refuse("The branch to which the ticket is offered is not in the directory. Choose one that is.")
            }
            guard state[TicketField.home] != value else {
                return .refuse("The ticket belongs to that branch already. Choose another one.")
            }
            guard author.isHub || !state.exists || state[TicketField.home] == .text(author.site.text) else {
                return .refuse(
                    "Only the owner of a ticket may offer it. Ask \(state[TicketField.home].textValue ?? "it").")
            }
            return nil
        }
        let mayClear = [state[TicketField.home], state[TicketField.transferTo]]
        guard author.isHub || !state.exists || mayClear.contains(.text(author.site.text)) else {
            return .refuse("Only the owner, or the site it is offered to, may end an offer. Ask one of them.")
        }
        return nil
    }

    /// Once a branch knows that the province has taken a ticket, it takes no more steps with it. One that did not know
    /// has done honest work: it stands, beside what the province does.
    private func judgeHolder(_ change: Change, _ state: EntityState, _ author: Author) -> Judgement? {
        guard !author.isHub, state[TicketField.heldBy] != .null, let taken = state.fields[TicketField.heldBy]?.by,
            change.covers(taken), !store.domain.mischief.contains(.worksOnTaken)
        else { return nil }
        return .refuse("The province has taken the ticket. Add a note, or ask it to give it back.")
    }

    private func judgeEscalation(_ value: Value, _ state: EntityState, _ author: Author) -> Judgement? {
        guard !author.isHub, state.exists, state[TicketField.home] != .text(author.site.text) else { return nil }
        return .refuse("Only the owner of a ticket may escalate it. Ask \(state[TicketField.home].textValue ?? "it").")
    }

    /// Two sites may each name as many articles as the desk allows while they are apart; no desk names more.
    private func judgeUse(_ value: Value, _ change: Change, _ state: EntityState) -> Judgement? {
        guard value.textValue.flatMap({ ArticleUse($0) }) != nil else {
            return .refuse("What a ticket names is no article. Choose one that is in force.")
        }
        var named = Set(state.elements(of: TicketField.articles))
        for case .add(TicketField.articles, let added) in change.edits { named.insert(added) }
        guard named.count <= 2 * DeskLimits.ticketArticles else {
            return .refuse("The ticket names \(2 * DeskLimits.ticketArticles) articles already. Add a note instead.")
        }
        return nil
    }

    private func judge(_ vote: Vote, _ type: TicketType) -> Judgement? {
        guard let template = type.work.review else { return .refuse("\(type.id) is no review. Vote on one that is.") }
        return ReviewRules.problem(vote, template).map { .refuse("\($0.reason) \($0.remedy)") }
    }

    private func isKnown(_ site: SiteID) throws -> Bool {
        try store.directoryEntry(of: site)?.isBranch ?? false
    }

    private func judge(_ request: OnceRequest, _ change: Change, _ pack: StandardPack) -> Judgement? {
        guard request.purpose == "refund" else {
            return .refuse("Nothing but a refund can be asked of the province. Ask for one.")
        }
        guard let rule = pack.refund else {
            return .refuse("Standard \(pack.version) permits no refunds. Ask the province.")
        }
        // An answer names the change that asked.
        let requests = change.edits.count { if case .request = $0 { true } else { false } }
        guard requests == 1 else { return .refuse("One change asks for one refund. Ask for each by itself.") }
        guard request.amount > 0, request.amount <= Int64(rule.limitFen) else {
            return .refuse("A refund is of 1 to \(rule.limitFen) fen. Correct the amount.")
        }
        guard !request.key.isEmpty, request.key.unicodeScalars.count <= DeskLimits.chargeLength else {
            return .refuse(
                "A refund names its charge in 1 to \(DeskLimits.chargeLength) characters. Correct the charge.")
        }
        guard request.reason.unicodeScalars.count <= DeskLimits.reasonLength else {
            return .refuse("The reason for a refund is longer than \(DeskLimits.reasonLength) characters. Shorten it.")
        }
        return nil
    }
}
