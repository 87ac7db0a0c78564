import Testing

@testable import Simulator

struct ReportWordsTests {
    /// Every wording that a table of words holds.
    private func wordings(_ table: Any) -> [(name: String, words: Words)] {
        Mirror(reflecting: table).children.flatMap { child -> [(name: String, words: Words)] in
            if let words = child.value as? Words { return [(child.label ?? "", words)] }
            return (child.value as? [Words] ?? []).map { (child.label ?? "", $0) }
        }
    }

    private func check(_ name: String, _ words: Words) {
        #expect(!words.zh.isEmpty && !words.en.isEmpty, "\(name) lacks a language")
        #expect(!words.en.unicodeScalars.contains(where: isChinese), "\(name): \(words.en)")
        #expect(words.zh == "CPU" || words.zh.unicodeScalars.contains(where: isChinese), "\(name): \(words.zh)")
    }

    @Test("No wording lacks a language")
    func noWordingLacksA() {
        let all = wordings(ReportWords.standard) + wordings(PromiseWords.standard) + wordings(InvariantWords.standard)
        #expect(all.count > 150)
        for (name, words) in all { check(name, words) }
    }

    @Test("Every fault, device, promise and invariant has a name of its own in both languages")
    func everyFaultDevicePromise() {
        let faults = FaultKind.allCases.map(FaultWords.standard.words)
        for words in faults { check("fault", words) }
        #expect(Set(faults.map(\.zh)).count == faults.count && Set(faults.map(\.en)).count == faults.count)
        for device in FaultKind.Device.allCases { check("device", FaultWords.standard.words(device)) }
        for name in PromiseWords.names { check(name, PromiseWords.standard.words(name)) }
        #expect(Set(InvariantWords.standard.byNumber).count == 29)
    }

    @Test("The verdict is a sentence in both languages")
    func theVerdictIsA() {
        func sentence(_ verdict: Verdict) -> Words {
            let words = VerdictSentence(OutcomeFixture.outcome(verdict)).words
            return Words(zh: TextFlow.plain(words.zh), en: TextFlow.plain(words.en))
        }
        let behind = " Akesu was 63 h behind at worst and level again Monday 00:12."
        #expect(sentence(.held).en == "No promise was broken: 8 held, 2 were not exercised." + behind)
        #expect(sentence(.held).zh == "没有违反任何承诺：8 项成立，2 项未检验。阿克苏最多落后 63 小时，周一 00:12 恢复一致。")
        #expect(
            sentence(.safetyBroken).en == "2 promises were broken, first on Sun 7 Jun 12:11: "
                + "No acknowledged write lost; Refunds exactly once." + behind)
        #expect(
            sentence(.livenessBroken).en.hasPrefix("The province did not become level in time: 2 things are missing."))
        #expect(
            sentence(.expectationMissed).en.contains(
                "But 1 of 4 expectations was missed: Sync lag p99 was 26 h 10 min (at most 10 min)."))
        for verdict in Verdict.allCases { check(verdict.rawValue, sentence(verdict)) }
        #expect(!sentence(.nonDeterministic).en.contains("Akesu"))
    }

    @Test("All promises held is said only when all ten were put to the test and held")
    func allPromisesHeldIs() {
        var outcome = OutcomeFixture.outcome()
        #expect(!VerdictSentence(outcome).words.en.contains("All promises held"))
        for index in outcome.promises.indices { outcome.promises[index].finding = .holds }
        #expect(VerdictSentence(outcome).words.en.hasPrefix("All promises held. Akesu was"))
    }

    @Test("Of very many heals the worst are shown, in their order")
    func ofVeryManyHeals() {
        var outcome = OutcomeFixture.outcome()
        outcome.heals = (0..<100).map { index in
            Heal(
                site: "xj-akesu", kind: .flapping, at: .hours(index),
                levelAfter: index == 7 ? nil : .minutes(index))
        }
        let heals = ReportFigures(outcome).notableHeals
        #expect(heals.map(\.at) == [.hours(7)] + (41..<100).map { VirtualTime.hours($0) })
    }

    @Test("A site that was not level again after one of its heals is not said to be")
    func aSiteThatWas() {
        var outcome = OutcomeFixture.outcome()
        outcome.heals[2].levelAfter = nil
        #expect(VerdictSentence(outcome).words.en.hasSuffix("behind at worst."))
        #expect(VerdictSentence(outcome).answer[0].en == "After 1 of 4 heals a site was never level again: Akesu.")
    }
}
