/// Why the desk could not do what it was asked: what failed, on what, why, and what to do next. Names fields, never
/// what they hold.
public struct DeskError: Error, Equatable, Sendable, CustomStringConvertible {
    public enum Kind: String, Sendable {
        /// The form or the action is not one that the standard in force knows.
        case invalid
        /// The ticket is in a state from which this cannot be done.
        case wrongState
        /// Not this site's to do.
        case notAllowed
        case notFound
        /// No standard has reached this site yet.
        case noStandard
    }

    /// One thing that is wrong with a form.
    public struct Problem: Equatable, Sendable {
        public let field: String
        public let flaw: Flaw

        /// The sentence, whose subject is the field.
        public var problem: String { flaw.text }

        public init(field: String, problem: Flaw) {
            self.field = field
            self.flaw = problem
        }
    }

    public let kind: Kind
    public let message: String
    public let remedy: String
    public let problems: [Problem]

    public init(_ kind: Kind, _ message: String, remedy: String, problems: [Problem] = []) {
        self.kind = kind
        self.message = message
        self.remedy = remedy
        self.problems = problems
    }

    /// Whether the same may succeed later without anybody's help.
    public var isRecoverable: Bool { kind == .noStandard }

    public var description: String { "\(message) \(remedy)" }
}
