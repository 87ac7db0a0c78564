/// The verdict of a run in a sentence or two, and what it says to the scenario's question.
struct VerdictSentence {
    private let outcome: Outcome
    private let figures: ReportFigures
    private let clock: ReportClock

    init(_ outcome: Outcome) {
        self.outcome = outcome
        figures = ReportFigures(outcome)
        clock = ReportClock(outcome)
    }

    var words: Words { .sentences([judgement] + (isTrustworthy ? [behind].compactMap(\.self) : [])) }

    private var isTrustworthy: Bool { outcome.verdict != .nonDeterministic }

    private var judgement: Words {
        switch outcome.verdict {
        case .held: held
        case .safetyBroken: safetyBroken
        case .livenessBroken: livenessBroken
        case .expectationMissed: expectationMissed
        case .nonDeterministic:
            Words(
                zh: "同一种子的两次运行不一致：以下数字不可采信。",
                en: "Two runs of one seed differed: no figure below can be relied on.")
        case .inconclusive:
            Words(
                zh: "演练没有得出结论：运行在判定之前就停止了。",
                en: "The run ended before anything could be concluded.")
        }
    }

    private var held: Words {
        let untried = figures.count(.notExercised)
        if untried == 0 { return Words(zh: "全部承诺成立。", en: "All promises held.") }
        let kept = figures.count(.holds)
        return Words(
            zh: "没有违反任何承诺：\(kept) 项成立，\(untried) 项未检验。",
            en: "No promise was broken: \(kept) held, \(untried) \(untried == 1 ? "was" : "were") not exercised.")
    }

    private var safetyBroken: Words {
        let names = figures.brokenInvariants.filter { !$0.isLiveness }.map(InvariantWords.standard.words)
        let what =
            names.isEmpty
            ? Words("")
            : Words(zh: "：", en: ": ")
                + Words(
                    zh: names.prefix(3).map(\.zh).joined(separator: "；"),
                    en: names.prefix(3).map(\.en).joined(separator: "; "))
        let count = max(1, figures.count(.broken))
        let first = outcome.invariants.filter { !$0.isLiveness }.flatMap(\.breaches).map(\.at).min()
        let when = first.map { Words(zh: "，首次在", en: ", first on ") + clock.moment($0) } ?? Words("")
        return Words(zh: "违反了 \(count) 项承诺", en: count == 1 ? "A promise was broken" : "\(count) promises were broken")
            + when + what + Words(zh: "。", en: ".")
    }

    private var livenessBroken: Words {
        let count = outcome.missing.count
        let what =
            count == 0
            ? Words("")
            : Words(zh: "，尚缺 \(count) 项", en: ": \(count) \(count == 1 ? "thing is" : "things are") missing")
        return Words(zh: "故障解除后，全省没有按时恢复一致", en: "The province did not become level in time") + what
            + Words(zh: "。", en: ".")
    }

    private var expectationMissed: Words {
        let missed = figures.missedExpectations
        let parts = missed.map { expectation in
            let words = ReportWords.standard
            let was = expectation.was.map { words.value($0, of: expectation.name) } ?? words.notMeasured
            return words.expectation(expectation.name) + Words(zh: "为 ", en: " was ") + was
                + Words(zh: "（至多 ", en: " (at most ") + words.value(expectation.most, of: expectation.name)
                + Words(zh: "）", en: ")")
        }
        return held
            + Words(
                zh: "但 \(missed.count) 项期望未达到：",
                en: " But \(missed.count) of \(outcome.expectations.count) expectations "
                    + "\(missed.count == 1 ? "was" : "were") missed: ")
            + Words.list(parts) + Words(zh: "。", en: ".")
    }

    private var behind: Words? {
        guard let site = figures.mostBehind, ReportFigures.longest(site) > 0 else { return nil }
        let span = SpanWords.rough(milliseconds: ReportFigures.longest(site))
        let level = figures.levelAgain(site.id).map {
            Words(zh: "，", en: " and level again ") + clock.weekday($0) + Words(zh: " 恢复一致", en: "")
        }
        return site.name + Words(zh: "最多落后 ", en: " was ") + span + Words(zh: "", en: " behind at worst")
            + (level ?? Words("")) + Words(zh: "。", en: ".")
    }

    /// What the figures say to the question, a sentence each.
    var answer: [Words] {
        [levelling, backlog, hub, expectations].compactMap(\.self)
    }

    private var levelling: Words? {
        let heals = outcome.heals.count
        guard heals > 0 else { return nil }
        let never = figures.neverLevel
        if !never.isEmpty {
            var names: [Words] = []
            for name in never.map({ figures.name($0.site) }) where !names.contains(name) { names.append(name) }
            return Words(
                zh: "\(heals) 次故障解除中，\(never.count) 次之后没有恢复一致：",
                en: "After \(never.count) of \(heals) heals a site was never level again: ")
                + Words.list(names) + Words(zh: "。", en: ".")
        }
        guard let slowest = figures.slowestHeal, let after = slowest.levelAfter else { return nil }
        var english = "Every site was level again after each of \(heals) heals; slowest was "
        if heals == 1 { english = "Every site was level again after the one heal: " }
        return Words(
            zh: "\(heals) 次故障解除后都恢复了一致；最慢的是",
            en: english)
            + figures.name(slowest.site) + Words(zh: "（", en: " (") + FaultWords.standard.words(slowest.kind)
            + Words(zh: "之后），用时 ", en: "), in ") + SpanWords.exact(after) + Words(zh: "，", en: ", on ")
            + clock.moment(slowest.at + after) + Words(zh: "。", en: ".")
    }

    private var backlog: Words? {
        guard let peak = figures.backlogPeak else { return nil }
        let count = FigureText.grouped(peak.operations)
        let changes = peak.operations == 1 ? "change" : "changes"
        return Words(zh: "积压最多时，", en: "At most \(count) \(changes) waited, at ") + peak.site.name
            + Words(zh: "有 \(count) 个变更等待上传（", en: " (") + clock.moment(peak.at) + Words(zh: "）。", en: ").")
    }

    private var hub: Words? {
        guard !outcome.hub.busyPerMille.isEmpty else { return nil }
        let perMille = outcome.hub.busyPerMilleP95
        guard perMille > 0 else {
            return Words(
                zh: "省中心 CPU 在 95% 的小时内低于 0.1 %。", en: "The hub's CPU stayed below 0.1 % in 95 of 100 hours.")
        }
        let busy = FigureText.percent(perMille: perMille)
        return Words(
            zh: "省中心 CPU 在 95% 的小时内不超过 \(busy)。", en: "The hub's CPU stayed at or below \(busy) in 95 of 100 hours.")
    }

    private var expectations: Words? {
        let count = outcome.expectations.count
        guard count > 0 else { return nil }
        let unmeasured = outcome.expectations.count { $0.was == nil }
        let met = count - figures.missedExpectations.count - unmeasured
        let rest =
            unmeasured == 0
            ? Words("") : Words(zh: "，\(unmeasured) 项无可测量", en: "; for \(unmeasured) there was nothing to measure")
        var english = "\(met) of \(count) expectations were met"
        if count == 1 { english = met == 1 ? "The one expectation was met" : "The one expectation was not met" }
        return Words(zh: "\(count) 项期望达到 \(met) 项", en: english) + rest
            + Words(zh: "。", en: ".")
    }
}
