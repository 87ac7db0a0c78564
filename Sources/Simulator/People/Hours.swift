import Standards

/// How busy people are at each hour of the week, in thousandths of the average.
struct Hours {
    private let profile: WorkloadSettings.Profile
    /// Milliseconds from 1970 to the scenario's start, in the province's own time.
    private let localStart: Int64

    init(_ profile: WorkloadSettings.Profile, starts: Int64, zoneMinutes: Int) {
        self.profile = profile
        localStart = starts + Int64(zoneMinutes) * 60_000
    }

    private static let office: [Int64] = [
        60, 40, 30, 30, 40, 80, 200, 600, 1_900, 2_700, 2_800, 2_300, 1_300, 1_500, 2_400, 2_500, 2_200, 1_500, 700,
        500, 400, 300, 180, 90,
    ]
    private static let home: [Int64] = [
        300, 150, 80, 60, 60, 100, 250, 500, 800, 900, 900, 900, 1_000, 900, 800, 900, 1_000, 1_300, 1_900, 2_500,
        2_700, 2_500, 1_800, 1_000,
    ]
    /// Of the days from Monday on.
    private static let days: [Int64] = [1_250, 1_150, 1_100, 1_100, 1_100, 750, 550]

    /// - Returns: thousandths of the average.
    func weight(at now: VirtualTime) -> Int64 {
        guard profile != .flat else { return 1_000 }
        let local = localStart + now.milliseconds
        let hour = Int(local / 3_600_000 % 24)
        // The first of January 1970 was a Thursday.
        let day = Int((local / 86_400_000 + 3) % 7)
        switch profile {
        case .weekday: return Self.office[hour] * Self.days[day] / 1_000
        case .evening: return Self.home[hour]
        case .flat: return 1_000
        }
    }

    /// Whether supervisors are at their desks.
    func isOffice(at now: VirtualTime) -> Bool {
        let local = localStart + now.milliseconds
        return (8..<20).contains(local / 3_600_000 % 24)
    }
}
