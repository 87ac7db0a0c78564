import Replication
import Standards

/// A ticket's own customer at work: the desk was made with ``DeskActor/customer`` as who acts.
extension Desk {
    /// Carries out what a customer wants.
    /// - Parameter shown: the row version that it was shown.
    public func act(
        _ act: CustomerAct, on ticket: EntityID, shown: RowVersion?, key: IdempotencyKey?, in session: inout Session
    ) throws -> CustomerAct.Outcome {
        // What was done counts already when it is sent again.
        if let key, try session.replay(of: key) != nil {
            return .done(try self.act(try action(act, nil), on: ticket.text, shown: shown, key: key, in: &session))
        }
        let row = try self.ticket(ticket.text)
        if let wait = try wait(for: act, row) { return .mustWait(wait) }
        return .done(try self.act(action(act, row), on: ticket.text, shown: shown, key: key, in: &session))
    }

    /// How often a customer may ask to hurry today.
    public func expeditesLeft(_ row: EntityRow) throws -> Int {
        let all = try customersActs(row)
        let left = DeskLimits.customerExpeditesInDay - all.filter(\.isExpedite).count
        return max(0, min(left, DeskLimits.customerActsInDay - all.count))
    }

    /// The steps that the customer may take now, if it gives what they require.
    public func stepsOfCustomer(_ row: EntityRow, _ life: Life) throws -> [TransitionRule] {
        let (_, type) = try type(of: row)
        return try type.transitions(from: row.state.stageName).filter { rule in
            guard rule.isCustomers else { return false }
            let step = Transition(name: rule.name, from: rule.from, to: rule.to)
            do {
                try checkHolder(.transition(rule.name, fields: [:]), row, life)
                try checkGuards(of: [.transition(step)], row, life)
                return true
            } catch is DeskError {
                return false
            }
        }
    }

    /// What the customer may say of the work, once it is done: the options of the standard.
    public func ratings(_ row: EntityRow) throws -> [FieldOption] {
        let (_, type) = try type(of: row)
        guard let status = type.state(row.state.stageName)?.status, [.resolved, .closed].contains(status) else {
            return []
        }
        return Self.ratings(type)
    }

    /// Without what only the desk can say of a customer.
    public static func ratings(_ type: TicketType) -> [FieldOption] {
        (type.field(CustomerActRules.ratingField)?.options ?? []).filter { $0.id != unreached }
    }

    public static var ratingField: String { CustomerActRules.ratingField }

    private static let unreached = "unreachable"

    private func action(_ act: CustomerAct, _ row: EntityRow?) throws -> TicketAction {
        switch act {
        case .note(let text):
            guard !text.isEmpty else { throw Self.textProblem }
            return .note(Note(text: try customersText(text), visibility: .public))
        case .expedite(let text): return .expedite(try customersText(text))
        case .step(let name, let fields):
            if let row { try checkStep(name, fields, row) }
            return .transition(name, fields: fields)
        case .rate(let word):
            if let row, try !ratings(row).contains(where: { $0.id == word }) {
                throw DeskError(
                    .invalid, "The ticket cannot be rated so now.", remedy: "Choose one of what is offered, once it is."
                )
            }
            return .assign([CustomerActRules.ratingField: .text(word)])
        }
    }

    private func checkStep(_ name: String, _ fields: [String: Value], _ row: EntityRow) throws {
        let (_, type) = try type(of: row)
        guard let rule = type.transition(name), rule.isCustomers else {
            throw DeskError(.notAllowed, "This step is not the customer's.", remedy: "Ask the desk to take it.")
        }
        let problems = fields.sorted { $0.key < $1.key }.compactMap { field, value -> DeskError.Problem? in
            guard rule.requires.contains(field) else { return .init(field: field, problem: "is not for this step") }
            if let text = value.textValue, text.unicodeScalars.count > DeskLimits.customerTextLength {
                return .init(field: field, problem: .tooLong(DeskLimits.customerTextLength))
            }
            if field == CustomerActRules.ratingField, !Self.ratings(type).contains(where: { .text($0.id) == value }) {
                return .init(field: field, problem: Flaw("is none of the answers", .noOption))
            }
            return nil
        }
        guard problems.isEmpty else {
            throw DeskError(
                .invalid, "What was filled in with the step is not right.", remedy: "Correct it.", problems: problems)
        }
    }

    private func customersText(_ text: String) throws -> String {
        guard DeskLimits.problem(text, longestLength: DeskLimits.customerTextLength) == nil else {
            throw Self.textProblem
        }
        return text
    }

    private static let textProblem = DeskError(
        .invalid, "A text is missing, or has more than \(DeskLimits.customerTextLength) characters.",
        remedy: "Say it in fewer.",
        problems: [.init(field: "text", problem: .missingOrLonger(than: DeskLimits.customerTextLength))])

    private func wait(for act: CustomerAct, _ row: EntityRow) throws -> Int64? {
        let all = try customersActs(row)
        if case .expedite = act, let wait = wait(all.filter(\.isExpedite), DeskLimits.customerExpeditesInDay) {
            return wait
        }
        return wait(all, DeskLimits.customerActsInDay)
    }

    /// Until so many no longer lie within a day.
    private func wait(_ acts: [PastAct], _ limit: Int) -> Int64? {
        guard acts.count >= limit else { return nil }
        return max(1, acts[acts.count - limit].time + DeskLimits.customerDay - now)
    }

    private struct PastAct {
        let time: Int64
        let isExpedite: Bool
    }

    /// What the customer has done in the last day, the earliest first.
    private func customersActs(_ row: EntityRow) throws -> [PastAct] {
        try store.entries(of: row.number).map(\.change)
            .filter { $0.actor == DeskActor.customer && $0.stamp.milliseconds > now - DeskLimits.customerDay }
            .sorted { $0.position < $1.position }
            .map { change in
                let isExpedite = change.edits.contains { edit in
                    if case .count(TicketField.expedites, _) = edit { true } else { false }
                }
                return PastAct(time: change.stamp.milliseconds, isExpedite: isExpedite)
            }
    }
}
