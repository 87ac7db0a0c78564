import Replication

/// Who may register and change a circuit, and what it may be.
///
/// It belongs to the branches that it concerns, which maintain it, and to the province; who first registers it says
/// which these are. A branch may name further ones, since it knows where its circuits end; only the province takes one
/// away, or a branch could take a circuit from another. Words of the standard are looked at where they are written and
/// not here: the standard may have changed meanwhile.
enum CircuitRules {
    static func judge(_ change: Change, before state: EntityState, author: Author) -> Judgement {
        let number = (state.exists ? state[CircuitField.number] : change.assigned(CircuitField.number) ?? .null)
            .textValue
        guard let number, number == CircuitNumber.canonical(number), CircuitNumber.problem(number) == nil,
            change.entity == CircuitBook.name(of: number)
        else { return .refuse("The circuit is not named by its number. Register it through the desk.") }
        let own = Edit.add(CircuitField.sites, .text(author.site.text))
        if !author.isHub, change.creation != nil, !change.edits.contains(own) {
            return .refuse("A circuit that a branch registers is one of its own. Name the branch among its sites.")
        }
        for edit in change.edits {
            if let refusal = judge(edit, number, author) { return refusal }
        }
        return .admit
    }

    private static func judge(_ edit: Edit, _ number: String, _ author: Author) -> Judgement? {
        switch edit {
        case .assign(CircuitField.number, let value) where value != .text(number):
            return .refuse("The number of a circuit does not change. Retire it, and register another.")
        case .assign(CircuitField.sites, _):
            return .refuse("The sites of a circuit are a set. Correct the client.")
        case .remove(CircuitField.sites, _) where !author.isHub:
            return .refuse("Only the province takes a circuit from a branch. Ask it.")
        case .assign(let field, .text(let text))
        where field != CircuitField.number
            && DeskLimits.problem(text, longestLength: DeskLimits.circuitFactLength) != nil:
            return .refuse(
                "What is noted of a circuit has at most \(DeskLimits.circuitFactLength) characters. Shorten it.")
        default: return nil
        }
    }
}
