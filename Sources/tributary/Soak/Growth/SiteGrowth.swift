/// The samples of one site, in the order of time.
struct SiteGrowth: Sendable {
    let site: String
    let samples: [GrowthSample]
    /// The greatest of each figure, also of samples that were thinned out.
    let peaks: GrowthSample?

    init(site: String, samples: [GrowthSample], peaks: GrowthSample? = nil) {
        self.site = site
        self.samples = samples
        self.peaks = peaks
    }

    /// The samples of each process that the site has had.
    var lives: [[GrowthSample]] {
        var lives: [[GrowthSample]] = []
        for sample in samples {
            if lives.last?.last?.processID == sample.processID {
                lives[lives.count - 1].append(sample)
            } else {
                lives.append([sample])
            }
        }
        return lives
    }

    /// The life that was under load for longest.
    var longestLife: [GrowthSample] {
        func seconds(_ life: [GrowthSample]) -> Double {
            (life.last?.seconds ?? 0) - (life.first?.seconds ?? 0)
        }
        return lives.map { $0.filter { $0.phase == .load } }.max { seconds($0) < seconds($1) } ?? []
    }

    func peak(_ value: (GrowthSample) -> Int) -> Int { (samples + (peaks.map { [$0] } ?? [])).map(value).max() ?? 0 }

    /// The first sample: the site before anything was done with it.
    var first: GrowthSample? { samples.first }

    /// The last sample, if it was taken when all was quiet.
    var lastQuiet: GrowthSample? { samples.last.flatMap { $0.phase == .quiet ? $0 : nil } }

    /// The greatest number of descriptors of the idle node.
    var idleDescriptors: Int? { samples.filter { $0.phase == .idle }.map(\.descriptors).max() }

    /// Bytes of database for each change the soak has brought; nil when it has brought too few.
    func diskPerChange(_ limits: GrowthLimits) -> Double? {
        guard let first, let last = samples.last, last.changes - first.changes >= limits.diskChangesMin
        else { return nil }
        return Double(last.databaseBytes - first.databaseBytes) / Double(last.changes - first.changes)
    }

    /// What is left of a life's memory when each ticket's share is taken out, after its warm-up.
    func unexplainedMemory(_ limits: GrowthLimits) -> [(seconds: Double, value: Double)] {
        let life = longestLife
        guard let first = life.first, let last = life.last, last.seconds - first.seconds >= limits.trendSecondsMin
        else {
            return []
        }
        let warm = first.seconds + min(limits.warmUpSeconds, (last.seconds - first.seconds) / 4)
        return life.filter { $0.seconds >= warm }.map { sample in
            let share = limits.memoryPerTicket * (sample.tickets - first.tickets)
            return (sample.seconds, Double(sample.memoryBytes - share))
        }
    }
}
