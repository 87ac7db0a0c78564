/// When something is due, and how far that is certain.
public struct DueTime: Hashable, Sendable {
    /// Milliseconds since 1970-01-01T00:00Z: the first moment that is too late.
    public let milliseconds: Int64
    /// Whether a year decided it whose holidays have not been announced; it is computed again when they are.
    public let isProvisional: Bool

    public init(milliseconds: Int64, isProvisional: Bool) {
        self.milliseconds = milliseconds
        self.isProvisional = isProvisional
    }
}
