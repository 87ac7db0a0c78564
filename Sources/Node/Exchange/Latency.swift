/// The last few hundred delays between the writing of a change and its admission, for a median and a 95th percentile.
public struct Latency: Sendable {
    public static let samplesMax = 512

    /// In milliseconds.
    private var samples: [Int64] = []
    private var next = 0

    public init() {}

    public var count: Int { samples.count }

    mutating func add(_ milliseconds: Int64) {
        if samples.count < Self.samplesMax {
            samples.append(max(0, milliseconds))
        } else {
            samples[next] = max(0, milliseconds)
            next = (next + 1) % Self.samplesMax
        }
    }

    /// - Parameter perMille: 500 for the median.
    public func quantile(perMille: Int) -> Int64? {
        guard !samples.isEmpty else { return nil }
        let sorted = samples.sorted()
        return sorted[min(sorted.count - 1, sorted.count * perMille / 1_000)]
    }
}
