import Replication

/// Bugs that a run can switch on to see that a checker catches them. No node ever does.
public enum PlantedBug: String, CaseIterable, Sendable {
    case droppedSync
}

extension PlantedBug {
    /// What it switches on in the core; none where it is in the world around it.
    var mischief: Replication.Mischief {
        switch self {
        case .droppedSync: .none
        }
    }
}
