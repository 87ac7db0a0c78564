import Standards

/// The value of a field as a person reads it.
enum FieldText {
    /// Minutes east of UTC of every province.
    private static let zone = ZoneOffset(minutes: 8 * 60)
    /// From here on a number is a time and no count: 1973 in milliseconds.
    private static let timeFrom: Int64 = 100_000_000_000

    /// - Parameter name: fields of times are called `…At`; their values are milliseconds.
    static func value(_ json: JSONValue?, of name: String) -> String {
        guard name.hasSuffix("At"), case .integer(let milliseconds)? = json, milliseconds >= timeFrom, let zone,
            let time = CivilTime(localMilliseconds: milliseconds + Int64(zone.minutes) * 60_000)
        else { return JSONText.value(json) }
        let clock = [time.hour, time.minute, time.second].map { ($0 < 10 ? "0" : "") + String($0) }
        return "\(time.date)T\(clock.joined(separator: ":"))\(zone)"
    }
}
