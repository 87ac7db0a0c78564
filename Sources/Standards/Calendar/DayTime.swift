/// A time of day in whole minutes, 00:00 to 24:00: the last is the end of the day, which no clock shows.
public struct DayTime: Hashable, Sendable, Comparable, CustomStringConvertible {
    public static let midnight = DayTime(minutes: 0)
    public static let endOfDay = DayTime(minutes: 24 * 60)

    /// Since 00:00.
    public let minutes: Int

    private init(minutes: Int) { self.minutes = minutes }

    /// Nil when there is no such time of day.
    public init?(hour: Int, minute: Int) {
        guard (0...23).contains(hour) && (0...59).contains(minute) || (hour, minute) == (24, 0) else { return nil }
        minutes = hour * 60 + minute
    }

    /// Reads `08:30`: two digits, a colon, two digits.
    public init?(text: String) {
        let bytes = Array(text.utf8)
        let digits = [0, 1, 3, 4].compactMap { place -> Int? in
            guard place < bytes.count, (0x30...0x39).contains(bytes[place]) else { return nil }
            return Int(bytes[place]) - 0x30
        }
        guard bytes.count == 5, bytes[2] == 0x3A, digits.count == 4 else { return nil }
        self.init(hour: digits[0] * 10 + digits[1], minute: digits[2] * 10 + digits[3])
    }

    var milliseconds: Int64 { Int64(minutes) * 60_000 }

    public static func < (a: DayTime, b: DayTime) -> Bool { a.minutes < b.minutes }

    /// As `08:30`.
    public var description: String {
        let (hour, minute) = minutes.quotientAndRemainder(dividingBy: 60)
        return "\(hour < 10 ? "0" : "")\(hour):\(minute < 10 ? "0" : "")\(minute)"
    }
}
