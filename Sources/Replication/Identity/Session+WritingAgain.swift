/// A change whose number has turned out to be another's is done again, by the one who did it.
extension Session {
    /// What the author of a change had seen, its own earlier changes of the entity among it.
    func seen(of entry: LogEntry) throws -> VersionVector {
        let change = entry.change
        let own = try store.lastSequence(of: change.origin, besides: entry.position, upTo: change.sequence - 1)
        var seen = change.seen
        if own > 0 { seen.include(ChangeReference(origin: change.origin, sequence: own)) }
        return seen
    }

    /// Writes a change once more under the present origin. What is refused now is recorded.
    /// - Parameter seen: its author knew no more than then.
    /// - Returns: where it is in the log; nil if it was not written.
    @discardableResult
    mutating func writeAgain(
        _ change: Change, having seen: VersionVector, at milliseconds: Int64
    ) throws -> Int64? {
        let edits = change.edits.filter { edit in
            if case .seal = edit { false } else { true }
        }
        let key = IdempotencyKey(bytes: change.key)
        // The client's key leads to what is written now.
        if let key { try database.run("DELETE FROM idempotency WHERE name = ?", key.name) }
        var draft = Draft(entity: change.entity, edits: edits, actor: change.actor, key: key)
        draft.seen = seen
        do {
            guard case .written(let written) = try write(draft, at: milliseconds) else { return nil }
            return try store.position(of: written.change.reference)
        } catch let error as ReplicationError {
            try record(
                "not written again", of: life.site, "Change \(change.reference): \(error.message)", at: milliseconds)
            return nil
        }
    }
}
