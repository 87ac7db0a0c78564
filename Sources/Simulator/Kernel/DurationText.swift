/// Spans of time as scenarios and reports write them: `18h`, `3d9h`, `6d04:11:09`.
public enum DurationText {
    /// The longest span that a scenario may name, in days.
    public static let daysMax: Int64 = 3_660

    private static let units: [(letter: Character, microseconds: Int64)] = [
        ("d", 86_400_000_000), ("h", 3_600_000_000), ("m", 60_000_000), ("s", 1_000_000),
    ]

    /// Reads `14d`, `3d9h`, `90s` or `6d04:11:09`; larger units come first, each at most once.
    /// - Returns: nil for anything else, for nothing, and for more than ``daysMax`` days.
    public static func parse(_ text: String) -> VirtualTime? {
        if text.contains(":") { return parseClock(text) }
        var rest = Substring(text)
        var total: Int64 = 0
        var units = Self.units[...]
        guard !rest.isEmpty else { return nil }
        while !rest.isEmpty {
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            guard let count = Int64(digits), let letter = rest.dropFirst(digits.count).first,
                let index = units.firstIndex(where: { $0.letter == letter })
            else { return nil }
            guard count <= daysMax * 86_400_000_000 / units[index].microseconds else { return nil }
            total += count * units[index].microseconds
            units = units[(index + 1)...]
            rest = rest.dropFirst(digits.count + 1)
        }
        return total <= daysMax * 86_400_000_000 ? VirtualTime(microseconds: total) : nil
    }

    private static func parseClock(_ text: String) -> VirtualTime? {
        let parts = text.split(separator: "d", omittingEmptySubsequences: false)
        guard parts.count <= 2, let clock = parts.last else { return nil }
        let days = parts.count == 2 ? Int64(parts[0]) : 0
        let fields = clock.split(separator: ":", omittingEmptySubsequences: false).map { Int64($0) }
        guard let days, days >= 0, days <= daysMax, fields.count == 3, let hours = fields[0], let minutes = fields[1],
            let seconds = fields[2], (0..<24).contains(hours), (0..<60).contains(minutes), (0..<60).contains(seconds)
        else { return nil }
        return .days(days) + .hours(hours) + .minutes(minutes) + .seconds(seconds)
    }

    /// Such as `3d9h`; what is below a second is left out.
    public static func text(_ time: VirtualTime) -> String {
        var rest = time.microseconds
        var text = ""
        for unit in units where rest >= unit.microseconds {
            text += "\(rest / unit.microseconds)\(unit.letter)"
            rest %= unit.microseconds
        }
        return text.isEmpty ? "0s" : text
    }

    /// Such as `6d04:11:09`: a moment of a run.
    public static func clock(_ time: VirtualTime) -> String {
        func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let seconds = time.seconds
        return "\(seconds / 86_400)d\(two(seconds / 3_600 % 24)):\(two(seconds / 60 % 60)):\(two(seconds % 60))"
    }
}
