import ServiceDesk
import Standards

/// A CSV file of measured values, split into records that are as long as its header.
struct TraceTable {
    let header: [String]
    let records: [CSVRecord]
    private let file: String
    private let path: String
    private let log: FindingLog

    /// - Returns: nil when the file is no table, which is then reported.
    init?(_ bytes: [UInt8], file: String, path: String, _ log: FindingLog) {
        self.file = file
        self.path = path
        self.log = log
        guard bytes.count <= TraceLimits.bytes else {
            log.add(
                path,
                "\(Standards.Finding.quote(file)) has \(bytes.count) bytes, and a trace at most \(TraceLimits.bytes)",
                "cut it to the time that is rehearsed")
            return nil
        }
        var parser = CSVParser()
        var records: [CSVRecord] = []
        for item in parser.feed(bytes) + parser.finish() {
            switch item {
            case .record(let record): records.append(record)
            case .blank: continue
            case .rejected(let rejection):
                log.add(path, "\(Standards.Finding.quote(file)), \(rejection)", "correct the file")
                return nil
            }
        }
        guard let first = records.first, records.count > 1 else {
            let problem = records.isEmpty ? "is empty" : "has a header and no rows"
            log.add(
                path, "\(Standards.Finding.quote(file)) \(problem)",
                "write the columns minute,lossPerMille,roundTripMilliseconds and a row for each measurement")
            return nil
        }
        header = first.fields
        self.records = Array(records.dropFirst())
        guard self.records.count <= TraceLimits.rows else {
            log.add(
                path,
                "\(Standards.Finding.quote(file)) has \(self.records.count) rows, a trace at most \(TraceLimits.rows)",
                "cut it to the time that is rehearsed")
            return nil
        }
        for record in self.records where record.fields.count != header.count {
            complain(record, "has \(record.fields.count) fields, and the header \(header.count)")
        }
        if Set(header).count != header.count { complain(first, "names a column twice") }
        guard log.isEmpty else { return nil }
    }

    /// Adds a finding about a record.
    func complain(_ record: CSVRecord, _ problem: String, _ remedy: String = "correct the line") {
        log.add(path, "\(Standards.Finding.quote(file)), line \(record.line): \(problem)", remedy)
    }

    /// Adds a finding about the header.
    func complain(_ problem: String, _ remedy: String) {
        log.add(path, "\(Standards.Finding.quote(file)) \(problem)", remedy)
    }

    /// A number of the file, times `scale` and rounded; nil when it is none within the range, which is then reported.
    /// Blank is nil without a report.
    func number(_ record: CSVRecord, _ column: Int, times scale: Int64, in range: ClosedRange<Int64>) -> Int64? {
        let text = record.fields[column]
        guard !text.isEmpty else { return nil }
        if let number = Self.scaled(text, by: scale), range.contains(number) { return number }
        let limits = "\(range.lowerBound / scale) to \(range.upperBound / scale)"
        complain(record, "\(header[column]) is \(Standards.Finding.quote(text)), which is no number from \(limits)")
        return nil
    }

    /// `4.75` times 10 is 48: halves are rounded up. Nil for anything but digits with perhaps a fraction.
    static func scaled(_ text: String, by scale: Int64) -> Int64? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count <= 2, text.utf8.count <= 18, let whole = digits(parts[0]), whole <= Int64.max / scale / 2
        else { return nil }
        guard parts.count == 2 else { return whole * scale }
        guard let fraction = digits(parts[1].prefix(9)), digits(parts[1]) != nil else { return nil }
        let unit = (0..<parts[1].prefix(9).utf8.count).reduce(Int64(1)) { power, _ in power * 10 }
        return whole * scale + (fraction * scale * 2 + unit) / (unit * 2)
    }

    private static func digits(_ text: Substring) -> Int64? {
        text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ? Int64(text) : nil
    }
}
