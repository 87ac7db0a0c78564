/// What becomes of the columns that a map does not name.
public struct UnnamedColumns: Hashable, Sendable {
    /// Whether their cells are kept with the ticket.
    public let areKept: Bool
    /// Columns that are left out all the same.
    public let ignored: [String]

    public init(areKept: Bool = true, ignored: [String] = []) {
        self.areKept = areKept
        self.ignored = ignored
    }
}
