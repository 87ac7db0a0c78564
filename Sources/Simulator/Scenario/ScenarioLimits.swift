import Standards

/// How large a scenario may be. What is over a limit is refused by name.
public enum ScenarioLimits {
    /// Bytes of a scenario file.
    public static let bytes = 1 << 20
    /// Entries of `faults`: a power loss a day at one site for five years is fewer.
    public static let faults = 2_000
    /// Sites in any list: as many as a topology may have.
    public static let sites = Topology.siteLimit
    /// The shortest and the longest rehearsal: a leap year shows every season.
    public static let lasts = VirtualTime.minutes(1)...VirtualTime.days(366)
    /// The shortest and the longest that one fault may last.
    public static let faultLasts = VirtualTime.seconds(1)...VirtualTime.days(366)
    /// When it may begin and what its deadline may be, from the scenario's start.
    public static let moments = VirtualTime.zero...VirtualTime.days(366)
    /// The first and the last moment at which a scenario may start, in milliseconds since 1970: the years 2000 to 2099.
    public static let starts: ClosedRange<Int64> = 946_684_800_000...4_102_444_799_999
    public static let charactersInName = 200
    public static let charactersInQuestion = 500
    public static let charactersInPath = 400
    /// Characters of the name of a trace's column.
    public static let charactersInColumn = 200
}
