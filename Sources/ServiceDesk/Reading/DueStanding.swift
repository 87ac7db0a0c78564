import SQLite

/// How open tickets stand to their due times at a moment.
public enum DueStanding: String, Sendable, CaseIterable {
    /// The time of an open clock is over.
    case overdue
    /// The same, and it ran out after the hub had last heard the branch: it may have been answered there meanwhile.
    case unconfirmed
    /// Of none, but so much of one that its limit asks for a warning.
    case atRisk
    /// An open clock stands still.
    case paused

    /// As the index has it: what is not due comes after all that is.
    static let due: SQL = "coalesce(due.due, 9223372036854775807)"

    /// - Parameter heard: of each branch that is asked for, up to when the hub has heard it.
    func condition(
        at now: Int64, heard: [(home: String, time: Int64)]
    ) -> (sql: SQL, values: [(any SQLiteBindable)?]) {
        switch self {
        case .overdue: return (Self.due + " <= ?", [now])
        case .atRisk: return (Self.due + " > ? AND due.warn <= ?", [now, now])
        case .paused: return ("due.is_paused = 1", [])
        case .unconfirmed:
            // The earliest of the times first, so that what was overdue long before is not looked at.
            var sql: SQL = Self.due + " <= ? AND " + Self.due + " > ? AND (0 = 1"
            var values: [(any SQLiteBindable)?] = [now, heard.map { $0.time }.min() ?? now]
            for (home, time) in heard {
                sql = sql + " OR due.home = ? AND " + Self.due + " > ?"
                values += [home, time]
            }
            return (sql + ")", values)
        }
    }
}
