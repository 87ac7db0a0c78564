/// How long something may take, in one of the units that regulation and promises use.
///
///     {"unit": "naturalHours", "value": 48}
///     {"unit": "workingDays", "value": 5}
///     {"unit": "sameDay", "cutOff": "16:00", "value": 24}
public struct TimeLimit: Hashable, Sendable, CustomStringConvertible {
    public enum Unit: String, Hashable, Sendable, CaseIterable {
        /// By the clock, day and night.
        case naturalMinutes
        case naturalHours
        /// Whole days after the one in which it begins, up to 24:00 of the last: as the Civil Code counts (民法典
        /// art. 201 and 203).
        case naturalDays
        /// The same, of days that are worked.
        case workingDays
        /// Within the shifts of days that are worked.
        case workingHours
        /// Up to the end of the day for what begins before the cut-off; from then on so many natural hours.
        case sameDay
    }

    /// Of hours: a year and a day. Of days no more than can be waited for.
    public static let hourLimit = 8_784
    public static let dayLimit = 400

    public let unit: Unit
    /// Minutes, hours or days, after the unit.
    public let value: Int
    /// Only of ``Unit/sameDay``.
    public let cutOff: DayTime

    public init(_ unit: Unit, _ value: Int, cutOff: DayTime = .midnight) {
        self.unit = unit
        self.value = value
        self.cutOff = cutOff
    }

    init?(reading reader: JSONReader) {
        reader.explain([
            "unit": "Which time counts", "value": "So many hours, or days",
            "cutOff": "Of sameDay: what begins earlier is due on the same day, what begins later after the hours",
        ])
        let unit = reader.choice("unit", of: Unit.self)
        let isInDays = unit == .naturalDays || unit == .workingDays
        let value = reader.integer("value", in: 1...(isInDays ? Self.dayLimit : Self.hourLimit))
        let cutOff = reader.dayTime("cutOff", unit == .sameDay ? .required : .optional)
        if unit != nil, unit != .sameDay, reader.has("cutOff") {
            reader.report("cutOff", "belongs to the unit sameDay", "take it out")
        }
        guard let unit, let value else { return nil }
        self.init(unit, value, cutOff: cutOff ?? .midnight)
    }

    /// In words, as `5 working days`.
    public var description: String {
        let plural = value == 1 ? "" : "s"
        return switch unit {
        case .naturalMinutes: "\(value) minute\(plural)"
        case .naturalHours: "\(value) hour\(plural)"
        case .naturalDays: "\(value) day\(plural)"
        case .workingDays: "\(value) working day\(plural)"
        case .workingHours: "\(value) working hour\(plural)"
        case .sameDay: "the same day before \(cutOff), else \(value) hour\(plural)"
        }
    }
}
