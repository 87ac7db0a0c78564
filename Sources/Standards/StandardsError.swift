/// What this target throws: which operation failed, on what, why, and what to do next.
///
/// It never quotes the content of the document, since a document may hold customer data. A file that is well-formed
/// but breaks a rule is not an error: its `check` function returns a list of ``Finding`` values instead.
public struct StandardsError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What was being done, such as "read JSON".
    public let operation: String
    /// Where it failed, or nil when the document as a whole is at fault.
    public let position: TextPosition?
    /// What is wrong, in a clause without a full stop.
    public let reason: String
    /// What to do next, in a clause without a full stop.
    public let remedy: String
    /// Whether the same input could succeed on a second try. Documents do not change by themselves, so never here.
    public var isRecoverable: Bool { false }

    public init(operation: String, position: TextPosition?, reason: String, remedy: String) {
        self.operation = operation
        self.position = position
        self.reason = reason
        self.remedy = remedy
    }

    public var description: String {
        let place = position.map { " at \($0)" } ?? ""
        return "could not \(operation)\(place): \(reason); \(remedy)"
    }
}
