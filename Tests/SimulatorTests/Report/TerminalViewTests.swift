import Standards
import Testing

@testable import Simulator

struct TerminalViewTests {
    private func lines(_ outcome: Outcome, isASCII: Bool = false) -> [String] {
        TerminalView(outcome, isASCII: isASCII).text.components("\n")
    }

    @Test("The grid fits a screenful or two whatever the span", arguments: [1, 2, 14, 30, 365, 3_660] as [Int64])
    func theGridFitsA(days: Int64) {
        var outcome = OutcomeFixture.outcome()
        outcome.simulated = .days(days)
        let grid = MomentGrid(outcome: outcome, isASCII: false)
        #expect(grid.lines.count <= 62)
        #expect(outcome.simulated.microseconds <= grid.stretch.microseconds * 60)
    }

    @Test("Of a stretch the weightiest event is shown, and a cut stays until the line is joined")
    func ofAStretchThe() {
        var outcome = OutcomeFixture.outcome()
        outcome.faults = []
        outcome.moments = [
            Moment(at: .hours(1), site: "xj-akesu", kind: .pushed),
            Moment(at: .hours(2), site: "xj-akesu", kind: .crashed),
            Moment(at: .hours(3), site: "xj-akesu", kind: .pulled), Moment(at: .hours(7), site: "xj-yili", kind: .cut),
            Moment(at: .hours(13), site: "xj-urumqi", kind: .wrote),
            Moment(at: .hours(19), site: "xj-yili", kind: .joined),
            Moment(at: .hours(20), site: "xj-akesu", kind: .started),
        ]
        let grid = MomentGrid(outcome: outcome, isASCII: true).lines
        let cells = grid.dropFirst().prefix(4).map { $0.dropFirst(17).split(separator: " ").joined() }
        #expect(cells == ["..X...", "..-..|", ".w-..:", "..^..="])
        #expect(grid.last?.contains("without events") == true)
    }

    @Test("A cut that only the faults tell of is shown too")
    func aCutThatOnly() {
        var outcome = OutcomeFixture.outcome()
        outcome.moments = []
        outcome.faults = [FaultBand(kind: .linkCut, sites: ["xj-akesu"], from: .hours(7), to: .hours(20))]
        let grid = MomentGrid(outcome: outcome, isASCII: true)
        #expect(grid.lines.contains { $0.hasSuffix("|       .       .       .") })
        #expect(grid.legend.joined().contains("| line cut") && grid.legend.joined().contains(": still cut"))
    }

    @Test("A last moment at the very end of the run is not lost")
    func aLastMomentAt() {
        var outcome = OutcomeFixture.outcome()
        outcome.faults = []
        outcome.moments = [Moment(at: outcome.simulated, site: "xj-yili", kind: .crashed)]
        #expect(MomentGrid(outcome: outcome, isASCII: true).lines.last?.contains("X") == true)
    }

    @Test("On a plain terminal every byte is ASCII")
    func onAPlainTerminal() {
        for verdict in Verdict.allCases {
            #expect(TerminalView(OutcomeFixture.outcome(verdict), isASCII: true).text.utf8.allSatisfy { $0 < 0x80 })
        }
    }

    @Test("Names cannot steer the terminal")
    func namesCannotSteerThe() {
        var outcome = OutcomeFixture.outcome(.livenessBroken)
        let hostile = "\u{1B}[2J\u{7}\u{202E}name\nline"
        outcome.scenario = hostile
        outcome.asks = hostile
        outcome.build = hostile
        outcome.digest = hostile
        outcome.missing = [hostile]
        outcome.marks[0].name = hostile
        outcome.expectations[0].name = hostile
        outcome.file = hostile
        outcome.invariants[20].breaches = [Breach(at: .zero, sites: [hostile], text: hostile)]
        for index in outcome.sites.indices {
            outcome.sites[index].id = "\(hostile)\(index)"
            outcome.sites[index].name = Words(zh: hostile, en: hostile)
        }
        let text = TerminalView(outcome).text + Comparison(outcome, outcome).text
        #expect(!text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" || $0 == "\u{202E}" })
    }

    @Test("Breaches, what is missing and the line to repeat stand in words")
    func breachesWhatIsMissing() {
        let broken = TerminalView(OutcomeFixture.outcome(.safetyBroken)).text
        #expect(broken.contains("✗ 1 No acknowledged write lost, Sun 7 Jun 12:11 (6d04:11:08), xj-akesu and xj-hub"))
        #expect(broken.contains("simulate replay Simulations/fibre-cut.json --seed 0x5eed --until 6d04:11:09"))
        let late = TerminalView(OutcomeFixture.outcome(.livenessBroken)).text
        #expect(late.contains("missing:\n  xj-tulufan lacks 41 changes of xj-akesu"))
    }

    @Test("The first line names the run and the last its verdict and digest")
    func theFirstLineNames() {
        let lines = lines(OutcomeFixture.outcome())
        #expect(
            lines.first?.contains("seed 0x5eed, build tributary 0.4 (a1b2c3d), scenario 8a0f6d1c22e94b07, format 1")
                == true)
        #expect(lines.dropLast().last == "held: 1,284,377 events, 14d simulated, digest c0ffee1234567890")
        #expect(lines.allSatisfy { DisplayWidth.columns($0) <= 110 })
    }

    @Test("Many sites are numbered, and the legend says which is which")
    func manySitesAreNumbered() {
        var outcome = OutcomeFixture.outcome()
        let branch = outcome.sites[1]
        outcome.sites = (0..<40).map { index in
            var site = branch
            site.id = "xx-site\(index)"
            site.name = Words(zh: "站\(index)", en: "Site \(index)")
            return site
        }
        let grid = MomentGrid(outcome: outcome, isASCII: false)
        #expect(grid.lines[0].hasSuffix(" 40"))
        #expect(grid.legend.joined().contains("40 Site 39 站39"))
    }
}
