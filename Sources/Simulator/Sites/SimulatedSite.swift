import Replication
import SQLite
import ServiceDesk
import Standards

/// A site's machine: its disk, its clocks, and the process that runs on it while it runs.
// Safe: a rehearsal has one thread.
final class SimulatedSite: @unchecked Sendable {
    let number: Int
    let id: SiteID
    let place: TopologySite
    let kernel: Kernel
    let network: SimulatedNetwork
    let disk: SimulatedDisk
    let hubKey: [UInt8]
    /// When the scenario starts, in milliseconds since 1970.
    let starts: Int64
    let mischief: Mischief
    let bug: PlantedBug?
    let reading: PackReading
    /// Every site's, by number; the hub is the first.
    let siteIDs: [SiteID]
    var clock: SimulatedClock
    var settings = SiteSettings()
    weak var watcher: (any SiteWatcher)?
    var capacity: HubCapacity?
    var payments: PaymentOffice?
    /// Nil where customers are told of nothing.
    var gateway: NoticeGateway?
    private(set) var process: SiteProcess?
    /// What the hub's own changes are sealed with, so that they count when a branch brings them back.
    var sealKey: [UInt8] { isHub ? hubKey : [] }
    /// It holds everything, and nobody works at it.
    var isStandby = false
    /// A new machine that no hub has taken in yet: nothing can start on it.
    var waitsForEnrolment = false
    /// A machine that stands still: nothing happens on it before this time.
    var pausedUntil = VirtualTime.zero
    private var random: RandomStream

    var isHub: Bool { number == 0 }
    /// What the directory says of it.
    var description: SiteDescription {
        SiteDescription(
            site: id, isHub: isHub, isStandby: isStandby, nameZH: place.name.zh, nameEN: place.name.en,
            divisionCode: place.divisionCode, ticketLetters: place.ticketLetters)
    }
    var databasePath: String { "/\(id.text)/tributary.db" }
    var now: VirtualTime { kernel.now }
    var wall: Int64 { clock.wall(at: kernel.now) }
    var steady: Int64 { clock.steady(at: kernel.now) }

    init(
        number: Int, place: TopologySite, kernel: Kernel, network: SimulatedNetwork, disk: SimulatedDisk,
        hubKey: [UInt8], starts: Int64, mischief: Mischief, bug: PlantedBug?, siteIDs: [SiteID],
        reading: PackReading
    ) {
        self.number = number
        id = SiteID(place.id)
        self.place = place
        self.kernel = kernel
        self.network = network
        self.disk = disk
        self.hubKey = hubKey
        self.starts = starts
        self.mischief = mischief
        self.bug = bug
        self.siteIDs = siteIDs
        self.reading = reading
        clock = SimulatedClock(starts: starts)
        random = kernel.stream(place.id, "site")
    }

    func draw() -> UInt64 { random.next() }

    /// An identifier of 16 bytes, as a node draws it: 48 bits of milliseconds, then 80 random ones.
    func identifier() -> [UInt8] {
        let time = (0..<6).map { UInt8(truncatingIfNeeded: wall >> (40 - 8 * Int64($0))) }
        return time + random.bytes(10)
    }

    /// Starts a process on the site's database, as a node does.
    func start() {
        guard process == nil, !disk.isOff, !waitsForEnrolment else { return }
        do {
            let process = try SiteProcess(self)
            self.process = process
            watcher?.started(self, failure: nil)
            process.begin()
        } catch {
            log("start failed: \(error)")
            watcher?.started(self, failure: "\(error)")
        }
    }

    /// Ends the process as `kill -9` does: what it wrote is with the system, what it had in mind is gone.
    func crash() {
        guard end() else { return }
        disk.abandonHandles()
        closed()
    }

    /// The machine loses power: what was not synced may be gone, or half there.
    func losePower() {
        let ran = end()
        if !disk.isOff { disk.losePower(&random) }
        if ran { closed() }
    }

    /// The machine runs again, without a process yet.
    func powerUp() {
        if disk.isOff { disk.start() }
        clock.reboot(at: kernel.now)
    }

    private var dying: SiteProcess?

    private func end() -> Bool {
        guard let process else { return false }
        process.isDead = true
        dying = process
        self.process = nil
        if isHub { network.hubDied(isSilent: disk.isOff) } else { network.branchDied(number) }
        watcher?.ended(self)
        return true
    }

    private func closed() {
        dying?.close()
        dying = nil
    }

    func log(_ line: String) { watcher?.logged(line, at: self) }
}
