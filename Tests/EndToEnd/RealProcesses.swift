import Testing

/// Everything here runs the built command in processes of its own: one test at a time, since ports and processors are
/// scarce: two at a time took no less in all, and kept the others waiting.
@Suite("Real processes", .serialized, .aheadOfOthers)
enum RealProcesses {}
