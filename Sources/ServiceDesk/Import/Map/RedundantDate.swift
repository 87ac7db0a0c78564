import Standards

/// Columns that say the same as a time rule's own, or a part of it: a date written twice.
///
///     "openedAt": {"columns": ["Date_month_year", "Time"], "format": "dd-MMM-yy h:mm:ss a", "zone": "-05:00",
///                  "redundant": [{"column": "Date", "format": "dd-MM-yy"}], "truth": true}
///
/// What both say of the date, and of the time of day where both have it, must agree. A row in which they do not is
/// rejected; with `"truth": true` the rule's own columns are taken and the row is reported.
public struct RedundantDate: Sendable {
    /// The most of them in one rule.
    public static let limit = 8

    public let join: ColumnJoin
    public let pattern: DatePattern

    init?(reading reader: JSONReader) {
        let join = ColumnJoin(reading: reader)
        let format = reader.text("format", .line(DatePattern.lengthLimit))
        guard let join, let format else { return nil }
        switch DatePattern.compile(format) {
        case .failure(let fault):
            reader.report("format", fault.reason, "write it as in \"yyyy-MM-dd\"")
            return nil
        case .success(let pattern) where pattern.statesOffset:
            reader.report("format", "a redundant date has no zone", "leave out XXX")
            return nil
        case .success(let pattern):
            self.join = join
            self.pattern = pattern
        }
    }

    /// Whether two times differ in what both of them say.
    private static func differ(_ one: DatePattern.Reading, _ other: DatePattern.Reading) -> Bool {
        let unit = max(one.unitMilliseconds, other.unitMilliseconds)
        return one.time.localMilliseconds / unit != other.time.localMilliseconds / unit
    }

    /// What a cell says that another reading contradicts; nil when they agree.
    func contradiction(of text: String, to other: DatePattern.Reading) -> String? {
        switch pattern.read(text) {
        case .failure(.differsFromPattern): "is not written as \(Finding.quote(pattern.text))"
        case .failure(.impossible): "is a date or time that does not exist"
        case .success(let reading):
            if reading.time.date != other.time.date {
                "holds another date"
            } else if Self.differ(reading, other) {
                "holds another time of day"
            } else {
                nil
            }
        }
    }
}
