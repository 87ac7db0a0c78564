/// Counts the starts of a node outside its database, so that a database put back from a backup gives itself away.
///
/// The side file is written first, then the database: exactly one start ahead is a crash in between, more is a restore.
public struct StartCount: Equatable, Sendable {
    /// The number of the start that begins now.
    public let start: UInt32
    /// What the side file must say before anything else is done; nil when it says so already.
    public let toWrite: UInt32?
    /// Why database and side file cannot belong together; nil if they can.
    public let contradiction: String?

    /// - Parameters:
    ///   - known: what the database knows of its last start.
    ///   - counted: what the side file says; nil if there is none.
    ///   - isHub: a branch that was put back goes on under a new origin; a hub stops until its operator has acted.
    public init(known: UInt32, counted: UInt32?, isHub: Bool) {
        // One ahead: the start before this was cut off between the two, and nothing was sent under its number.
        if let counted, counted == known + 1 {
            (start, toWrite, contradiction) = (counted, nil, nil)
        } else if counted == nil || counted == known {
            (start, toWrite, contradiction) = (known + 1, known + 1, nil)
        } else {
            start = max(counted ?? 0, known) + 1
            // At a hub neither is touched, so that the next start finds the same.
            toWrite = isHub ? nil : start
            contradiction =
                "the database knows of \(known) starts and the side file of \(counted ?? 0): the database was put "
                + "back, or copied here"
        }
    }
}
