import Testing

@testable import Simulator

struct HTMLReportTests {
    private func text(_ outcome: Outcome, _ language: ReportLanguage = .both) -> String {
        String(decoding: HTMLReport(outcome, language: language).bytes, as: UTF8.self)
    }

    @Test(
        "A report is well-formed and the same bytes for equal outcomes",
        arguments: Verdict.allCases, ReportLanguage.allCases)
    func aReportIsWell(verdict: Verdict, language: ReportLanguage) {
        let report = HTMLReport(OutcomeFixture.outcome(verdict), language: language).bytes
        #expect(report == HTMLReport(OutcomeFixture.outcome(verdict), language: language).bytes)
        #expect(report != HTMLReport(OutcomeFixture.outcome(verdict, seed: 6), language: language).bytes)
        let checked = MarkupChecker.check(report)
        #expect(checked.fault == nil)
        #expect(checked.elements["svg"] ?? 0 > 10)
    }

    @Test("A report runs no script and asks nobody for anything")
    func aReportRunsNo() {
        let page = text(OutcomeFixture.outcome(.safetyBroken)).lowercased()
        for banned in [
            "http:", "https:", "<script", "<link", "<img", "<iframe", "@import", "javascript:", " src=", " onload",
            " onclick",
        ] {
            #expect(!page.contains(banned), "\(banned)")
        }
        let parts = page.split(separator: "url(").dropFirst()
        #expect(!parts.isEmpty && parts.allSatisfy { $0.hasPrefix("#fault-") })
    }

    @Test("Whatever stands in names is text and nothing else")
    func whateverStandsInNames() {
        var outcome = OutcomeFixture.outcome(.livenessBroken)
        let hostile = "</style><script>alert('1' & \"2\")</script>\u{0}\u{1B}[2J\u{202E}]]>"
        outcome.scenario = hostile
        outcome.asks = hostile
        outcome.file = hostile
        outcome.build = hostile
        outcome.digest = hostile
        outcome.province = Words(zh: hostile, en: hostile)
        for index in outcome.sites.indices { outcome.sites[index].name = Words(zh: "中\(hostile)", en: hostile) }
        outcome.missing = [hostile]
        outcome.marks[0].name = hostile
        outcome.conflicts.byField[0].field = hostile
        outcome.expectations[0].name = hostile
        outcome.invariants[20].breaches[0].text = hostile
        outcome.invariants[6].waitsFor = hostile
        let bytes = HTMLReport(outcome).bytes
        #expect(MarkupChecker.check(bytes).fault == nil)
        #expect(MarkupChecker.check(bytes).elements["script"] == nil)
        let page = String(decoding: bytes, as: UTF8.self)
        #expect(page.contains("&lt;script&gt;alert(&#39;1&#39; &amp; &quot;2&quot;)&lt;/script&gt;"))
        #expect(!page.contains("\u{202E}") && !page.contains("\u{1B}"))
    }

    @Test("Everything said in one language is said in the other")
    func everythingSaidInOne() {
        let page = text(OutcomeFixture.outcome(.safetyBroken))
        let chinese = page.components("class=\"zh\" lang=\"zh-CN\">")
        let english = page.components("class=\"en\" lang=\"en\">")
        #expect(chinese.count == english.count && chinese.count > 150)
        #expect(english.dropFirst().allSatisfy { !$0.prefix { $0 != "<" }.unicodeScalars.contains(where: isChinese) })
        #expect(
            chinese.dropFirst().allSatisfy { !$0.hasPrefix("<") }
                && english.dropFirst().allSatisfy { !$0.hasPrefix("<") })
    }

    @Test("A report in one language holds no word of the other and no switch")
    func aReportInOne() {
        let english = text(OutcomeFixture.outcome(.livenessBroken), .en)
        #expect(!english.unicodeScalars.contains(where: isChinese))
        #expect(!english.contains("<input"))
        let chinese = text(OutcomeFixture.outcome(.livenessBroken), .zh)
        for word in [">Sync lag<", ">Backlog<", ">holds<", ">Akesu<", "not exercised"] {
            #expect(!chinese.contains(word))
        }
    }

    @Test("The figures on the page are those of the outcome")
    func theFiguresOnThe() {
        let page = text(OutcomeFixture.outcome(), .en)
        for figure in [
            "¥12,345.50", ">79<", ">4.2<", ">2.4<", ">62 h 34 min<", ">30 h 41 min<", ">176<",
            ">tributary simulate run Simulations/fibre-cut.json --seed 0x5eed<", ">c0ffee1234567890<",
            ">of them as duplicates 19<", ">clocks of service times<", ">Of 18,420 edits<",
        ] {
            let tied = figure.contains(" h ") ? String(figure.map { $0 == " " ? "\u{A0}" : $0 }) : figure
            #expect(page.contains(tied), "\(figure)")
        }
        #expect(page.components("<tr>").count - 1 > 60)
    }

    @Test("The ten promises and all invariants stand in the page, whatever the outcome says of them")
    func theTenPromisesAnd() {
        var outcome = OutcomeFixture.outcome()
        outcome.promises = []
        let page = text(outcome, .en)
        for name in PromiseWords.names { #expect(page.contains(">\(name)<")) }
        #expect(page.components("not exercised").count - 1 >= 10)
        for words in InvariantWords.standard.byNumber { #expect(page.contains(SafeText.escaped(words.en))) }
    }

    @Test("An outcome of nothing and one of the greatest numbers are drawn without a trap")
    func anOutcomeOfNothing() {
        var nothing = OutcomeFixture.outcome(.inconclusive)
        nothing.simulated = .zero
        nothing.sites = []
        nothing.faults = []
        nothing.heals = []
        nothing.promises = []
        nothing.invariants = []
        nothing.marks = []
        nothing.moments = []
        nothing.expectations = []
        nothing.conflicts = ConflictFigures(edits: 0, byField: [])
        nothing.hub = HubFigures(
            busyPerMille: [], requests: [], bytesIn: [], bytesOut: [], databaseBytes: 0, busyPerMilleP95: 0)
        #expect(MarkupChecker.check(HTMLReport(nothing).bytes).fault == nil)
        #expect(!TerminalView(nothing).text.isEmpty)
        let large = OutcomeFixture.greatest
        #expect(MarkupChecker.check(HTMLReport(large).bytes).fault == nil)
        #expect(!TerminalView(large).text.isEmpty && !Comparison(nothing, large).text.isEmpty)
        #expect(MarkupChecker.check(Comparison(nothing, large).html).fault == nil)
    }

    @Test("Sixty sites and a year fill several pictures, and none of them is a smear")
    func sixtySitesAndA() {
        var outcome = OutcomeFixture.outcome(days: 30)
        let branch = outcome.sites[1]
        outcome.sites =
            outcome.sites.prefix(1)
            + (0..<60).map { index in
                var site = branch
                site.id = "xx-\(index)"
                return site
            }
        let page = text(outcome, .en)
        #expect(page.components("id=\"lag-6-t\"").count == 2)
        #expect(page.contains("Each bar is the worst hour of so many: 2."))
        #expect(HTMLReport(outcome).bytes.count < 3_000_000)
    }
}

extension String {
    /// What lies between a separator.
    func components(_ separator: String) -> [String] {
        split(separator: separator, omittingEmptySubsequences: false).map(String.init)
    }
}

/// Whether a scalar is a Chinese character or Chinese punctuation.
func isChinese(_ scalar: Unicode.Scalar) -> Bool {
    (0x3000...0x303F).contains(scalar.value) || (0x4E00...0x9FFF).contains(scalar.value)
        || (0xFF00...0xFF60).contains(scalar.value)
}
