/// The samples of a run, never more than a known number a site: when a site has that many, every second one of its load
/// is dropped, and from then on only every second one is kept, and so on. The idle and quiet ones stay.
struct SampleShelf: Sendable {
    /// Samples kept for each site.
    static let samplesMax = 2_000

    private struct Row {
        var samples: [GrowthSample] = []
        /// One of how many is kept.
        var step = 1
        var seen = 0
        /// Greatest figures of what was dropped would be lost: they are kept here.
        var peak: GrowthSample?
    }

    private let limit: Int
    private var rows: [String: Row] = [:]

    init(limit: Int = samplesMax) {
        precondition(limit >= 4, "a few samples are kept")
        self.limit = limit
    }

    mutating func add(_ sample: GrowthSample, of site: String) {
        var row = rows[site] ?? Row()
        defer { rows[site] = row }
        row.peak = row.peak.map { Self.greatest($0, sample) } ?? sample
        guard sample.phase == .load else { return row.samples.append(sample) }
        defer { row.seen += 1 }
        guard row.seen % row.step == 0 else { return }
        row.samples.append(sample)
        guard row.samples.count >= limit else { return }
        row.step *= 2
        var isKept = false
        row.samples.removeAll { sample in
            guard sample.phase == .load else { return false }
            isKept.toggle()
            return !isKept
        }
    }

    func samples(of site: String) -> [GrowthSample] { rows[site]?.samples ?? [] }

    /// The greatest of each figure, of every sample ever added.
    func peak(of site: String) -> GrowthSample? { rows[site]?.peak }

    private static func greatest(_ one: GrowthSample, _ other: GrowthSample) -> GrowthSample {
        var greatest = other
        greatest.memoryBytes = max(one.memoryBytes, other.memoryBytes)
        greatest.descriptors = max(one.descriptors, other.descriptors)
        greatest.threads = max(one.threads, other.threads)
        greatest.logAheadBytes = max(one.logAheadBytes, other.logAheadBytes)
        greatest.sideBytes = max(one.sideBytes, other.sideBytes)
        return greatest
    }
}
