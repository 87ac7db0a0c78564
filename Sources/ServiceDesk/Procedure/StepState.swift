/// Where a step within a ticket's work stands.
public enum StepState: String, Sendable, CaseIterable {
    /// Nobody has begun it.
    case waiting
    case begun
    /// Reported back (回单).
    case done
    /// Sent back, since something was missing or wrong (退单).
    case returned
    /// Something is in its way, and front and back office see it (异常).
    case exception
}
