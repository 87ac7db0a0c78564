import Standards
import Testing

@testable import Simulator

struct ReportTextTests {
    private func tied(_ text: String) -> String { String(text.map { $0 == "_" ? "\u{A0}" : $0 }) }

    @Test("Numbers are grouped, rounded down, and never overflow")
    func numbersAreGroupedRounded() {
        #expect(FigureText.grouped(0) == "0" && FigureText.grouped(1_234_567) == "1,234,567")
        #expect(FigureText.grouped(.min) == "−9,223,372,036,854,775,808")
        #expect(FigureText.bytes(999) == "999 B" && FigureText.bytes(12_449) == "12.4 kB")
        #expect(FigureText.bytes(216_000_000_000) == "216 GB" && FigureText.bytes(.max) == "9,223,372 TB")
        #expect(FigureText.yuan(fen: 1_234_505) == "¥12,345.05")
        #expect(FigureText.share(4, of: 10_000) == "0.04 %" && FigureText.share(1, of: 1_000_000) == "< 0.01 %")
        #expect(FigureText.share(1, of: 3) == "33.3 %" && FigureText.share(0, of: 7) == "0 %")
        #expect(FigureText.sum([.max, 1]) == .max)
        #expect(FigureText.scaled(.max, 10, over: 10) == .max && FigureText.scaled(.max, .max, over: 1) == .max)
        #expect(FigureText.scaled(7, 100, over: 3) == 233 && FigureText.scaled(1, 1, over: 0) == 0)
    }

    @Test(
        "Spans are said with their two largest units",
        arguments: [
            (0, "0_ms", "0_毫秒"), (12_340, "12.3_s", "12.3_秒"), (260_000, "4_min_20_s", "4_分_20_秒"),
            (111_900_000, "31_h_5_min", "31_小时_5_分"), (273_600_000, "3_d_4_h", "3_天_4_小时"), (3_600_000, "1_h", "1_小时"),
        ])
    func spansAreSaidWith(milliseconds: Int, en: String, zh: String) {
        let words = SpanWords.exact(milliseconds: Int64(milliseconds))
        #expect(words == Words(zh: tied(zh), en: tied(en)))
    }

    @Test("Moments are those of the province's wall clock")
    func momentsAreThoseOf() {
        let clock = ReportClock(OutcomeFixture.outcome())
        #expect(clock.moment(.zero) == Words(zh: tied("6月1日 周一_08:00"), en: tied("Mon 1 Jun_08:00")))
        #expect(clock.weekday(.hours(16)) == Words(zh: tied("周二_00:00"), en: tied("Tuesday_00:00")))
        #expect(clock.isMonday(.zero) && !clock.isMonday(.hours(16)))
        #expect(clock.date(.days(30)) == "2026-07-01")
    }

    @Test("The axis has its labels at the province's midnights, few enough to be read")
    func theAxisHasIts() {
        var outcome = OutcomeFixture.outcome()
        let fortnight = TimeAxis(outcome, left: 0, right: 14_000).ticks
        #expect(fortnight.count == 14 && fortnight[0].x == 666 && fortnight[0].words.en == "Tue 2")
        #expect(fortnight.filter(\.isStrong).map(\.words.en) == ["Mon 8", "Mon 15"])
        for days: Int64 in [1, 3, 40, 200, 3_660] {
            outcome.simulated = .days(days)
            #expect((3...17).contains(TimeAxis(outcome, left: 0, right: 5_000).ticks.count), "\(days) days")
        }
        outcome.simulated = .days(60)
        #expect(TimeAxis(outcome, left: 0, right: 5_000).ticks.first?.words.en == "8 Jun")
    }

    @Test("The logarithm is that of the base 2, rises with its argument, and takes any")
    func theLogarithmIsThat() {
        #expect(LogScale.logarithm(1) == 0 && LogScale.logarithm(1_024) == 10 << 12)
        #expect(LogScale.logarithm(3) == 6_492 && LogScale.logarithm(0) == 0)
        #expect(LogScale.logarithm(.max) >= (62 << 12) && LogScale.logarithm(.max) <= 63 << 12)
        var last: Int64 = -1
        for power in 0..<63 {
            let value = LogScale.logarithm(Int64(1) << Int64(power) + 1)
            #expect(value >= last)
            last = value
        }
        let scale = LogScale(around: [400, 90_000_000])
        #expect(scale.height(1, of: 600) == 0 && scale.height(.max, of: 600) == 600)
        #expect(scale.gridlines.map(\.words.en) == ["1 s", "1 min", "1 h", "1 d"])
    }

    @Test("Words for a shell are quoted where a shell would read more into them")
    func wordsForAShell() {
        #expect(ShellWord.quoted("Simulations/a-b_1.json") == "Simulations/a-b_1.json")
        #expect(ShellWord.quoted("a b; rm 'x'") == "'a b; rm '\\''x'\\'''" && ShellWord.quoted("") == "''")
    }

    @Test("Chinese is two columns wide and is cut where it would be too wide")
    func chineseIsTwoColumns() {
        #expect(DisplayWidth.columns("阿克苏 Akesu") == 12 && DisplayWidth.padded("⚡", to: 3) == "⚡ ")
        #expect(Words("阿克苏地区分公司营业厅").shortened(to: 10).zh == "阿克苏地…")
        #expect(Words("Akesu").shortened(to: 5).en == "Akesu")
    }
}
