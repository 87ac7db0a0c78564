/// 19: a branch answers whoever writes there within a bound, whatever the line and the hub do; it also answers when
/// nothing could be written.
///
/// The bound is what a full queue and two commits take on the machine as it is, twice: its own slowness, its disk's and
/// its standing still are no fault of the line's.
final class LocalServiceChecker: Checker {
    let number = 19
    let name = "a branch answers by itself"
    let tally = Tally()
    private var open: [Int: [Int: VirtualTime]] = [:]
    /// The faults that make a machine slow; every answer is held against them.
    private var slowing: [ScheduledFault]?
    /// What a slow machine had begun is done at its pace, even if it is quick again by then.
    private static let lingering = VirtualTime.minutes(5)
    private static let job = VirtualTime(microseconds: 400)
    private static let commit = VirtualTime.milliseconds(3)

    func turned(to site: SimulatedSite, with number: Int, in world: World) {
        guard !site.isHub else { return }
        open[site.number, default: [:]][number] = world.kernel.now
    }

    func told(at site: SimulatedSite, of number: Int, in world: World) {
        guard let asked = open[site.number]?.removeValue(forKey: number) else { return }
        hold(asked, against: site, in: world)
    }

    /// Whoever was waiting sees the connection close.
    func stopped(_ site: SimulatedSite, in world: World) { open[site.number] = nil }

    func hour(_ world: World) {
        for site in world.sites.dropFirst() {
            for (number, asked) in (open[site.number] ?? [:]).sorted(by: { $0.key < $1.key })
            where world.kernel.now - asked > bound(at: site, since: asked, in: world) {
                open[site.number]?[number] = nil
                hold(asked, against: site, in: world)
            }
        }
    }

    func ended(_ world: World) { hour(world) }

    private func hold(_ asked: VirtualTime, against site: SimulatedSite, in world: World) {
        let bound = bound(at: site, since: asked, in: world)
        let took = world.kernel.now - asked
        tally.expect(
            took <= bound, world, [site],
            "a write at \(site.id) was answered after \(took.milliseconds) ms, and \(bound.milliseconds) are enough")
    }

    private func bound(at site: SimulatedSite, since asked: VirtualTime, in world: World) -> VirtualTime {
        var slower: Int64 = 1
        var commit = Self.commit
        let slowing = self.slowing ?? world.scenario.faults.filter { $0.kind == .slowNode || $0.kind == .slowDisk }
        self.slowing = slowing
        for fault in slowing {
            let lasts = fault.ends ?? world.scenario.lasts
            guard fault.at <= world.kernel.now, world.staysBroken(site.number) || lasts + Self.lingering >= asked,
                world.faults.numbers(of: fault).contains(site.number)
            else { continue }
            if fault.kind == .slowNode { slower = max(slower, fault.number("timesSlower")) }
            if fault.kind == .slowDisk { commit += .milliseconds(fault.number("syncMilliseconds")) }
        }
        let jobs = Int64(max(world.queueJobs, site.settings.queueJobs))
        let work = (Self.job.microseconds * jobs + commit.microseconds * 2) * 2 * slower
        return VirtualTime(microseconds: work) + max(.zero, site.pausedUntil - asked)
    }
}
