import Testing

@testable import tributary

@Suite struct RoundsTests {
    @Test("baseline and measure take turns, and the first round warms up and does not count")
    func turns() throws {
        var calls: [String] = []
        let outcome = try Rounds.alternate(
            3,
            baseline: {
                calls.append("A")
                return calls.count == 1 ? 1_000 : 2
            },
            measured: {
                calls.append("B")
                return calls.count == 2 ? 1_000 : 6
            })
        #expect(calls == ["A", "B", "A", "B", "A", "B", "A", "B"])
        #expect(outcome == Outcome(figure: 6, baseline: 2, ratio: 3))
    }

    @Test("the ratio is the median of the rounds' own ratios, so that a slow round does not decide")
    func slowRound() throws {
        var baselines = [0.0, 1, 10, 1].makeIterator()
        var figures = [0.0, 3, 30, 2].makeIterator()
        let outcome = try Rounds.alternate(
            3, baseline: { baselines.next() ?? 0 }, measured: { figures.next() ?? 0 })
        #expect(outcome == Outcome(figure: 3, baseline: 1, ratio: 3))
    }

    @Test("the median is the middle value, or the mean of the two in the middle")
    func median() {
        #expect(Rounds.median([4]) == 4)
        #expect(Rounds.median([9, 1, 5]) == 5)
        #expect(Rounds.median([8, 2, 4, 6]) == 5)
    }
}
