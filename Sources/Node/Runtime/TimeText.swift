import Foundation

/// Writes instants as RFC 3339 with the province's zone.
public struct TimeText: Sendable {
    private let offsetSeconds: Int
    private let suffix: String

    /// - Parameter timeZone: an offset such as `+08:00`; anything else counts as UTC.
    public init(_ timeZone: String) {
        let parts = timeZone.dropFirst().split(separator: ":")
        if parts.count == 2, let hours = Int(parts[0]), let minutes = Int(parts[1]), "+-".contains(timeZone.prefix(1)) {
            offsetSeconds = (timeZone.hasPrefix("-") ? -1 : 1) * (hours * 3_600 + minutes * 60)
            suffix = timeZone
        } else {
            offsetSeconds = 0
            suffix = "Z"
        }
    }

    /// - Parameter milliseconds: since 1970; what RFC 3339 has no year for is shown as its first or last day.
    public func text(_ milliseconds: Int64) -> String {
        let local = milliseconds + Int64(offsetSeconds) * 1_000
        let days = Int((Double(local) / 86_400_000).rounded(.down))
        let inDay = Int(local - Int64(days) * 86_400_000)
        let (year, month, day) = Self.civil(days)
        guard (0...9_999).contains(year) else {
            return "\(year < 0 ? "0000-01-01" : "9999-12-31")T00:00:00.000\(suffix)"
        }
        // Every row of a list has some of these, so the digits go straight to their places.
        return String(unsafeUninitializedCapacity: 23 + suffix.utf8.count) { buffer in
            var end = 0
            func write(_ value: Int, _ width: Int, _ mark: UInt8? = nil) {
                var rest = value
                for place in stride(from: end + width - 1, through: end, by: -1) {
                    buffer[place] = UInt8(ascii: "0") + UInt8(rest % 10)
                    rest /= 10
                }
                end += width
                if let mark {
                    buffer[end] = mark
                    end += 1
                }
            }
            write(year, 4, UInt8(ascii: "-"))
            write(month, 2, UInt8(ascii: "-"))
            write(day, 2, UInt8(ascii: "T"))
            write(inDay / 3_600_000, 2, UInt8(ascii: ":"))
            write(inDay / 60_000 % 60, 2, UInt8(ascii: ":"))
            write(inDay / 1_000 % 60, 2, UInt8(ascii: "."))
            write(inDay % 1_000, 3)
            for byte in suffix.utf8 {
                buffer[end] = byte
                end += 1
            }
            return end
        }
    }

    /// Days since 1970 as a date of the proleptic Gregorian calendar (Howard Hinnant, "chrono-compatible date
    /// algorithms").
    private static func civil(_ days: Int) -> (Int, Int, Int) {
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }
}
