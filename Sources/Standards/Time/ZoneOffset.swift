/// A zone whose clocks are always the same distance from UTC.
public struct ZoneOffset: ZoneRules, Hashable, CustomStringConvertible {
    /// The farthest any zone is from UTC, in minutes.
    public static let limit = 14 * 60

    /// Of all of China.
    public static let chinaStandard = ZoneOffset(east: 8 * 60)

    /// Minutes east of UTC.
    public let minutes: Int

    private init(east minutes: Int) { self.minutes = minutes }

    /// Nil beyond ±14:00.
    public init?(minutes: Int) {
        guard (-Self.limit...Self.limit).contains(minutes) else { return nil }
        self.minutes = minutes
    }

    /// Reads `+08:00`, `-03:30` or `Z`.
    public init?(_ text: String) {
        if text == "Z" {
            self.init(minutes: 0)
            return
        }
        let bytes = Array(text.utf8)
        guard bytes.count == 6, bytes[0] == UInt8(ascii: "+") || bytes[0] == UInt8(ascii: "-"),
            bytes[3] == UInt8(ascii: ":")
        else { return nil }
        let digits = [bytes[1], bytes[2], bytes[4], bytes[5]].map { Int($0) - Int(UInt8(ascii: "0")) }
        guard digits.allSatisfy((0...9).contains) else { return nil }
        let hours = digits[0] * 10 + digits[1]
        let minutes = digits[2] * 10 + digits[3]
        guard minutes < 60 else { return nil }
        let magnitude = hours * 60 + minutes
        self.init(minutes: bytes[0] == UInt8(ascii: "-") ? -magnitude : magnitude)
    }

    public func offsetSeconds(at instantSeconds: Int64) -> Int { minutes * 60 }

    /// As `+08:00`.
    public var description: String {
        let magnitude = abs(minutes)
        let hour = magnitude / 60
        let minute = magnitude % 60
        return "\(minutes < 0 ? "-" : "+")\(hour < 10 ? "0" : "")\(hour):\(minute < 10 ? "0" : "")\(minute)"
    }
}
