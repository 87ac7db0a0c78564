/// A date and a time of day as a clock on the wall shows it, in a zone not named here. There are no leap seconds.
public struct CivilTime: Hashable, Sendable {
    public let date: CivilDate
    public let hour: Int
    public let minute: Int
    public let second: Int
    public let millisecond: Int

    /// Nil when no clock shows such a time of day.
    public init?(date: CivilDate, hour: Int = 0, minute: Int = 0, second: Int = 0, millisecond: Int = 0) {
        guard (0...23).contains(hour), (0...59).contains(minute), (0...59).contains(second),
            (0...999).contains(millisecond)
        else { return nil }
        self.date = date
        self.hour = hour
        self.minute = minute
        self.second = second
        self.millisecond = millisecond
    }

    /// Milliseconds since 1970-01-01T00:00 of the same wall clock, that is as if the zone were UTC.
    public var localMilliseconds: Int64 {
        let seconds = date.daysSince1970 * 86_400 + hour * 3_600 + minute * 60 + second
        return Int64(seconds) * 1_000 + Int64(millisecond)
    }

    /// The wall clock time that many milliseconds after its own 1970-01-01T00:00; nil outside the years 1 to 9999.
    public init?(localMilliseconds: Int64) {
        let day: Int64 = 86_400_000
        let (quotient, remainder) = localMilliseconds.quotientAndRemainder(dividingBy: day)
        let milliseconds = Int(remainder < 0 ? remainder + day : remainder)
        guard let date = CivilDate(daysSince1970: Int(remainder < 0 ? quotient - 1 : quotient)) else { return nil }
        self.init(
            date: date, hour: milliseconds / 3_600_000, minute: milliseconds / 60_000 % 60,
            second: milliseconds / 1_000 % 60, millisecond: milliseconds % 1_000)
    }
}
