/// Bugs that a run can switch on to see that a checker catches them. No node ever does.
public enum PlantedBug: String, CaseIterable, Sendable {
    case droppedSync
}
