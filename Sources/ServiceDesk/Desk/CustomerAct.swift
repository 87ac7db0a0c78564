import Replication

/// What a customer can do to its own ticket.
public enum CustomerAct: Sendable {
    case note(String)
    /// It asks to hurry, and may say why.
    case expedite(String)
    /// A step that the standard lets customers take, with what the step requires.
    case step(String, fields: [String: Value])
    /// How content it is, in the words of the standard.
    case rate(String)

    /// What comes of one.
    public enum Outcome: Sendable {
        case done(WriteOutcome)
        /// It has done as much as one may in a day: in so many milliseconds it may do more.
        case mustWait(Int64)
    }
}
