/// How a verdict looks on a page: a sign for grey paper, and a style. Slow is not wrong, and looks otherwise.
struct VerdictLook {
    let sign: String
    let style: String

    init(_ verdict: Verdict) {
        switch verdict {
        case .held: (sign, style) = ("✓", "verdict")
        case .expectationMissed, .inconclusive: (sign, style) = ("!", "verdict warn")
        case .safetyBroken, .livenessBroken, .nonDeterministic: (sign, style) = ("✗", "verdict bad")
        }
    }
}
