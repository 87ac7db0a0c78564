/// What the report, the terminal and the comparison draw from an outcome, reckoned once.
struct ReportFigures {
    /// Rows of a table that may grow with a run; the JSON holds all.
    static let rowsMax = 60

    let outcome: Outcome

    init(_ outcome: Outcome) { self.outcome = outcome }

    /// All sites but the hub, in the topology's order.
    var branches: [SiteOutcome] { outcome.sites.filter { !$0.isHub } }

    func name(_ site: String) -> Words { outcome.sites.first { $0.id == site }?.name ?? Words(site) }

    /// The name in this outcome or, of a site that is not of it, in another.
    func name(_ site: String, or other: Outcome) -> Words {
        outcome.sites.first { $0.id == site }?.name ?? ReportFigures(other).name(site)
    }

    /// The site whose changes waited longest for the hub, the first of equals.
    var mostBehind: SiteOutcome? {
        branches.filter { $0.lag != nil }.reduce(nil) { worst, site in
            guard let worst else { return site }
            return Self.longest(site) > Self.longest(worst) ? site : worst
        }
    }

    static func longest(_ site: SiteOutcome) -> Int64 { site.lag?.max ?? 0 }

    /// The greatest p99 of any branch, in milliseconds.
    var lagP99: Int64? { branches.compactMap { $0.lag?.p99 }.max() }

    /// When a site was last level again after a fault of its own, if it was.
    func levelAgain(_ site: String) -> VirtualTime? {
        let heals = outcome.heals.filter { $0.site == site }
        guard !heals.isEmpty, heals.allSatisfy({ $0.levelAfter != nil }) else { return nil }
        return heals.compactMap { heal in heal.levelAfter.map { heal.at + $0 } }.max()
    }

    /// The largest sample of any branch's backlog, where, and when it was first reached.
    var backlogPeak: (site: SiteOutcome, operations: Int64, at: VirtualTime)? {
        var peak: (site: SiteOutcome, operations: Int64, at: VirtualTime)?
        for site in branches {
            guard let most = site.backlog.max(), most > peak?.operations ?? 0,
                let index = site.backlog.firstIndex(of: most)
            else { continue }
            peak = (site, most, Self.sampleTime(site, index))
        }
        return peak
    }

    static func sampleTime(_ site: SiteOutcome, _ index: Int) -> VirtualTime {
        .minutes(Int64(index) * Int64(site.sampleMinutes))
    }

    /// The heal after which a site took longest, of those after which it was level.
    var slowestHeal: Heal? {
        outcome.heals.filter { $0.levelAfter != nil }.max {
            ($0.levelAfter ?? .zero, $1.at, $1.site) < ($1.levelAfter ?? .zero, $0.at, $0.site)
        }
    }

    /// All heals in their order or, of very many, those that were worst.
    var notableHeals: [Heal] {
        guard outcome.heals.count > Self.rowsMax else { return outcome.heals }
        func weight(_ heal: Heal) -> Int64 { heal.levelAfter?.microseconds ?? .max }
        let worst = outcome.heals.indices.sorted {
            (weight(outcome.heals[$1]), $0) < (weight(outcome.heals[$0]), $1)
        }
        return worst.prefix(Self.rowsMax).sorted().map { outcome.heals[$0] }
    }

    var neverLevel: [Heal] { outcome.heals.filter { $0.levelAfter == nil } }

    var conflicts: Int64 { FigureText.sum(outcome.conflicts.byField.map(\.count)) }

    /// Tenths of conflicts for a thousand edits; nil without edits.
    func perThousand(_ conflicts: Int64) -> Int64? {
        outcome.conflicts.edits > 0
            ? FigureText.scaled(conflicts, 10_000, over: outcome.conflicts.edits) : nil
    }

    /// The fields that conflicted most, and between which two sites.
    var commonestPairs: [ConflictCount] {
        let found = outcome.conflicts.byField.filter { $0.pair.count == 2 && $0.pairCount > 0 }
        return Array(found.sorted { ($1.pairCount, $0.field, $0.rule) < ($0.pairCount, $1.field, $1.rule) }.prefix(3))
    }

    /// Bytes between all branches and the hub.
    var bytesUp: Int64 { FigureText.sum(branches.flatMap(\.bytesUp)) }
    var bytesDown: Int64 { FigureText.sum(branches.flatMap(\.bytesDown)) }

    /// The mean over the run of what grew to `total`, a day; nil for a run of nothing.
    func perDay(_ total: Int64) -> Int64? {
        let seconds = outcome.simulated.seconds
        return seconds > 0 ? FigureText.scaled(total, 86_400, over: seconds) : nil
    }

    func count(_ finding: Finding) -> Int { outcome.promises.count { $0.finding == finding } }

    var brokenInvariants: [InvariantResult] { outcome.invariants.filter { $0.finding == .broken } }

    var missedExpectations: [ExpectationResult] { outcome.expectations.filter { !$0.isMet } }

    /// The faults that bear on a site, by their numbers in the table of faults, from 1.
    func faults(at site: SiteOutcome) -> [(number: Int, band: FaultBand)] {
        outcome.faults.enumerated().filter { _, band in
            if band.kind.isHubOnly { return true }
            return band.sites.isEmpty ? !site.isHub : band.sites.contains(site.id)
        }.map { ($0.offset + 1, $0.element) }
    }

    /// Pasteable: the whole run again.
    var command: String {
        "tributary simulate run \(ShellWord.quoted(outcome.file)) --seed \(seed)"
    }

    /// Pasteable: as far as the first breach, where there is one.
    var replay: String? {
        let first = outcome.invariants.flatMap(\.breaches).map(\.at).min()
        return first.map {
            "tributary simulate replay \(ShellWord.quoted(outcome.file)) --seed \(seed) --until "
                + DurationText.clock($0 + .seconds(1))
        }
    }

    var seed: String { "0x" + String(outcome.seed, radix: 16) }
}
