/// What a branch settles for itself beside the standard: stricter limits, teams and who is on duty, which team gets
/// what, local holidays and hours, additions to wordings.
///
/// It changes independently of the standard. What it says of a limit holds only as far as it is stricter.
public struct BranchOverlay: Hashable, Sendable {
    public static let sizeLimit = 256 << 10
    public static let teamLimit = 200
    public static let memberLimit = 500
    public static let rotaLimit = 2_000
    public static let holidayLimit = 200

    public struct Limit: Hashable, Sendable {
        /// The limit of the standard that it is stricter than.
        public let limit: String
        public let time: TimeLimit
    }

    public struct Team: Hashable, Sendable {
        public let id: String
        public let name: LocalText
        public let department: String
        /// Names as the timeline has them.
        public let members: [String]
    }

    /// Who is on duty for a team, in milliseconds since 1970.
    public struct Duty: Hashable, Sendable {
        public let team: String
        public let person: String
        public let from: Int64
        public let to: Int64
    }

    public struct TeamRoute: Hashable, Sendable {
        public let types: [String]
        public let categories: [String]
        public let conditions: [Condition]
        public let team: String
    }

    /// What is said locally beside an approved wording.
    public struct Supplement: Hashable, Sendable {
        public let wording: String
        public let zh: String
        public let en: String
    }

    public var limits: [Limit] = []
    public var teams: [Team] = []
    public var rota: [Duty] = []
    public var routing: [TeamRoute] = []
    public var holidays: Set<CivilDate> = []
    /// The province's when empty.
    public var shifts: [Shift] = []
    public var wordings: [Supplement] = []

    public init() {}

    public func team(_ id: String) -> Team? { teams.first { $0.id == id } }

    /// The calendar that the branch's own limits are counted by. The province's are counted by the province's: a local
    /// holiday makes no promise of the province any longer.
    public func calendar(beside province: ServiceCalendar) -> ServiceCalendar {
        let years = province.years.values.sorted { $0.year < $1.year }.map { year in
            CalendarYear(
                year: year.year, holidays: year.holidays.union(holidays.filter { $0.year == year.year }),
                makeUpWorkdays: year.makeUpWorkdays.subtracting(holidays), source: year.source)
        }
        return ServiceCalendar(
            years: years, shifts: shifts.isEmpty ? province.shifts : shifts, zone: province.zone)
    }

    /// The limits that are no longer stricter than the standard's, or that it no longer has, each with the standard's.
    public func overtaken(by pack: StandardPack) -> [(limit: Limit, province: ClockRule?)] {
        limits.compactMap { own in
            let rule = pack.limits.first { $0.id == own.limit }
            guard let time = rule?.limit else { return (own, rule) }
            let calendar = pack.calendar ?? ServiceCalendar(years: [], shifts: [])
            return LooseLimits(limits: [], calendar: calendar).isStricter(own.time, than: time) ? nil : (own, rule)
        }
    }
}
