/// Reads instants as clients write them: RFC 3339, with seconds, perhaps a fraction, and always a zone; and writes them
/// in UTC.
public enum InstantText {
    /// What a remedy shows.
    public static let example = "2026-01-01T10:00:00+08:00"

    /// Milliseconds since 1970; nil for anything else.
    public static func milliseconds(_ text: String) -> Int64? {
        let bytes = Array(text.utf8)
        guard bytes.count >= 20, bytes.count <= 35, bytes[10] == UInt8(ascii: "T") || bytes[10] == UInt8(ascii: "t")
        else { return nil }
        func number(_ range: Range<Int>) -> Int? {
            var value = 0
            for byte in bytes[range] {
                guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
                value = value * 10 + Int(byte - UInt8(ascii: "0"))
            }
            return value
        }
        guard bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"), bytes[13] == UInt8(ascii: ":"),
            bytes[16] == UInt8(ascii: ":"), let year = number(0..<4), let month = number(5..<7),
            let day = number(8..<10), let hour = number(11..<13), let minute = number(14..<16),
            let second = number(17..<19)
        else { return nil }
        var end = 19
        var fraction = 0
        if bytes[19] == UInt8(ascii: ".") {
            end = bytes[20...].firstIndex { !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ?? bytes.count
            guard end > 20 else { return nil }
            let digits = (bytes[20..<end] + Array(repeating: UInt8(ascii: "0"), count: 3)).prefix(3)
            fraction = digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
        }
        let zone = String(decoding: bytes[end...], as: UTF8.self)
        guard let date = CivilDate(year: year, month: month, day: day),
            let time = CivilTime(date: date, hour: hour, minute: minute, second: second, millisecond: fraction),
            let offset = ZoneOffset(zone.uppercased())
        else { return nil }
        return time.localMilliseconds - Int64(offset.minutes) * 60_000
    }

    /// An instant in UTC with its milliseconds, as in `2026-01-01T02:00:00.000Z`; a number outside the years 1 to 9999.
    public static func utc(_ milliseconds: Int64) -> String {
        guard let time = CivilTime(localMilliseconds: milliseconds) else { return String(milliseconds) }
        func padded(_ value: Int, _ width: Int) -> String {
            let digits = String(value)
            return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
        }
        let date = [padded(time.date.year, 4), padded(time.date.month, 2), padded(time.date.day, 2)]
        let clock = [padded(time.hour, 2), padded(time.minute, 2), padded(time.second, 2)]
        return date.joined(separator: "-") + "T" + clock.joined(separator: ":") + "." + padded(time.millisecond, 3)
            + "Z"
    }
}
