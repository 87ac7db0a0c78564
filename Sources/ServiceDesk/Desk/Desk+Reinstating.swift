import Replication

extension Desk {
    /// Does again what the province refused, as a new change: also a creation, of which nothing else is left.
    public func reinstate(refused: ChangeReference, key: IdempotencyKey?, in session: inout Session) throws -> Written {
        guard let change = try store.refusedChange(refused) else {
            throw DeskError(
                .notFound, "Change \(refused) was not refused.",
                remedy: "`tributary refusals list` lists those that were.")
        }
        let exists = try store.row(change.entity)?.state.exists ?? false
        if exists || change.creation == nil {
            return try written(
                act(.reinstate(refused), on: change.entity.text, shown: nil, key: key, in: &session))
        }
        let edits = change.edits.filter { edit in
            switch edit {
            case .settle, .seal, .unknown: false
            default: true
            }
        }
        return try written(session.write(Draft(entity: change.entity, edits: edits, actor: actor, key: key), at: now))
    }
}
