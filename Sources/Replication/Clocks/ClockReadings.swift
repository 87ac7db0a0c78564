/// What a hub's branches have on their own clocks, less the hub's time; in milliseconds. Pure.
public struct ClockReadings: Sendable {
    private let sorted: [Int64]

    init(_ shifts: [Int64]) { sorted = shifts.sorted() }

    public var count: Int { sorted.count }

    /// Nil while fewer have been heard than can outvote one wrong clock.
    public var median: Int64? { count >= ReplicationLimits.clocksInMedian ? middle : nil }

    /// The same of as many as there are; nil for none. Of two in the middle the one nearer to the hub's time.
    var middle: Int64? {
        guard !sorted.isEmpty else { return nil }
        let (low, high) = (sorted[(count - 1) / 2], sorted[count / 2])
        return low.magnitude <= high.magnitude ? low : high
    }

    /// What they say of the hub's clock; nil while they say nothing: too few, or at odds with one another.
    func verdict(on record: ClockRecord) -> ClockRecord.Standing? {
        guard let median else { return nil }
        if sorted.count(where: { record.agrees($0) }) * 2 > count { return .believed }
        guard !record.agrees(median) else { return nil }
        let bound = UInt64(ReplicationLimits.aheadMilliseconds)
        let united = sorted.count { Session.difference($0, median).magnitude <= bound }
        return united >= ReplicationLimits.clocksInMedian && united * 2 > count ? .doubted : nil
    }
}
