/// What is done with a ticket whose circuit's number is not known where it is typed in.
public enum UnknownCircuit: String, Hashable, Sendable, CaseIterable {
    /// It is not taken.
    case refuse
    /// It is taken, and shown as unknown until the circuit is heard of: a branch without its line cannot know all.
    case flag
}
