/// A deadline that progress extends at a minimum rate, though never beyond its allowance from now: a slow line is
/// served, a drip is cut, and much sent at once buys no long silence afterwards.
struct RateDeadline: Sendable {
    private let seconds: Double
    private let bytesPerSecondMin: Int
    private var end: Instant

    /// - Parameter seconds: the allowance: the time to the first progress, and the longest silence after any.
    init(start: Instant, seconds: Double, bytesPerSecondMin: Int) {
        self.seconds = seconds
        self.bytesPerSecondMin = bytesPerSecondMin
        end = start.advanced(bySeconds: seconds)
    }

    mutating func progressed(_ count: Int, at now: Instant) {
        let earned = end.advanced(bySeconds: Double(count) / Double(bytesPerSecondMin))
        end = min(earned, max(end, now.advanced(bySeconds: seconds)))
    }

    func hasPassed(at now: Instant) -> Bool {
        now > end
    }
}
