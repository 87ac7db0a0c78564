import Standards

/// How a column writes its dates.
///
///     yyyy yy      year; two digits are 1969 to 2068       HH H   hour 0 to 23
///     MM M MMM     month; MMM is Jan, Feb, …              hh h a hour 1 to 12 with AM or PM
///     dd d         day                                    mm m   minute
///     SSS          fraction of a second, 1 to 9 digits    ss s   second
///     X, thrice    distance from UTC, +08:00 or Z         […]    may be left out
///
/// Doubled letters want both digits, single ones take one or two. Every other character stands for itself; letters
/// that do must be in single quotes. `dd-MM-yy h:mm:ss a` reads `22-04-15 3:53:50 PM`, and
/// `yyyy-MM-dd HH:mm:ss[.SSS]` reads seconds with or without a fraction.
public struct DatePattern: Hashable, Sendable {
    /// The longest pattern, in bytes.
    public static let lengthLimit = 100

    /// Why a text was not read. It does not quote the text.
    public enum Problem: Error, Hashable, Sendable {
        case differsFromPattern
        /// It has the right form and names a date or time that does not exist, such as 30 February.
        case impossible
    }

    /// What a text was read as.
    public struct Reading: Hashable, Sendable {
        public let time: CivilTime
        /// The finest unit that the text has, in milliseconds: 86,400,000 for a date alone.
        public let unitMilliseconds: Int64
        /// The distance from UTC that the text itself states.
        public let offset: ZoneOffset?
    }

    /// As it was written in the map.
    public let text: String
    /// Whether the texts themselves say how far they are from UTC.
    public let statesOffset: Bool
    let pieces: [DatePiece]

    init(text: String, pieces: [DatePiece], statesOffset: Bool) {
        self.text = text
        self.pieces = pieces
        self.statesOffset = statesOffset
    }

    /// Reads one text, the whole of it.
    public func read(_ text: String) -> Result<Reading, Problem> {
        var matcher = DateMatcher(text)
        guard matcher.matchToEnd(pieces[...]) else { return .failure(.differsFromPattern) }
        guard let reading = matcher.parts.reading else { return .failure(.impossible) }
        return .success(reading)
    }
}
