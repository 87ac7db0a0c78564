import Replication

/// What came of settling or reinstating what a change has lost.
public enum ResolutionOutcome: Sendable {
    case resolved(Resolution)
    /// The author was shown something older than what is in force now: nothing was written.
    case changedSince(ChangedSince)
}

/// What was settled, and by which changes; of a run of overtaken steps also what could not be done again.
public struct Resolution: Sendable {
    public struct Done: Sendable {
        public let losing: ChangeReference
        /// The change that settled it and, where that was asked for, did it again.
        public let by: ChangeReference
    }

    /// A step that stays open.
    public struct Left: Sendable {
        public let losing: ChangeReference
        /// The step's name; nil where only fields are left of it.
        public let step: String?
        public let reason: String
    }

    public let row: EntityRow
    public let done: [Done]
    public let left: [Left]
    /// The same request had been carried out before; nothing new was written.
    public let isReplay: Bool
}
