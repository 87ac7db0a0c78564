/// Decides which lines of a log are written: the first few of a kind in each window, then a count of the others. Pure:
/// the time is passed in.
struct LogThinning {
    private struct Kind {
        var began: Int64
        var written = 0
        var withheld = 0
    }

    /// The kind of all that come when as many kinds as may be are there already.
    private static let others = "other lines"

    private var kinds: [String: Kind] = [:]

    /// When some kind's window has ended and there is a count to write; nil while nothing is withheld.
    var due: Int64? {
        kinds.values.filter { $0.withheld > 0 }.map { $0.began + LogLimits.windowMilliseconds }.min()
    }

    /// Whether a line of a kind is written now.
    mutating func admits(_ kind: String, at now: Int64) -> Bool {
        let isKnown = kinds[kind] != nil || kinds.count < LogLimits.kindsMax
        let name = isKnown ? kind : Self.others
        var counts = kinds[name] ?? Kind(began: now)
        if counts.written < LogLimits.linesPerKind { counts.written += 1 } else { counts.withheld += 1 }
        kinds[name] = counts
        return counts.withheld == 0
    }

    /// Ends the windows that are over.
    /// - Returns: what was withheld in them, by kind, in the order of the kinds' names.
    mutating func ended(at now: Int64) -> [(kind: String, withheld: Int)] {
        let over = kinds.filter { now - $0.value.began >= LogLimits.windowMilliseconds }
        for kind in over.keys { kinds[kind] = nil }
        return over.filter { $0.value.withheld > 0 }.map { ($0.key, $0.value.withheld) }.sorted { $0.0 < $1.0 }
    }
}
