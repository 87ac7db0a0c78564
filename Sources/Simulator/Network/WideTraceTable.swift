import ServiceDesk
import Standards

/// A file with a column for each link.
struct WideTraceTable {
    /// What its numbers are.
    enum Unit {
        case percent, milliseconds
    }

    private let table: TraceTable
    private let unit: Unit
    /// The columns of the links asked for, in the order of asking.
    private let columns: [Int]

    init?(_ table: TraceTable, _ names: [String], unit: Unit) {
        self.table = table
        self.unit = unit
        let known = Array(table.header.dropFirst())
        columns = names.compactMap { name in
            guard let index = known.firstIndex(of: name) else {
                table.complain(
                    "has no column \(Standards.Finding.quote(name))",
                    NearestWord.hint(for: name, among: known) + "; \"traceColumns\" says which column is which site's")
                return nil
            }
            return index + 1
        }
        guard columns.count == names.count else { return nil }
    }

    func rows(of sites: [String], _ roundTrips: WideTraceTable?) -> [String: [TraceRow]] {
        let times = roundTrips?.values() ?? [:]
        let losses = values()
        let seconds = losses.keys.sorted()
        guard let first = seconds.first else { return [:] }
        var rows: [String: [TraceRow]] = [:]
        for (index, site) in sites.enumerated() {
            rows[site] = seconds.map { second in
                TraceRow(
                    second: second - first, lossPerMille: losses[second]?[index],
                    roundTripMilliseconds: times[second]?[index])
            }
        }
        return rows
    }

    /// The numbers of the links asked for at each second since 1970.
    private func values() -> [Int64: [Int64?]] {
        var values: [Int64: [Int64?]] = [:]
        var last: Int64 = -1
        for record in table.records {
            guard let second = table.number(record, 0, times: 1, in: 0...253_402_300_799), second > last else {
                table.complain(
                    record, "its time does not come after the row before", "sort the rows by time, in seconds")
                continue
            }
            last = second
            values[second] = columns.map { number(record, $0) }
        }
        return values
    }

    private func number(_ record: CSVRecord, _ column: Int) -> Int64? {
        switch unit {
        case .percent: table.number(record, column, times: 10, in: 0...1_000)
        case .milliseconds:
            // A round trip in a tenth of a millisecond is still one.
            table.number(record, column, times: 1, in: 0...TraceLimits.roundTripMilliseconds).map { max(1, $0) }
        }
    }
}
