import Replication
import Standards

/// What may be done in a customer's name: to a ticket, and of all that can be done to one very little.
///
/// It needs no role, so whatever is not named here is refused, also of a change that a site has made up.
struct CustomerActRules {
    /// The field in which a customer says how content it is, in any standard.
    static let ratingField = "satisfaction"

    let shelf: PackShelf
    let store: SiteStore

    /// - Returns: nil for what others do, and for what a customer may do.
    func refusal(of change: Change, before state: EntityState) throws -> Judgement? {
        guard change.actor == DeskActor.customer else { return nil }
        guard change.entity.kind == .ticket, state.exists else {
            return .refuse("A customer does something to its own ticket and to nothing else.")
        }
        // Without its standard the ticket's own rules wait for it.
        guard let type = try TicketRules(shelf: shelf, store: store).type(of: change, before: state) else { return nil }
        let rule = change.transition.flatMap { type.transition($0.name) }
        if change.transition != nil, rule?.isCustomers != true {
            return .refuse("This step is not the customer's. Let somebody of the desk take it.")
        }
        let isAllowed = change.edits.allSatisfy { Self.isCustomers($0, rule) }
        return isAllowed ? nil : .refuse("A customer may not change this. Let somebody of the desk do it.")
    }

    private static func isCustomers(_ edit: Edit, _ rule: TransitionRule?) -> Bool {
        switch edit {
        case .transition, .seal: true
        case .note(let note): note.visibility == .public
        case .count(TicketField.expedites, let step): step == 1
        case .assign(let field, _): isCustomers(field, rule)
        default: false
        }
    }

    /// A step brings along what it requires, and what the desk itself writes with it.
    private static func isCustomers(_ field: Field, _ rule: TransitionRule?) -> Bool {
        if field == FieldNumbers.field(ratingField) { return true }
        guard let rule else { return false }
        switch field {
        case TicketField.department: return rule.department != nil
        case TicketField.round: return rule.kind == .reopen
        default: return rule.requires.contains { FieldNumbers.field($0) == field }
        }
    }
}
