/// What is measured while a rehearsal runs.
final class Figures {
    /// The most samples of a site's backlog.
    static let samplesMax: Int64 = 400
    /// The most moments that are kept for the terminal.
    static let momentsMax = 20_000

    let sampleMinutes: Int
    private(set) var backlogs: [[Int64]]
    private(set) var written: [Int64]
    private var delivered: [Int64]
    /// Changes not yet at the hub, at most, by site.
    private(set) var backlogPeaks: [Int64]
    /// Lags in milliseconds, by site and hour of admission.
    private(set) var lags: [[Int: [Int64]]]
    private(set) var bytesUp: [[Int64]]
    private(set) var bytesDown: [[Int64]]
    private(set) var heals: [Heal] = []
    /// Indices of ``heals`` that are not level yet.
    private(set) var open: [Int] = []
    private(set) var moments: [Moment] = []
    var crashes: [Int64]
    var slowestWrite: [Int64]
    var refusals: [Int64]
    var marks: [RareEvent: Int64] = [:]

    init(sites: Int, sampleMinutes: Int) {
        self.sampleMinutes = sampleMinutes
        let zeros = [Int64](repeating: 0, count: sites)
        backlogs = Array(repeating: [], count: sites)
        lags = Array(repeating: [:], count: sites)
        bytesUp = Array(repeating: [], count: sites)
        bytesDown = Array(repeating: [], count: sites)
        (written, delivered, backlogPeaks) = (zeros, zeros, zeros)
        (crashes, slowestWrite, refusals) = (zeros, zeros, zeros)
    }

    static func sampleMinutes(of span: VirtualTime) -> Int {
        Int(max(5, (span.seconds / 60 + samplesMax - 1) / samplesMax))
    }

    func backlog(of site: Int) -> Int64 { written[site] - delivered[site] }

    func wrote(at site: Int) {
        written[site] += 1
        if site > 0 { backlogPeaks[site] = max(backlogPeaks[site], backlog(of: site)) } else { delivered[site] += 1 }
    }

    func admitted(_ waits: [VirtualTime], from site: Int, at now: VirtualTime) {
        guard !waits.isEmpty else { return }
        delivered[site] += Int64(waits.count)
        lags[site][Int(now.seconds / 3_600), default: []] += waits.map(\.milliseconds)
    }

    /// A change that had been delivered is to be delivered again.
    func returned(by site: Int) { delivered[site] -= 1 }

    func sample(_ bytes: [(up: Int64, down: Int64)], at now: VirtualTime) {
        let day = Int(now.seconds / 86_400)
        for site in backlogs.indices {
            backlogs[site].append(max(0, backlog(of: site)))
            Self.put(bytes[site].up, into: &bytesUp[site], day)
            Self.put(bytes[site].down, into: &bytesDown[site], day)
        }
    }

    /// Keeps totals up to each day; ``byDay(_:)`` takes the differences.
    private static func put(_ total: Int64, into days: inout [Int64], _ day: Int) {
        while days.count <= day { days.append(days.last ?? 0) }
        days[day] = total
    }

    static func byDay(_ totals: [Int64]) -> [Int64] {
        totals.indices.map { $0 == 0 ? totals[0] : totals[$0] - totals[$0 - 1] }
    }

    func heal(at site: Int, _ kind: FaultKind, _ now: VirtualTime) {
        pending.append((site, heals.count))
        open.append(heals.count)
        heals.append(Heal(site: "", kind: kind, at: now, levelAfter: nil))
    }

    /// Which site each open heal is of.
    private var pending: [(site: Int, heal: Int)] = []

    /// Asks of each site that is not level yet whether it is now.
    func watch(_ names: [String], at now: VirtualTime, isLevel: (Int) -> Bool) {
        guard !pending.isEmpty else { return }
        var known: [Int: Bool] = [:]
        var left: [(site: Int, heal: Int)] = []
        for item in pending {
            heals[item.heal].site = names[item.site]
            let level = known[item.site] ?? isLevel(item.site)
            known[item.site] = level
            if level {
                heals[item.heal].levelAfter = now - heals[item.heal].at
                open.removeAll { $0 == item.heal }
            } else {
                left.append(item)
            }
        }
        pending = left
    }

    var lastHeal: VirtualTime? { heals.last?.at }

    var isWatching: Bool { !pending.isEmpty }

    func moment(_ moment: Moment) {
        if moments.count < Self.momentsMax { moments.append(moment) }
    }
}
