import Replication
import Standards

/// How a site's clock is: against the hub's at a branch, against its branches' at a hub.
struct ClockView {
    let record: ClockRecord
    /// At a hub, what its branches' clocks read.
    let readings: ClockReadings
    let life: Life
    let report: ExchangeReport

    init(_ store: SiteStore, _ life: Life, _ report: ExchangeReport, now: Int64) throws {
        record = try store.clockRecord()
        readings = try store.clockReadings(in: life.start, at: now)
        self.life = life
        self.report = report
    }

    func json(_ wording: Wording) -> JSONValue {
        guard life.isHub else { return branch(wording) }
        let median = readings.median
        var members: [String: JSONValue] = [
            "branchesMilliseconds": median.map { .integer($0) } ?? .null,
            "branchesHeard": .integer(Int64(readings.count)),
            "skew": .string(Skew(milliseconds: median ?? 0).rawValue),
        ]
        members["standing"] = .string("\(record.standing)")
        members["doubt"] = record.standing == .doubted ? .string(record.doubt) : .null
        members["remedy"] = record.standing == .doubted ? .string(ClockRecord.remedy) : .null
        members["trustedMilliseconds"] = record.trusted == 0 ? .null : .integer(record.trusted)
        members["keptMilliseconds"] = kept.map { .integer($0) } ?? .null
        return .object(members)
    }

    private func branch(_ wording: Wording) -> JSONValue {
        let offset = report.measured ? report.offsetMilliseconds : record.shift
        return [
            "offsetMilliseconds": .integer(offset), "skew": .string(Skew(milliseconds: offset).rawValue),
            "measured": wording.time(record.measured),
        ]
    }

    /// How far the machine's clock is behind the time that the hub gives out, where it had to keep that; nil where not.
    private var kept: Int64? {
        guard let offset = report.wallOffsetMilliseconds, offset < -ReplicationLimits.aheadMilliseconds else {
            return nil
        }
        return -offset
    }
}
