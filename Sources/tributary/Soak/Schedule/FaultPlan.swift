import Simulator

/// The faults of a soak, drawn from its seed alone: the same seed and length give the same faults at the same moments.
///
/// Growth is seen only in a process that lives long, so some do: the first half of the branches are never killed, and
/// the hub only in the first third of the run. Lines fail everywhere and all the time.
struct FaultPlan: Sendable {
    /// Seconds between the beginnings of two faults, in a run that is long enough.
    static let usualGapSeconds = 6.0
    /// A short run has at least this many faults, closer together.
    static let faultsMin = 10
    /// Milliseconds each way of a slow line.
    static let slowMilliseconds = 250

    let faults: [Fault]

    /// - Parameters:
    ///   - seconds: how long the load lasts.
    ///   - branches: how many there are, at least two.
    init(seed: UInt64, seconds: Double, branches: Int) {
        precondition(branches >= 2, "one branch is killed and another is not")
        var random = SplitMix64(seed: seed ^ 0xFA17)
        let gap = min(Self.usualGapSeconds, seconds / Double(Self.faultsMin + 2))
        var faults: [Fault] = []
        // Seconds at which each place is whole again; the hub is the last.
        var whole = [Double](repeating: 0, count: branches + 1)
        var kinds: [Fault.Kind] = []
        var at = gap
        while at + 2 * gap <= seconds {
            if kinds.isEmpty { kinds = Self.round(&random) }
            let kind = kinds.removeFirst()
            let lasts = gap * (0.4 + Double(random.next() % 1_000) / 1_000)
            let places = Self.places(of: kind, branches: branches).filter { whole[$0] <= at }
            if kind == .killHub, at > seconds / 3 {
                continue
            } else if places.isEmpty {
                // Where this can happen something else is being mended: it comes later in the round.
                kinds.append(kind)
            } else {
                let place = random.pick(places)
                faults.append(Fault(kind: kind, branch: place == branches ? nil : place, at: at, seconds: lasts))
                whole[place] = at + lasts + gap
            }
            at += gap
        }
        self.faults = faults
    }

    /// The branches that are never killed.
    static func steady(of branches: Int) -> Range<Int> { 0..<(branches + 1) / 2 }

    private static func places(of kind: Fault.Kind, branches: Int) -> [Int] {
        switch kind {
        case .killHub: [branches]
        case .killBranch: Array(steady(of: branches).upperBound..<branches)
        case .cut, .loseReplies, .slow: Array(0..<branches)
        }
    }

    /// Every kind once, the hub's death first, so that the first third of the shortest run sees it.
    private static func round(_ random: inout SplitMix64) -> [Fault.Kind] {
        var rest = Fault.Kind.allCases.filter { $0 != .killHub }
        var kinds = [Fault.Kind.killHub]
        while !rest.isEmpty { kinds.append(rest.remove(at: Int(random.next() % UInt64(rest.count)))) }
        return kinds
    }
}
