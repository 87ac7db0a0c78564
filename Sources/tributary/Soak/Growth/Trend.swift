/// How a series of measurements moves, by means that single outliers and a sawtooth do not sway.
struct Trend: Hashable, Sendable {
    /// Points the slope is fitted to; more measurements are drawn together first, so that a long run stays quick.
    static let pointsMax = 64
    /// Fewer measurements show nothing.
    static let measurementsMin = 8

    /// Medians of the series' quarters by time.
    let quarters: [Double]
    /// The median of the slopes between all pairs of points (Theil and Sen), a second.
    let slope: Double
    /// Seconds from the middle of the second quarter to the middle of the last.
    let secondsBetween: Double

    /// - Parameter series: by time.
    /// - Returns: nil when there are too few measurements, or a quarter of the time has none.
    init?(_ series: [(seconds: Double, value: Double)]) {
        guard series.count >= Self.measurementsMin, let first = series.first?.seconds, let last = series.last?.seconds,
            last > first
        else { return nil }
        let span = last - first
        func part(_ index: Int, of count: Int) -> [(seconds: Double, value: Double)] {
            series.filter { min(count - 1, Int(($0.seconds - first) / span * Double(count))) == index }
        }
        let parts = (0..<4).map { part($0, of: 4) }
        guard parts.allSatisfy({ !$0.isEmpty }) else { return nil }
        quarters = parts.map { Self.median($0.map(\.value)) }
        let count = min(Self.pointsMax, series.count)
        let points = (0..<count).compactMap { index -> (Double, Double)? in
            let some = part(index, of: count)
            guard !some.isEmpty else { return nil }
            return (Self.median(some.map(\.seconds)), Self.median(some.map(\.value)))
        }
        slope = Self.slope(points)
        secondsBetween = span / 2
    }

    /// Whether both the quarters and the slope say that the series has risen by more than `rise` between its second and
    /// its last quarter, and gone on rising: one step that stays, and teeth that fall back, are no such rise.
    func rises(by rise: Double) -> Bool {
        let leastEach = rise / 4
        return quarters[3] - quarters[1] > rise && slope * secondsBetween > rise
            && quarters[2] - quarters[1] > leastEach && quarters[3] - quarters[2] > leastEach
    }

    static func median(_ values: [Double]) -> Double {
        let sorted = values.sorted()
        guard !sorted.isEmpty else { return 0 }
        let middle = sorted.count / 2
        return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
    }

    private static func slope(_ points: [(Double, Double)]) -> Double {
        var slopes: [Double] = []
        for (index, here) in points.enumerated() {
            for there in points[(index + 1)...] where there.0 > here.0 {
                slopes.append((there.1 - here.1) / (there.0 - here.0))
            }
        }
        return median(slopes)
    }
}
