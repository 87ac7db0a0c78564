/// A year whose public holidays have been announced: which weekdays are free, and which Saturdays and Sundays are
/// worked to make up for them (调休).
public struct CalendarYear: Hashable, Sendable {
    public static let years = 2000...2100

    public let year: Int
    /// Days on which nobody works, weekends inside a holiday included or not.
    public let holidays: Set<CivilDate>
    /// Saturdays and Sundays that are worked.
    public let makeUpWorkdays: Set<CivilDate>
    /// The notice that announced them.
    public let source: String

    public init(year: Int, holidays: Set<CivilDate>, makeUpWorkdays: Set<CivilDate>, source: String) {
        self.year = year
        self.holidays = holidays
        self.makeUpWorkdays = makeUpWorkdays
        self.source = source
    }

    init?(reading reader: JSONReader, known: inout Set<Int>) {
        reader.explain([
            "year": "The year", "source": "The notice that announced it", "holidays": "Days on which nobody works",
            "makeUpWorkdays": "Saturdays and Sundays that are worked (调休)",
        ])
        let year = reader.integer("year", in: Self.years)
        if let year, !known.insert(year).inserted {
            reader.report("year", "is given twice", "write each year once")
        }
        let source = reader.text("source", .line())
        let holidays = reader.dates("holidays", count: 0...366, in: year)
        let worked = reader.dates("makeUpWorkdays", count: 0...104, in: year)
        for date in worked.sorted() where !date.isWeekend {
            reader.report("makeUpWorkdays", "\(date) is no Saturday or Sunday", "take it out: it is worked anyway")
        }
        for date in worked.intersection(holidays).sorted() {
            reader.report("makeUpWorkdays", "\(date) is a holiday too", "leave it in one of the two lists")
        }
        guard let year, let source else { return nil }
        self.init(year: year, holidays: holidays, makeUpWorkdays: worked, source: source)
    }
}

extension JSONReader {
    fileprivate func dates(_ key: String, count: ClosedRange<Int>, in year: Int?) -> Set<CivilDate> {
        var found: Set<CivilDate> = []
        for text in texts(key, .anything(20), count: count) {
            guard let date = CivilDate(text: text), year == nil || date.year == year else {
                report(
                    key, "must hold days of its year, but has \(Finding.quote(text))",
                    "write each as \(year ?? 2026)-02-14")
                continue
            }
            found.insert(date)
        }
        return found
    }
}
