import Testing

@testable import tributary

/// What counts as growth, and what does not.
@Suite struct TrendTests {
    private func trend(_ count: Int = 300, _ value: (Int) -> Double) throws -> Trend {
        try #require(Trend((0..<count).map { (Double($0) * 2, value($0)) }))
    }

    @Test("a steady leak rises, by as much as it has leaked between the second and the last quarter")
    func leak() throws {
        let leak = try trend { 40_000 + 100 * Double($0) }
        // Half of 300 measurements lie between the middles of the two quarters.
        #expect(leak.rises(by: 14_900))
        #expect(!leak.rises(by: 15_100))
    }

    @Test("a leak under a sawtooth is found all the same")
    func leakUnderTeeth() throws {
        let leak = try trend { 40_000 + 100 * Double($0) + Double($0 % 20) * 1_000 }
        #expect(leak.rises(by: 12_000))
    }

    @Test("a sawtooth alone is no rise, whatever its period", arguments: [3, 20, 70, 149])
    func sawtooth(period: Int) throws {
        let teeth = try trend { 40_000 + Double($0 % period) / Double(period) * 20_000 }
        #expect(!teeth.rises(by: 12_000))
    }

    @Test("one step that stays is no rise, early, in the middle or late", arguments: [20, 150, 280])
    func step(at index: Int) throws {
        let step = try trend { $0 < index ? 40_000 : 60_000 }
        #expect(!step.rises(by: 12_000))
    }

    @Test("a fall, a flat line and single outliers are no rise")
    func noRise() throws {
        #expect(try !trend { 60_000 - 100 * Double($0) }.rises(by: 1))
        #expect(try !trend { _ in 40_000 }.rises(by: 0))
        #expect(try !trend { $0 % 50 == 49 ? 1e9 : 40_000 }.rises(by: 1))
    }

    @Test("too few measurements, or a quarter without any, have no trend")
    func tooFew() {
        let count = Trend.measurementsMin
        #expect(Trend((0..<count - 1).map { (Double($0), 1) }) == nil)
        #expect(Trend((0..<count).map { (Double($0), 1) }) != nil)
        #expect(Trend((0..<20).map { (Double($0 < 10 ? $0 : $0 + 40), 1) }) == nil)
        #expect(Trend((0..<20).map { _ in (5, 1) }) == nil)
        #expect(Trend([]) == nil)
    }

    @Test("the median of an even number lies between its two middles")
    func median() {
        #expect(Trend.median([3, 1, 2]) == 2)
        #expect(Trend.median([4, 1, 3, 2]) == 2.5)
        #expect(Trend.median([]) == 0)
    }
}
