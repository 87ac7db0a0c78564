import Replication
import Standards

/// The steps within a ticket's work, and the votes of a review.
extension Desk {
    func move(_ id: String, to state: StepState, _ text: String, _ row: EntityRow) throws -> [Edit] {
        let (pack, type) = try type(of: row)
        let steps = TicketSteps(of: row.state, type: type, pack: pack)
        guard let step = steps.step(id) else {
            throw DeskError(
                .invalid, "The ticket has no step \(id).",
                remedy: NearestWord.hint(for: id, among: steps.all.map(\.template.id)) + ".",
                problems: [.init(field: "step", problem: "is none of the ticket's")])
        }
        let isOpen: Set<StepState> = [.waiting, .begun, .returned, .exception]
        guard isOpen.contains(step.state) || state == .returned else {
            throw DeskError(.wrongState, "Step \(id) is done.", remedy: "Return it if something is wrong with it.")
        }
        guard step.state != state else {
            throw DeskError(.wrongState, "Step \(id) is \(state.rawValue) already.", remedy: "Nothing is to be done.")
        }
        guard type.work.worksSteps(in: row.state.stageName) else {
            throw DeskError(
                .wrongState, "No step is worked while the ticket is \(row.state.stageName).",
                remedy: "Wait until it is \(type.work.stepStates.joined(separator: " or ")).")
        }
        let missing = steps.missing(before: step.template)
        guard missing.isEmpty else {
            throw DeskError(
                .wrongState, "Step \(id) waits for \(missing.joined(separator: ", ")).", remedy: "Do that first.")
        }
        let needsReason = state == .returned || state == .exception
        return [.assign(TicketSteps.field(id), .text(state.rawValue))]
            + (needsReason ? try requiredNote(text) : try note(text))
    }

    /// A department's vote in the round that is open.
    func vote(_ department: String, _ choice: Vote.Choice, _ reason: String, _ row: EntityRow) throws -> [Edit] {
        let (_, type) = try type(of: row)
        guard let template = type.work.review else {
            throw DeskError(.invalid, "\(type.id) is no review.", remedy: "Choose a ticket that is.")
        }
        let standing = ReviewStanding(of: row.state, template)
        guard type.state(row.state.stageName)?.isFinal != true else {
            throw DeskError(.wrongState, "The review has ended.", remedy: "Begin another one.")
        }
        // A veto ends a round also when all have approved, as long as nothing has come of it.
        guard standing.outcome == .open || (standing.outcome == .passed && choice == .veto) else {
            throw DeskError(
                .wrongState, "Round \(standing.round) is \(standing.outcome.rawValue).",
                remedy: "Vote in the next round.")
        }
        let vote = Vote(round: standing.round, department: department, choice: choice, reason: reason)
        if let problem = ReviewRules.problem(vote, template) {
            throw DeskError(.invalid, problem.reason, remedy: problem.remedy)
        }
        return [.vote(vote)]
    }

    /// Adds to a set of the form, or takes away from it.
    func change(_ field: String, adding: [String], removing: [String], _ row: EntityRow) throws -> [Edit] {
        let (_, type) = try type(of: row)
        guard let form = type.field(field), form.kind == .set else {
            let sets = type.fields.filter { $0.kind == .set }.map(\.id)
            throw DeskError(
                .invalid, "Field \(field) is no set of \(type.id).",
                remedy: sets.isEmpty ? "It has none." : "Sets: \(sets.joined(separator: ", ")).",
                problems: [.init(field: "field", problem: "is no set of the form")])
        }
        let limit = form.maximumLength ?? FormField.usualLength
        let problem = (adding + removing).lazy.compactMap { text -> Flaw? in
            text.isEmpty ? .empty : DeskLimits.problem(text, longestLength: limit)
        }.first
        let number = FieldNumbers.field(field)
        let count = row.state.elements(of: number).count + adding.count
        guard problem == nil, !(adding + removing).isEmpty, count <= DeskLimits.setSize else {
            let words = problem ?? "would be changed by nothing, or have more than \(DeskLimits.setSize) texts"
            throw DeskError(
                .invalid, "The set \(field) cannot be changed so.", remedy: "Correct the texts.",
                problems: [.init(field: field, problem: words)])
        }
        return adding.map { .add(number, .text($0)) } + removing.map { .remove(number, .text($0)) }
    }
}
