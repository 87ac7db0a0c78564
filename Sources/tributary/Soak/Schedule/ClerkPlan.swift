import Simulator

/// What one clerk does and when, drawn from the soak's seed alone, step by step without end.
///
/// Which ticket a step falls on depends on what the nodes have answered until then; when which step comes does not.
struct ClerkPlan: Sendable {
    /// Of a thousand steps at a branch.
    static let branchShares: [(ClerkStep.Kind, Int)] = [
        (.take, 240), (.note, 170), (.assign, 150), (.step, 180), (.offer, 25), (.accept, 40), (.askRefund, 30),
        (.settle, 23), (.show, 70), (.list, 70), (.verify, 2),
    ]
    /// Of a thousand steps at the hub.
    static let hubShares: [(ClerkStep.Kind, Int)] = [
        (.take, 50), (.note, 120), (.assign, 130), (.step, 50), (.decide, 250), (.settle, 58), (.show, 170),
        (.list, 170), (.verify, 2),
    ]

    private let shares: [(ClerkStep.Kind, Int)]
    private let gapSeconds: Double
    private var random: SplitMix64
    private var at = 0.0

    /// - Parameters:
    ///   - clerk: the clerk's number in the province.
    ///   - rate: steps a second.
    init(seed: UInt64, clerk: Int, isAtHub: Bool, rate: Double) {
        precondition(rate > 0, "a clerk does something")
        random = SplitMix64(seed: (seed &* 1_000_003) ^ (UInt64(clerk) &+ 1))
        shares = isAtHub ? Self.hubShares : Self.branchShares
        gapSeconds = 1 / rate
    }

    /// The next step; between two lies half the usual gap to one and a half of it.
    mutating func next() -> ClerkStep {
        at += gapSeconds * (0.5 + Double(random.next() % 1_000) / 1_000)
        var share = Int(random.next() % 1_000)
        let kind = shares.first { _, part in
            share -= part
            return share < 0
        }?.0
        return ClerkStep(kind: kind ?? .show, at: at, draw: random.next())
    }
}
