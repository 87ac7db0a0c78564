/// One piece of a date pattern.
indirect enum DatePiece: Hashable, Sendable {
    /// A quantity written in digits.
    enum Unit: Hashable, Sendable {
        case year
        case yearOfCentury
        case month
        case day
        case hour
        case hourOfHalfDay
        case minute
        case second
    }

    case literal(UInt8)
    case digits(Unit, ClosedRange<Int>)
    case monthName
    case halfDay
    case fraction
    case offset
    /// Pieces that a text may leave out together.
    case optional([DatePiece])

    /// The piece that `count` times `letter` stand for, or nil when a pattern gives them no meaning.
    static func named(_ letter: Character, _ count: Int) -> DatePiece? {
        switch (letter, count) {
        case ("y", 4): .digits(.year, 4...4)
        case ("y", 2): .digits(.yearOfCentury, 2...2)
        case ("M", 3): .monthName
        case ("M", 1...2): .digits(.month, count...2)
        case ("d", 1...2): .digits(.day, count...2)
        case ("H", 1...2): .digits(.hour, count...2)
        case ("h", 1...2): .digits(.hourOfHalfDay, count...2)
        case ("m", 1...2): .digits(.minute, count...2)
        case ("s", 1...2): .digits(.second, count...2)
        case ("S", 1...9): .fraction
        case ("a", 1): .halfDay
        case ("X", 3): .offset
        default: nil
        }
    }

    /// What it says about the time, in one word; nil for literals and groups.
    var subject: String? {
        switch self {
        case .literal, .optional: nil
        case .digits(.year, _), .digits(.yearOfCentury, _): "year"
        case .digits(.month, _), .monthName: "month"
        case .digits(.day, _): "day"
        case .digits(.hour, _): "hour"
        case .digits(.hourOfHalfDay, _): "hour of the half day"
        case .digits(.minute, _): "minute"
        case .digits(.second, _): "second"
        case .halfDay: "half of the day"
        case .fraction: "fraction"
        case .offset: "distance from UTC"
        }
    }

    /// What pieces say about the time, groups included.
    static func subjects(of pieces: [DatePiece]) -> [String] {
        pieces.flatMap { piece in
            if case .optional(let group) = piece { subjects(of: group) } else { [piece.subject].compactMap(\.self) }
        }
    }
}
