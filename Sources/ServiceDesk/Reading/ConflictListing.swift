import Replication

/// What is in conflict on a ticket, with the changes behind every side.
public struct ConflictListing: Sendable {
    public let row: EntityRow
    public let item: ConflictItem
    private var changes: [ChangeReference: Change]

    /// The change of that name, if it is one of those behind the item.
    public func change(_ reference: ChangeReference) -> Change? { changes[reference] }

    /// What is in force now where a conflict was: what won, unless a third change has come since. Nil for a field that
    /// nothing has ever assigned.
    public func inForce(_ subject: Conflict.Subject) -> EntityState.Assigned? {
        switch subject {
        case .field(let field): row.state.fields[field]
        case .stage: row.state.stage
        }
    }

    public static func list(of row: EntityRow, in store: SiteStore) throws -> [ConflictListing] {
        try ConflictItem.list(of: row.state).map { item in
            var listing = ConflictListing(row: row, item: item, changes: [:])
            for conflict in item.members.flatMap(\.conflicts) {
                let others = [conflict.settledBy, listing.inForce(conflict.subject)?.by].compactMap(\.self)
                for reference in [conflict.losing, conflict.winning] + others where listing.changes[reference] == nil {
                    listing.changes[reference] = try store.entry(of: reference)?.change
                }
            }
            return listing
        }
    }
}
