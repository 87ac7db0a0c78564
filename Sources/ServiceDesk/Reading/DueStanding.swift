import SQLite

/// How open tickets stand to their due times at a moment.
public enum DueStanding: String, Sendable, CaseIterable {
    /// The time of an open clock is over.
    case overdue
    /// Of none, but so much of one that its limit asks for a warning.
    case atRisk
    /// An open clock stands still.
    case paused

    /// As the index has it: what is not due comes after all that is.
    static let due: SQL = "coalesce(due.due, 9223372036854775807)"

    var condition: SQL {
        switch self {
        case .overdue: Self.due + " <= ?"
        case .atRisk: Self.due + " > ? AND due.warn <= ?"
        case .paused: "due.is_paused = 1"
        }
    }

    func values(at now: Int64) -> [(any SQLiteBindable)?] {
        switch self {
        case .overdue: [now]
        case .atRisk: [now, now]
        case .paused: []
        }
    }
}
