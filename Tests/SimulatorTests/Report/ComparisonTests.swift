import Standards
import Testing

@testable import Simulator

struct ComparisonTests {
    private let slow = OutcomeFixture.outcome(.expectationMissed)
    private var fast: Outcome {
        var fast = OutcomeFixture.outcome(.held)
        fast.heals[1].levelAfter = .minutes(841)
        fast.refunds.paid = 180
        fast.sites[2].lag?.p99 = 1_000
        fast.sites[2].lag?.max = 2_000
        fast.promises[6].finding = .broken
        fast.digest = "other"
        return fast
    }

    private func figure(_ comparison: Comparison, _ key: String) -> ComparedFigure? {
        comparison.figures.first { $0.key == key }
    }

    @Test("Differences are the second run less the first, with their sign")
    func differencesAreTheSecond() {
        let comparison = Comparison(slow, fast)
        #expect(figure(comparison, "levelAfterMaxMilliseconds")?.difference == -1_000 * 60_000)
        #expect(figure(comparison, "refundsPaid")?.differenceWords.en == "+4 (+2 %)")
        #expect(figure(comparison, "hubBusyPerMilleP95")?.differs == false)
        let akesu = comparison.lagBySite.first { $0.key == "xj-akesu" }
        #expect(akesu?.second == 1_000 && (akesu?.difference ?? 0) < 0)
    }

    @Test("What differs is marked in the text, and nothing else")
    func whatDiffersIsMarked() {
        let lines = Comparison(slow, fast).text.components("\n")
        #expect(lines.contains { $0.hasPrefix("*  Slowest to be level") })
        #expect(lines.contains { $0.hasPrefix("   Hub CPU p95") && $0.hasSuffix("=") })
        #expect(lines.contains { $0.hasPrefix("*  scope") && $0.contains("holds") && $0.hasSuffix("broken") })
        #expect(lines.contains { $0.hasPrefix("*  verdict") })
    }

    @Test("A run beside itself differs in nothing")
    func aRunBesideItself() {
        let comparison = Comparison(slow, slow)
        #expect(!comparison.text.contains("*") && comparison.text.contains("The two runs were the same."))
        let json = comparison.json
        for list in ["figures", "lagP99MillisecondsBySite", "backlogPeakOperationsBySite", "findings"] {
            let entries = json[list]?.arrayValue ?? []
            #expect(!entries.isEmpty && entries.allSatisfy { $0["differs"] == false })
        }
    }

    @Test("Machines find both values and the difference, and null for what a run has not")
    func machinesFindBothValues() {
        var less = fast
        less.sites.removeAll { $0.id == "xj-yili" }
        let json = Comparison(slow, less).json
        let paid = json["figures"]?.arrayValue?.first { $0["name"] == "refundsPaid" }
        #expect(paid == ["name": "refundsPaid", "first": 176, "second": 180, "difference": 4, "differs": true])
        let yili = json["lagP99MillisecondsBySite"]?.arrayValue?.first { $0["name"] == "xj-yili" }
        #expect(yili?["second"]?.isNull == true && yili?["difference"]?.isNull == true && yili?["differs"] == true)
        #expect(json["second"]?["digest"] == "other")
    }

    @Test("The page of a comparison is well-formed and the same bytes twice")
    func thePageOfA() {
        #expect(MarkupChecker.check(Comparison(slow, fast).html).fault == nil)
        #expect(Comparison(slow, fast).html == Comparison(slow, fast).html)
    }
}
