import Simulator

/// What `simulate` tells its caller.
enum RehearsalExits {
    static let all: [ExitCode] =
        [RehearsalVerdict.held, .safetyBroken, .livenessBroken, .expectationMissed, .nonDeterministic, .inconclusive]
        .map(code)
        + [.usage]

    static func code(_ verdict: RehearsalVerdict) -> ExitCode {
        if verdict == .held { return .done }
        let meaning =
            switch verdict {
            case .held: ""
            case .safetyBroken: "a promise of safety broke"
            case .livenessBroken: "the province did not become level"
            case .expectationMissed: "slow, not wrong: an expectation was missed"
            case .nonDeterministic: "two runs of one seed differed"
            case .inconclusive: "it was not carried to its end"
            }
        return ExitCode(rawValue: verdict.exitCode, meaning: meaning)
    }
}
