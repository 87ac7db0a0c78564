/// Good things that must happen now and then, or a swarm has not tried what it was made for.
public enum RareEvent: String, CaseIterable, Sendable {
    case bulkImport = "a file of rows imported at once"
    case clockCorrected = "times corrected before they were sent"
    case conflictKept = "a losing edit kept and listed"
    case duplicateRefused = "a second refund of one charge refused"
    case editedAtTwoBranches = "one ticket edited at two branches at once"
    case editedWithProvince = "one ticket edited at a branch and the province at once"
    case failedWrite = "a write that could not be kept, and was said so"
    case gaveUp = "somebody gave up on a write after 8 tries"
    case offered = "a ticket offered to another branch"
    case powerLostInWrite = "power lost in the middle of a write"
    case refundAskedTwice = "one refund asked at two counters"
    case standardChanged = "a standard changed"
    case stepAgainstStep = "a step against another step"
    case stepOvertaken = "a step overtaken and listed"
    case transferred = "a transfer accepted"
}
