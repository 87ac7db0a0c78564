/// Which bytes of a file were written and not synced.
struct DirtyRanges {
    private(set) var ranges: [Range<Int>] = []
    private var mergesAt = DirtyRanges.fewest

    /// How many ranges are kept before they are merged for the first time.
    private static let fewest = 4_096

    mutating func insert(_ range: Range<Int>) {
        if let last = ranges.last {
            if last.upperBound == range.lowerBound {
                ranges[ranges.count - 1] = last.lowerBound..<range.upperBound
                return
            }
            if last.lowerBound <= range.lowerBound && range.upperBound <= last.upperBound { return }
        }
        ranges.append(range)
        if ranges.count >= mergesAt {
            ranges = merged
            mergesAt = max(Self.fewest, ranges.count * 2)
        }
    }

    mutating func removeAll() {
        ranges.removeAll(keepingCapacity: true)
    }

    /// Forgets what lies at `end` and beyond.
    mutating func cut(at end: Int) {
        ranges = ranges.compactMap { range in
            range.lowerBound < end ? range.lowerBound..<min(range.upperBound, end) : nil
        }
    }

    /// The same bytes in ascending order, no two ranges touching.
    var merged: [Range<Int>] {
        let sorted = ranges.sorted { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }
        var merged: [Range<Int>] = []
        for range in sorted {
            if let last = merged.last, last.upperBound >= range.lowerBound {
                merged[merged.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
            } else {
                merged.append(range)
            }
        }
        return merged
    }
}
