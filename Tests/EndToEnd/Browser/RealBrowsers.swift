import Testing

/// Everything here drives a browser at processes of the built command: one test at a time, beside those that need no
/// browser.
@Suite("Real browsers", .serialized, .aheadOfOthers)
enum RealBrowsers {}
