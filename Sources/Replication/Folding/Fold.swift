/// The state of an entity is the fold of its changes in the order (stamp, origin).
///
/// A fold reads nothing but the entity's own changes: no pack, no other entity, no directory, no clock. Arrival order
/// cannot matter, because the order is that of the changes themselves.
public enum Fold {
    /// Folds from nothing.
    public static func state(of changes: [Change]) -> EntityState {
        var state = EntityState()
        for change in changes.sorted(by: { $0.position < $1.position }) { apply(change, to: &state) }
        return state
    }

    /// What ``Mischief/mergesByArrival`` makes of changes; in no node.
    static func stateAsTheyCame(_ changes: [Change]) -> EntityState {
        var state = EntityState()
        for change in changes { fold(change, into: &state, trace: nil) }
        return state
    }

    /// Whether the change may be folded onto the stored state, because it sorts after all that is in it.
    ///
    /// The state keeps the change behind every value, so a change that sorts last folds the same whether or not it has
    /// seen the others; only order matters. Everything else is folded again from the log.
    public static func takesFastPath(_ change: Change, onto state: EntityState) -> Bool {
        state.last.map { change.sorts(after: $0) } ?? true
    }

    /// Folds one more change, which must sort after all that the state holds.
    /// - Parameter trace: told of each effect, for a timeline.
    public static func apply(_ change: Change, to state: inout EntityState, trace: ((Effect) -> Void)? = nil) {
        precondition(takesFastPath(change, onto: state), "changes fold in (stamp, origin) order")
        fold(change, into: &state, trace: trace)
    }

    private static func fold(_ change: Change, into state: inout EntityState, trace: ((Effect) -> Void)?) {
        // Moved in and out, so that no table is copied because two hold it.
        var step = FoldStep(change: change, state: Self.take(&state), trace: trace)
        step.fold()
        state = step.state
        state.vector.include(change.reference)
        state.last = change.position
    }

    private static func take(_ state: inout EntityState) -> EntityState {
        let taken = state
        state = EntityState()
        return taken
    }

    /// What a change did when it was folded.
    public enum Effect: Equatable, Sendable {
        case created
        case assigned(Field, old: Value, new: Value)
        case lost(Field, value: Value, to: Value)
        case added(Field, Value)
        case removed(Field, Value)
        case counted(Field, Int64)
        case moved(name: String, from: String, to: String)
        case overtaken(name: String, from: [String], stage: String)
        case voted(Vote)
        case granted(Grant)
        case grantWithoutEffect(Grant)
        case revoked(Grant)
        case noted(Note)
        case attached(Attachment)
        case requested(OnceRequest)
        case answered(Answer)
        case settled(ChangeReference)
        case unknown
    }
}
