import Standards

/// Reads measured values from CSV files of two kinds.
///
/// Ours has the columns `minute,lossPerMille,roundTripMilliseconds`, and perhaps `site` where one file holds several
/// links; a file without it is for every site that the fault names. The minute counts from the trace's beginning.
///
/// A wide file is what measuring programs export: its first column is the time in seconds since 1970, and each other
/// column is a link, with the loss in percent. Round trips in milliseconds are in a second file of the same shape.
///
/// In both a blank field means that nothing was measured. A row stands until the next one, and at most for twice the
/// shortest time between two rows.
public struct TraceReader {
    /// The columns of our own files.
    static let columns = ["site", "minute", "lossPerMille", "roundTripMilliseconds"]

    let source: TraceSource
    /// Where the fault's findings belong, such as `/faults/3`.
    let path: String
    let log = FindingLog()

    /// Reads the traces that a fault follows.
    ///
    /// - Parameters:
    ///   - sites: the fault's sites, in the fault's order; see ``ScheduledFault/sites(in:)``.
    ///   - loss: the bytes of the source's first file, unpacked.
    ///   - roundTrips: those of its second file, when it names one.
    ///   - path: where the fault stands in its scenario, such as `/faults/3`.
    /// - Returns: a trace for each site and no findings, or nil and at least one finding.
    public static func read(
        _ source: TraceSource, sites: [String], loss: [UInt8], roundTrips: [UInt8]?, path: String
    ) -> ([String: LinkTrace]?, [Standards.Finding]) {
        let reader = TraceReader(source: source, path: path)
        let rows = reader.rows(of: sites, loss: loss, roundTrips: roundTrips)
        var traces: [String: LinkTrace] = [:]
        guard reader.log.isEmpty else { return (nil, reader.log.findings) }
        for site in sites {
            let trace = LinkTrace(samples: TraceRow.samples(rows[site] ?? []))
            let rest = trace.from(second: source.from.seconds)
            if rows[site, default: []].count < 2 {
                reader.complain(
                    "has fewer than two rows for \(site)", "give it at least two, to say how far apart they are")
            } else if trace.samples.isEmpty {
                reader.complain("was never measured at \(site)", "name another column, or leave the site out")
            } else if rest.samples.isEmpty {
                reader.complain(
                    "is over when \(DurationText.text(source.from)) of it are passed over",
                    "write a shorter \"traceFrom\"")
            }
            traces[site] = rest
        }
        return reader.log.isEmpty ? (traces, []) : (nil, reader.log.findings)
    }

    private func rows(of sites: [String], loss: [UInt8], roundTrips: [UInt8]?) -> [String: [TraceRow]] {
        guard let table = TraceTable(loss, file: source.file, path: path + "/trace", log) else { return [:] }
        if Self.columns.dropFirst().contains(where: table.header.contains) {
            if source.roundTripFile != nil || !source.columns.isEmpty {
                complain(
                    "has round trips and sites of its own", "leave \"roundTripTrace\" and \"traceColumns\" out")
            }
            return OwnTraceTable(table)?.rows(of: sites) ?? [:]
        }
        let names = source.columns.isEmpty ? sites : source.columns
        let wide = WideTraceTable(table, names, unit: .percent)
        guard let file = source.roundTripFile else { return wide?.rows(of: sites, nil) ?? [:] }
        guard let second = TraceTable(roundTrips ?? [], file: file, path: path + "/roundTripTrace", log),
            let times = WideTraceTable(second, names, unit: .milliseconds)
        else { return [:] }
        return wide?.rows(of: sites, times) ?? [:]
    }

    private func complain(_ problem: String, _ remedy: String) {
        log.add(path + "/trace", "\(Standards.Finding.quote(source.file)) \(problem)", remedy)
    }
}
