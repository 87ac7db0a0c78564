import Synchronization

/// Looks at every node of a province when it is told to.
final class Sampler: Sendable {
    /// How long a node may take to say how much it holds, in seconds.
    private static let statusSeconds = 2.0

    private struct State {
        var shelf = SampleShelf()
        var phase = GrowthSample.Phase.idle
        /// What each site last said of its tickets and changes.
        var held: [String: (tickets: Int, changes: Int)] = [:]
        var latest: [String: GrowthSample] = [:]
    }

    private let province: Province
    private let start = Environment.steadySeconds()
    private let state = Mutex(State())

    init(_ province: Province) { self.province = province }

    var phase: GrowthSample.Phase {
        get { state.withLock { $0.phase } }
        set { state.withLock { $0.phase = newValue } }
    }

    /// The last sample of every site that has one.
    var latest: [GrowthSample] { state.withLock { state in state.latest.sorted { $0.key < $1.key }.map(\.value) } }

    var growth: [SiteGrowth] {
        let shelf = state.withLock { $0.shelf }
        return province.sites.map {
            SiteGrowth(site: $0.id, samples: shelf.samples(of: $0.id), peaks: shelf.peak(of: $0.id))
        }
    }

    /// Takes a sample of every site whose node runs.
    func look() {
        let phase = phase
        try? Parallel.each(province.sites) { site in self.look(at: site, phase) }
    }

    private func look(at site: ProvinceSite, _ phase: GrowthSample.Phase) {
        guard let processID = site.processID, let process = ProcessFigures.process(processID) else { return }
        let said = try? site.client.get("/api/status", deadlineSeconds: Self.statusSeconds).json
        let folder = site.data
        state.withLock { state in
            if let tickets = said?["tickets"]?.intValue, let changes = said?["changes"]?.intValue {
                state.held[site.id] = (tickets, changes)
            }
            let held = state.held[site.id] ?? (0, 0)
            let sample = GrowthSample(
                seconds: Environment.steadySeconds() - start, phase: phase, processID: processID,
                memoryBytes: process.memoryBytes, descriptors: process.descriptors, threads: process.threads,
                databaseBytes: ProcessFigures.fileBytes(folder + "/tributary.db"),
                logAheadBytes: ProcessFigures.fileBytes(folder + "/tributary.db-wal"),
                sideBytes: ProcessFigures.fileBytes(folder + "/starts"),
                logBytes: ProcessFigures.fileBytes(site.log), tickets: held.tickets, changes: held.changes)
            state.latest[site.id] = sample
            state.shelf.add(sample, of: site.id)
        }
    }
}
