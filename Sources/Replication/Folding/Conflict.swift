/// Two people who did not know of each other changed the same thing: both values, and the rule that decided.
///
/// Conflicts come out of the fold, so every site lists the same ones.
public struct Conflict: Hashable, Sendable {
    public enum Subject: Hashable, Sendable {
        case field(Field)
        /// The step of the procedure itself.
        case stage
    }

    /// Why the losing value lost.
    public enum Rule: UInt8, Sendable {
        /// Of two concurrent assignments the later in (stamp, origin) wins.
        case laterWins = 1
        /// The change made a transition from a state that had been left already; its assignments have no effect.
        case overtaken = 2
    }

    public let subject: Subject
    public let rule: Rule
    public let losing: ChangeReference
    public let losingValue: Value
    public let winning: ChangeReference
    public let winningValue: Value
    /// The change that settled it; nil while it is open.
    public internal(set) var settledBy: ChangeReference?

    public init(
        subject: Subject, rule: Rule, losing: ChangeReference, losingValue: Value, winning: ChangeReference,
        winningValue: Value, settledBy: ChangeReference? = nil
    ) {
        self.subject = subject
        self.rule = rule
        self.losing = losing
        self.losingValue = losingValue
        self.winning = winning
        self.winningValue = winningValue
        self.settledBy = settledBy
    }
}
