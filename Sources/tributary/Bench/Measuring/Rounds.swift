/// Repeats baseline and measure in turn, so that what the machine does beside falls on both alike.
enum Rounds {
    /// - Parameters:
    ///   - count: how many rounds count; one more goes before them and warms up.
    ///   - baseline: does the plain work once and gives what it took.
    ///   - measured: the same of ours.
    /// - Returns: the median of each, and the median of the ratios within a round: a slow minute of the machine
    ///   then spoils one round and not the outcome.
    static func alternate(
        _ count: Int, baseline: () throws -> Double, measured: () throws -> Double
    ) throws -> Outcome {
        var baselines: [Double] = []
        var figures: [Double] = []
        for round in 0...count {
            let plain = try baseline()
            let ours = try measured()
            guard round > 0 else { continue }
            baselines.append(plain)
            figures.append(ours)
        }
        return Outcome(
            figure: median(figures), baseline: median(baselines),
            ratio: median(zip(figures, baselines).map { $0 / $1 }))
    }

    /// The middle of an odd number of values; of an even number, the mean of the two in the middle.
    static func median(_ values: [Double]) -> Double {
        precondition(!values.isEmpty, "there is no median of nothing")
        let sorted = values.sorted()
        let middle = sorted.count / 2
        return sorted.count.isMultiple(of: 2) ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
    }
}
