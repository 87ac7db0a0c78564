/// A row of a trace for one link, before it is known for how long it stands.
struct TraceRow {
    let second: Int64
    /// Nil where nothing was measured.
    let lossPerMille: Int64?
    let roundTripMilliseconds: Int64?

    /// - Parameter rows: in the order of time.
    static func samples(_ rows: [TraceRow]) -> [LinkTrace.Sample] {
        let gaps = zip(rows.dropFirst(), rows).map { $0.second - $1.second }
        guard let shortest = gaps.min() else { return [] }
        return rows.enumerated().compactMap { index, row in
            guard let loss = row.lossPerMille else { return nil }
            let stands = index < gaps.count ? min(gaps[index], shortest * 2) : shortest
            return LinkTrace.Sample(
                startSecond: row.second, endSecond: row.second + stands, lossPerMille: loss,
                roundTripMilliseconds: row.roundTripMilliseconds)
        }
    }
}
