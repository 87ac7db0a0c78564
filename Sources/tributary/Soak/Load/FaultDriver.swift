import Dispatch
import Foundation
import Synchronization

/// Brings the planned faults about, and mends each when it is over.
final class FaultDriver: Sendable {
    private struct State {
        var counts: [Fault.Kind: Int] = [:]
        var present: Set<String> = []
        var failures: [String] = []
    }

    private let province: Province
    private let state = Mutex(State())
    private let under = DispatchGroup()
    /// Faults of one site happen one after another, however long a node takes to come back.
    private let queues: [String: DispatchQueue]

    init(_ province: Province) {
        self.province = province
        queues = Dictionary(
            uniqueKeysWithValues: province.sites.map { ($0.id, DispatchQueue(label: "tributary.fault.\($0.id)")) })
    }

    /// How often each kind has happened.
    var counts: [Fault.Kind: Int] { state.withLock { $0.counts } }
    /// What could not be mended.
    var failures: [String] { state.withLock { $0.failures } }
    /// What is broken at the moment, in words.
    var present: [String] { state.withLock { $0.present.sorted() } }

    /// Returns when every fault has been mended.
    ///
    /// - Parameter start: steady seconds at which the load begins.
    func carryOut(_ plan: FaultPlan, from start: Double) {
        for fault in plan.faults {
            let early = start + fault.at - Environment.steadySeconds()
            if early > 0 { Thread.sleep(forTimeInterval: early) }
            let site = fault.branch.map { province.branches[$0] } ?? province.hub
            queues[site.id]?.async(group: under) { self.happen(fault, at: site) }
        }
        under.wait()
    }

    private func happen(_ fault: Fault, at site: ProvinceSite) {
        let what = "\(site.id) \(fault.kind.words)"
        state.withLock { state in
            state.counts[fault.kind, default: 0] += 1
            state.present.insert(what)
        }
        defer { state.withLock { _ = $0.present.remove(what) } }
        let latency = site.place.link?.latencyMilliseconds ?? 0
        switch fault.kind {
        case .killHub, .killBranch: site.kill()
        case .cut: site.relay?.cut()
        case .loseReplies: site.relay?.loseReplies()
        case .slow: site.relay?.delay(toHub: FaultPlan.slowMilliseconds, toBranch: FaultPlan.slowMilliseconds)
        }
        Thread.sleep(forTimeInterval: fault.seconds)
        switch fault.kind {
        case .killHub, .killBranch:
            do {
                try province.revive(site)
            } catch {
                state.withLock { $0.failures.append("\(error)") }
            }
        case .cut, .loseReplies: site.relay?.heal()
        case .slow: site.relay?.delay(toHub: latency, toBranch: latency)
        }
    }
}
