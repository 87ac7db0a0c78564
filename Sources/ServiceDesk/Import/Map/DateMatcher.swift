import Standards

/// Walks one text along a date pattern.
struct DateMatcher {
    private static let months = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ].map { Array($0.utf8) }

    private let bytes: [UInt8]
    private var index = 0
    private(set) var parts = DateParts()

    init(_ text: String) { bytes = Array(text.utf8) }

    /// Whether the rest of the text is what the pieces say, to its end. A group is tried first with, then without.
    mutating func matchToEnd(_ pieces: ArraySlice<DatePiece>) -> Bool {
        var rest = pieces
        while let piece = rest.popFirst() {
            if case .optional(let group) = piece {
                var with = self
                if with.matchToEnd(group[...] + rest) {
                    self = with
                    return true
                }
            } else if !match(piece) {
                return false
            }
        }
        return index == bytes.count
    }

    private mutating func match(_ piece: DatePiece) -> Bool {
        switch piece {
        case .literal(let byte):
            guard index < bytes.count, bytes[index] == byte else { return false }
            index += 1
        case .digits(let unit, let width):
            guard let (value, _) = digits(width) else { return false }
            parts.set(unit, value)
        case .monthName:
            let word = word(3)
            guard let month = Self.months.firstIndex(of: word) else { return false }
            parts.month = month + 1
        case .halfDay:
            let word = word(2)
            guard word == Array("am".utf8) || word == Array("pm".utf8) else { return false }
            parts.isAfternoon = word[0] == UInt8(ascii: "p")
        case .fraction:
            guard let (value, width) = digits(1...9) else { return false }
            parts.setFraction(
                milliseconds: width <= 3 ? value * Self.power(3 - width) : value / Self.power(width - 3))
        case .offset:
            guard let offset = offset() else { return false }
            parts.offset = offset
        case .optional:
            preconditionFailure("groups are opened by matchToEnd")
        }
        return true
    }

    private mutating func digits(_ width: ClosedRange<Int>) -> (value: Int, width: Int)? {
        let start = index
        var value = 0
        while index < bytes.count, index - start < width.upperBound,
            (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[index])
        {
            value = value * 10 + Int(bytes[index] - UInt8(ascii: "0"))
            index += 1
        }
        return index - start >= width.lowerBound ? (value, index - start) : nil
    }

    /// The next bytes with ASCII letters in lower case, fewer at the end of the text.
    private mutating func word(_ length: Int) -> [UInt8] {
        let word = bytes[index...].prefix(length)
        index += word.count
        return word.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 + 0x20 : $0 }
    }

    private mutating func offset() -> ZoneOffset? {
        let length = index < bytes.count && bytes[index] == UInt8(ascii: "Z") ? 1 : 6
        let text = bytes[index...].prefix(length)
        index += text.count
        return ZoneOffset(String(decoding: text, as: UTF8.self))
    }

    private static func power(_ exponent: Int) -> Int {
        (0..<exponent).reduce(1) { product, _ in product * 10 }
    }
}

/// What a text has said about its time so far.
struct DateParts {
    private var year = 0
    var month = 0
    private var day = 0
    private var hour = 0
    private var minute = 0
    private var second = 0
    private var millisecond = 0
    /// The finest unit that the text has, in milliseconds.
    private var unit: Int64 = 86_400_000
    var isAfternoon: Bool?
    var offset: ZoneOffset?

    mutating func set(_ unit: DatePiece.Unit, _ value: Int) {
        switch unit {
        case .year: year = value
        // As POSIX reads two digits.
        case .yearOfCentury: year = value < 69 ? 2000 + value : 1900 + value
        case .month: month = value
        case .day: day = value
        case .hour, .hourOfHalfDay:
            hour = value
            self.unit = min(self.unit, 3_600_000)
        case .minute:
            minute = value
            self.unit = min(self.unit, 60_000)
        case .second:
            second = value
            self.unit = min(self.unit, 1_000)
        }
    }

    mutating func setFraction(milliseconds: Int) {
        millisecond = milliseconds
        unit = 1
    }

    /// The time these parts make, or nil when there is none.
    var reading: DatePattern.Reading? {
        var hour = hour
        if let isAfternoon {
            guard (1...12).contains(hour) else { return nil }
            hour = hour % 12 + (isAfternoon ? 12 : 0)
        }
        guard let date = CivilDate(year: year, month: month, day: day),
            let time = CivilTime(date: date, hour: hour, minute: minute, second: second, millisecond: millisecond)
        else { return nil }
        return DatePattern.Reading(time: time, unitMilliseconds: unit, offset: offset)
    }
}
