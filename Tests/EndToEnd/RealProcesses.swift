import Testing

/// Everything here runs the built command in processes of its own: one test at a time, since ports and processors are
/// scarce. What drives a browser as well is in ``RealBrowsers``.
@Suite("Real processes", .serialized, .aheadOfOthers)
enum RealProcesses {}
