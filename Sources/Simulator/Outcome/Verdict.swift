/// What a rehearsal came to, and the exit code that says so.
public enum Verdict: String, CaseIterable, Sendable {
    case held, safetyBroken, livenessBroken, expectationMissed, nonDeterministic, inconclusive

    public var exitCode: Int32 {
        switch self {
        case .held: 0
        case .safetyBroken: 3
        case .livenessBroken: 4
        case .expectationMissed: 5
        case .nonDeterministic: 6
        case .inconclusive: 7
        }
    }
}

/// What became of one promise or one invariant.
public enum Finding: String, CaseIterable, Sendable {
    case holds, broken
    /// Nothing in the run put it to the test; that is no pass.
    case notExercised
}
