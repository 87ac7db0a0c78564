import Standards

/// A file of our own shape.
struct OwnTraceTable {
    private let table: TraceTable
    private let minute: Int
    private let loss: Int
    private let roundTrip: Int?
    private let site: Int?

    init?(_ table: TraceTable) {
        self.table = table
        for name in table.header where !TraceReader.columns.contains(name) {
            table.complain(
                "has the unknown column \(Standards.Finding.quote(name))",
                NearestWord.hint(for: name, among: TraceReader.columns))
        }
        guard let minute = table.header.firstIndex(of: "minute"), let loss = table.header.firstIndex(of: "lossPerMille")
        else {
            table.complain(
                "needs the columns minute and lossPerMille", "begin it with minute,lossPerMille,roundTripMilliseconds")
            return nil
        }
        self.minute = minute
        self.loss = loss
        roundTrip = table.header.firstIndex(of: "roundTripMilliseconds")
        site = table.header.firstIndex(of: "site")
    }

    func rows(of sites: [String]) -> [String: [TraceRow]] {
        var rows: [String: [TraceRow]] = [:]
        for record in table.records {
            guard let minute = table.number(record, minute, times: 1, in: 0...TraceLimits.minutes) else {
                if record.fields[self.minute].isEmpty { table.complain(record, "has no minute") }
                continue
            }
            let row = TraceRow(
                second: minute * 60, lossPerMille: table.number(record, loss, times: 1, in: 0...1_000),
                roundTripMilliseconds: roundTrip.flatMap {
                    table.number(record, $0, times: 1, in: 0...TraceLimits.roundTripMilliseconds)
                })
            let name = site.map { record.fields[$0] } ?? ""
            if let last = rows[name]?.last, last.second >= row.second {
                table.complain(
                    record, "minute \(minute) does not come after \(last.second / 60)", "sort the rows by time")
            }
            rows[name, default: []].append(row)
        }
        guard site == nil else { return rows }
        return Dictionary(uniqueKeysWithValues: sites.map { ($0, rows[""] ?? []) })
    }
}
