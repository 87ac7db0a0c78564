import Replication

/// Makes faults begin and end: keeps which are on, and works out from them how each line, disk and clock is.
// Safe: a rehearsal has one thread.
final class FaultDriver: @unchecked Sendable {
    unowned let world: World
    /// Those that are on, in the order in which they began.
    private(set) var active: [(number: Int, fault: ScheduledFault, sites: [Int])] = []
    private(set) var bands: [FaultBand] = []
    private var baseConditions: [LinkCondition]
    /// Lines that are cut at the moment by a fault that comes and goes by itself.
    var flapped: [Int: Set<Int>] = [:]
    var traced: [Int: LinkTrace.Sample?] = [:]
    var random: RandomStream
    /// Sites whose data a fault has damaged for good.
    private(set) var damaged: Set<Int> = []
    /// By the fault's number and the site's: what is to be put back.
    var backups: [Int: [Int: (image: DiskImage, place: Descent.Place)]] = [:]
    /// New machines that have a snapshot and have not joined yet.
    var withSnapshot: Set<Int> = []
    /// The hub's disk was lost, and its operator has not acted yet.
    var isEpochDue = false
    /// The operator will make the hub of the standby.
    var isPromotionDue = false

    init(_ world: World) {
        self.world = world
        baseConditions = world.sites.map { world.network.condition(of: $0.number) }
        random = world.kernel.stream("", "faults")
    }

    func schedule(_ faults: [ScheduledFault]) {
        for (number, fault) in faults.enumerated() {
            scheduleBackups(number, fault)
            world.kernel.at(fault.at, "fault") { [unowned self] in begin(number, fault) }
        }
    }

    /// The sites of a fault, by number.
    func numbers(of fault: ScheduledFault) -> [Int] {
        if !fault.sites.isEmpty { return fault.sites.compactMap { world.number(of: $0) }.sorted() }
        if fault.kind.isHubOnly { return fault.kind == .hubIsolated ? Array(world.sites.indices.dropFirst()) : [0] }
        return Array(world.sites.indices.dropFirst())
    }

    private func begin(_ number: Int, _ fault: ScheduledFault) {
        let sites = numbers(of: fault)
        let ends =
            fault.kind.isMomentary
            ? fault.at + max(fault.takes, Self.momentsLength) : fault.ends ?? world.scenario.lasts
        bands.append(
            FaultBand(kind: fault.kind, sites: sites.map { world.sites[$0].id.text }, from: fault.at, to: ends))
        if !fault.kind.isMomentary {
            active.append((number, fault, sites))
            // What outlasts the scenario ceases with all the others.
            if ends < world.scenario.lasts {
                world.kernel.at(ends, "fault ends") { [unowned self] in end(number) }
            }
        } else {
            world.kernel.at(ends, "fault over") { [unowned self] in world.healed(sites, of: fault.kind) }
        }
        for site in sites { start(fault, number, at: site, until: ends) }
        if fault.kind.isHubOnly || fault.kind.device == .hub { start(fault, number) }
    }

    /// How long what happens in a moment is shown for.
    private static let momentsLength = VirtualTime.minutes(1)

    private func end(_ number: Int) {
        guard let index = active.firstIndex(where: { $0.number == number }) else { return }
        let (_, fault, sites) = active.remove(at: index)
        flapped[number] = nil
        for site in sites { stop(fault, at: site) }
        if fault.kind.isHubOnly { stop(fault) }
        world.healed(sites, of: fault.kind)
    }

    /// The scenario's time is over: everything ends at the sites that heal, and stays as it is at the others.
    func cease() {
        let ending = active
        for index in active.indices { active[index].sites.removeAll { !world.staysBroken($0) } }
        for item in ending {
            let healing = item.sites.filter { !world.staysBroken($0) }
            for site in healing { stop(item.fault, at: site) }
            if item.fault.kind.isHubOnly { stop(item.fault) }
            world.healed(healing, of: item.fault.kind)
        }
        for site in world.sites where !world.staysBroken(site.number) {
            site.pausedUntil = world.kernel.now
            if site.disk.isOff { site.powerUp() }
            site.disk.cancelPowerCut()
            if site.process == nil { site.start() }
        }
        finishWork()
    }

    func refreshLine(_ site: Int) {
        guard site > 0 else { return }
        var condition = baseConditions[site]
        for item in active where item.sites.contains(site) { apply(item.number, item.fault, to: &condition, of: site) }
        world.network.set(condition, of: site)
    }

    private func apply(_ number: Int, _ fault: ScheduledFault, to line: inout LinkCondition, of site: Int) {
        switch fault.kind {
        case .loss: line.lossPerMille = max(line.lossPerMille, fault.number("lossPerMille"))
        case .delay: line.delay += .milliseconds(fault.number("delayMilliseconds"))
        case .reorder: line.reorderPerMille = fault.number("perMille")
        case .duplicate: line.duplicatePerMille = fault.number("perMille")
        case .reset: line.resetPerMille = fault.number("perMille")
        case .replyLost: line.replyLostPerMille = fault.number("perMille")
        case .corrupt: line.corruptPerMille = fault.number("perMille")
        case .captivePortal: line.isCaptive = true
        case .linkCut, .hubIsolated: line.isCut = true
        case .linkOneWay:
            if fault.number("canSend") == 1 { line.canReceive = false } else { line.canSend = false }
        case .bandwidth: line.kilobitsPerSecond = min(line.kilobitsPerSecond, fault.number("kilobitsPerSecond"))
        case .swizzle, .flapping: if flapped[number]?.contains(site) ?? false { line.isCut = true }
        case .traced:
            guard let sample = traced[site] ?? nil else { return }
            line.lossPerMille = sample.lossPerMille
            if let trip = sample.roundTripMilliseconds { line.delay = .milliseconds(trip / 2) }
            line.isCut = sample.lossPerMille >= fault.number("offlineLossPerMille")
        default: break
        }
    }

    func isOn(_ number: Int) -> Bool { active.contains { $0.number == number } }

    func damage(_ site: Int) { damaged.insert(site) }
}
