/// A deadline that progress extends at a minimum rate: a slow line is served, a drip is cut.
struct RateDeadline: Sendable {
    private let start: Instant
    private let seconds: Double
    private let bytesPerSecondMin: Int
    private var bytes = 0

    init(start: Instant, seconds: Double, bytesPerSecondMin: Int) {
        self.start = start
        self.seconds = seconds
        self.bytesPerSecondMin = bytesPerSecondMin
    }

    mutating func progressed(_ count: Int) {
        bytes += count
    }

    func hasPassed(at now: Instant) -> Bool {
        now > start.advanced(bySeconds: seconds + Double(bytes) / Double(bytesPerSecondMin))
    }
}
