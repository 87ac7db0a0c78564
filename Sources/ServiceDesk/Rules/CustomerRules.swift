import Replication

/// Who may change what of a customer.
enum CustomerRules {
    /// A branch names itself when it first takes a customer down; after that the set of sites is the hub's.
    static func judge(_ change: Change, author: Author) -> Judgement {
        if author.isHub { return .admit }
        for edit in change.edits {
            switch edit {
            case .add(CustomerField.sites, .text(author.site.text)) where change.creation != nil: continue
            case .add(CustomerField.sites, _), .remove(CustomerField.sites, _):
                return .refuse("Which sites may see a customer follows from its tickets. Open a ticket there instead.")
            case .assign(CustomerField.sites, _):
                return .refuse("The sites of a customer are a set. Correct the client.")
            default: continue
            }
        }
        return .admit
    }
}
