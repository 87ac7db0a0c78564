import Testing

/// Gives a suite its turns before those of others. One that is serialized would otherwise wait after each of its tests
/// for all that is in the queue, and be left over when the processors have nothing else to do.
struct AheadOfOthers: SuiteTrait, TestScoping {
    func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
        try await withoutActuallyEscaping(function) { function in
            try await Task(priority: .high) { try await function() }.value
        }
    }
}

extension Trait where Self == AheadOfOthers {
    static var aheadOfOthers: AheadOfOthers { AheadOfOthers() }
}
