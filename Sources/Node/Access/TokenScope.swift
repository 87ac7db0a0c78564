/// What a token opens: what an account of that level may use, or the integration's routes and nothing else.
public enum TokenScope: String, CaseIterable, Sendable {
    case observer
    case clerk
    case supervisor
    case administrator
    case integration

    /// Nil for what is no level.
    var level: AccessLevel? { AccessLevel(rawValue: rawValue) }
}
