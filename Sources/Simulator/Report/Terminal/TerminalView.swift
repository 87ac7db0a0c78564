/// A rehearsal on a terminal: what happened where, and what it came to. English, like the commands.
public struct TerminalView: Sendable {
    private static let width = 100
    /// Lines of breaches, and of what is missing; the JSON holds all.
    private static let linesMax = 12

    private let outcome: Outcome
    private let isASCII: Bool

    /// - Parameter isASCII: for a terminal that shows nothing else; names in Chinese are then left out.
    public init(_ outcome: Outcome, isASCII: Bool = false) {
        self.outcome = outcome
        self.isASCII = isASCII
    }

    /// Ends with a line feed.
    public var text: String {
        let grid = MomentGrid(outcome: outcome, isASCII: isASCII)
        var blocks = [firstLine]
        if !outcome.moments.isEmpty { blocks.append(grid.lines + [""] + grid.legend) }
        blocks += [verdict, breaches, missing, promises, figures, lag, expectations, marks, lastLines]
        let text = blocks.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
        return isASCII ? TextFlow.ascii(text) : text
    }

    private var reckoned: ReportFigures { ReportFigures(outcome) }

    private var firstLine: [String] {
        [
            TextFlow.plain(
                "\(outcome.scenario): seed \(reckoned.seed), build \(outcome.build), "
                    + "scenario \(outcome.scenarioDigest), format \(OutcomeJSON.format)")
        ]
    }

    private var verdict: [String] {
        TextFlow.sentence(VerdictSentence(outcome).words.en, width: Self.width)
            + TextFlow.sentence("Asked: \(outcome.asks)", width: Self.width)
            + VerdictSentence(outcome).answer.flatMap { TextFlow.sentence($0.en, width: Self.width, indent: "  ") }
    }

    private var breaches: [String] {
        let clock = ReportClock(outcome)
        let all = outcome.invariants.flatMap { invariant in invariant.breaches.map { (invariant, $0) } }
        let lines = all.prefix(Self.linesMax).flatMap { invariant, breach in
            let head =
                "  ✗ \(invariant.number) \(InvariantWords.standard.words(invariant).en), "
                + "\(clock.moment(breach.at).en) (\(DurationText.clock(breach.at))), "
                + breach.sites.joined(separator: " and ")
            return [TextFlow.plain(head)] + TextFlow.sentence(breach.text, width: Self.width, indent: "      ")
        }
        return lines.isEmpty ? [] : ["broken:"] + lines + more(all.count)
    }

    private var missing: [String] {
        let lines = outcome.missing.prefix(Self.linesMax).flatMap {
            TextFlow.sentence($0, width: Self.width, indent: "  ")
        }
        return lines.isEmpty ? [] : ["missing:"] + lines + more(outcome.missing.count)
    }

    private func more(_ count: Int) -> [String] {
        count > Self.linesMax ? ["  and \(count - Self.linesMax) more, in the JSON"] : []
    }

    private var promises: [String] {
        var table = TextTable("llr")
        for name in PromiseWords.names {
            let result = outcome.promises.first { $0.name == name }
            let finding = result?.finding ?? .notExercised
            table.add([
                name, "\(Self.sign(finding)) \(ReportWords.standard.words(finding).en)",
                FigureText.grouped(result?.checked ?? 0),
            ])
        }
        let broken = outcome.invariants.count { $0.finding == .broken }
        let untried = outcome.invariants.count { $0.finding == .notExercised }
        let held = outcome.invariants.count - broken - untried
        return ["promises, and how often each was checked:"] + table.lines()
            + ["  \(outcome.invariants.count) invariants: \(held) hold, \(broken) broken, \(untried) not exercised"]
    }

    static func sign(_ finding: Finding) -> String {
        switch finding {
        case .holds: "✓"
        case .broken: "✗"
        case .notExercised: "○"
        }
    }

    private var figures: [String] {
        let refunds = outcome.refunds
        let hub = outcome.hub
        let perThousand = reckoned.perThousand(reckoned.conflicts).map(FigureText.tenths) ?? "–"
        var table = TextTable("ll")
        table.add([
            "work", "\(FigureText.grouped(outcome.changes)) changes, \(FigureText.grouped(outcome.tickets)) tickets",
        ])
        table.add(["conflicts", "\(FigureText.grouped(reckoned.conflicts)), \(perThousand) per 1,000 edits"])
        table.add([
            "refunds",
            "\(refunds.asked) asked for, \(refunds.paid) paid (\(FigureText.yuan(fen: refunds.paidFen))), "
                + "\(refunds.refused) refused (\(refunds.refusedAsDuplicates) as duplicates), "
                + "\(refunds.waiting) waiting",
        ])
        if outcome.service.clocks > 0 { table.add(["service limits", service]) }
        table.add([
            "hub",
            "CPU p95 \(FigureText.percent(perMille: hub.busyPerMilleP95)), "
                + "\(FigureText.grouped(FigureText.sum(hub.requests))) requests, "
                + "\(FigureText.bytes(FigureText.sum(hub.bytesIn))) in, "
                + "\(FigureText.bytes(FigureText.sum(hub.bytesOut))) out, "
                + "database \(FigureText.bytes(hub.databaseBytes))",
        ])
        return ["figures:"] + table.lines()
    }

    private var service: String {
        let service = outcome.service
        let words = "\(FigureText.grouped(service.clocks)) clocks, \(FigureText.grouped(service.seen)) called over: "
        return words + "\(service.real) truly (\(service.unconfirmed) not confirmed), \(service.byLag) by lag alone, "
            + "\(service.revised) revised"
    }

    private var lag: [String] {
        var table = TextTable("lrrrrr", heading: ["site", "lag p50", "p95", "p99", "max", "backlog peak"])
        for site in reckoned.branches {
            let lag = site.lag.map { [$0.p50, $0.p95, $0.p99, $0.max] }
            let spans = lag?.map { SpanWords.exact(milliseconds: $0).en } ?? Array(repeating: "–", count: 4)
            table.add([site.id] + spans + [FigureText.grouped(site.backlog.max() ?? 0)])
        }
        return table.lines()
    }

    private var expectations: [String] {
        guard !outcome.expectations.isEmpty else { return [] }
        var table = TextTable("llrr")
        let words = ReportWords.standard
        for expectation in outcome.expectations {
            let name = expectation.name
            let finding = expectation.was == nil ? "○ nothing to measure" : expectation.isMet ? "✓ met" : "✗ missed"
            table.add([
                name, finding, expectation.was.map { words.value($0, of: name).en } ?? "–",
                "at most \(words.value(expectation.most, of: name).en)",
            ])
        }
        return ["expectations:"] + table.lines()
    }

    private var marks: [String] {
        guard !outcome.marks.isEmpty else { return [] }
        var table = TextTable("rl")
        for mark in outcome.marks { table.add([FigureText.grouped(mark.count), mark.name]) }
        return ["rare cases met:"] + table.lines()
    }

    private var lastLines: [String] {
        let verdict =
            "\(outcome.verdict.rawValue): \(FigureText.grouped(Int64(clamping: outcome.events))) events, "
            + "\(DurationText.text(outcome.simulated)) simulated, digest \(outcome.digest)"
        return (["to repeat:", "  \(reckoned.command)"] + [reckoned.replay].compactMap(\.self).map { "  \($0)" })
            .map(TextFlow.plain) + ["", TextFlow.plain(verdict)]
    }
}
