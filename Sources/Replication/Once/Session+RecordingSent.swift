import SQLite

extension EntityKind {
    /// An effect of the hub that was sent, by its key: known to standbys only, so that a hub which is made of one does
    /// not take it for uncertain.
    static var effect: EntityKind { EntityKind(rawValue: 4) }
}

/// How far the outbox has come is part of the log for those that may have to go on with it.
extension Session {
    /// Notes how far the hub has come with an effect.
    public mutating func mark(_ state: Effect.State, _ effect: Effect, at milliseconds: Int64) throws {
        try store.set(state, of: effect.number)
        guard state == .sent, try !store.standbys().isEmpty else { return }
        try recordSent(effect.key, actor: "outbox", at: milliseconds)
    }

    /// What was sent while there was no standby.
    mutating func recordSentEffects(actor: String, at milliseconds: Int64) throws {
        let keys = try database.all(
            "SELECT key FROM outbox WHERE state = ? ORDER BY number", Effect.State.sent.rawValue
        ) { $0.blob(0) }
        for key in keys { try recordSent(key, actor: actor, at: milliseconds) }
    }

    private mutating func recordSent(_ key: [UInt8], actor: String, at milliseconds: Int64) throws {
        guard let entity = EntityID(kind: .effect, bytes: key), try store.row(entity) == nil else { return }
        _ = try write(Draft(entity: entity, edits: [.create(Creation())], actor: actor), at: milliseconds)
    }
}
