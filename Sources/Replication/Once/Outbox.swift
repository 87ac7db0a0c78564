import SQLite

/// Something that the hub does to the outside world because a request was granted: recorded as *attempting* before the
/// call and *sent* after it. What is found *attempting* after a crash is *uncertain*.
public struct Effect: Sendable {
    public enum State: Int64, Sendable {
        case pending = 0
        case attempting = 1
        case sent = 2
        case uncertain = 3
    }

    public let number: Int64
    /// The idempotency key for the channel.
    public let key: [UInt8]
    public let purpose: String
    public let entity: EntityID
    public let amount: Int64
    public let request: String
    public let state: State
}

extension SiteStore {
    /// - Parameter limit: of how many, the oldest first.
    public func effects(in state: Effect.State, limit: Int = 100) throws -> [Effect] {
        let rows = try database.all(
            "SELECT number, key, purpose, entity, amount, request FROM outbox WHERE state = ? ORDER BY number LIMIT ?",
            state.rawValue, Int64(limit)
        ) { ($0.int64(0), $0.blob(1), $0.text(2), $0.int64(3), $0.int64(4), $0.text(5)) }
        return try rows.map { number, key, purpose, entity, amount, request in
            Effect(
                number: number, key: key, purpose: purpose, entity: try row(number: entity).id, amount: amount,
                request: request, state: state)
        }
    }

    func set(_ state: Effect.State, of effect: Int64) throws {
        try database.run("UPDATE outbox SET state = ? WHERE number = ?", state.rawValue, effect)
    }

    /// After a start: what was being attempted when the process ended may or may not have happened.
    public func markAttemptedUncertain() throws {
        try database.run(
            "UPDATE outbox SET state = ? WHERE state = ?", Effect.State.uncertain.rawValue,
            Effect.State.attempting.rawValue)
    }
}
