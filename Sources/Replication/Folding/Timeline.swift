/// What happened to an entity, change by change, in the order in which it folds.
public struct Timeline: Sendable {
    public struct Entry: Sendable {
        public let change: Change
        public let effects: [Fold.Effect]
    }

    public let entries: [Entry]
    public let state: EntityState

    /// - Parameter changes: every change of the entity that has effect here, in any order.
    public init(of changes: [Change]) {
        var state = EntityState()
        entries = changes.sorted { $0.position < $1.position }.map { change in
            var effects: [Fold.Effect] = []
            Fold.apply(change, to: &state) { effects.append($0) }
            return Entry(change: change, effects: effects)
        }
        self.state = state
    }
}
