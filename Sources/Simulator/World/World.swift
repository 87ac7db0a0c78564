import Hashing
import Replication
import SQLite
import ServiceDesk
import Standards

/// A province in a rehearsal: its sites with their machines, the lines between them, the people, and whoever watches.
// Safe: a rehearsal has one thread.
final class World: @unchecked Sendable {
    let scenario: Scenario
    let input: RehearsalInput
    let kernel: Kernel
    let network: SimulatedNetwork
    let journal: Journal
    let payments = PaymentOffice()
    let gateway = NoticeGateway()
    let capacity: HubCapacity
    /// What the hub says of the clocks of tickets.
    let clocks = ServiceClockBook()
    private(set) var sites: [SimulatedSite] = []
    private(set) lazy var people = People(
        sites, kernel, scenario.workload,
        Hours(
            scenario.workload.profile, starts: scenario.starts,
            zoneMinutes: input.topology.province.timeZone.minutes),
        pack: pack, ends: scenario.lasts, watcher: self)
    private(set) lazy var faults = FaultDriver(self)
    private let pack: StandardPack
    let checkers: [any Checker]
    let figures: Figures
    let mischief: Mischief
    private let numbers: [String: Int]
    private var document: JSONValue
    private var editions = 0
    /// How long a machine whose power was cut stays down, in seconds, by site.
    var downSeconds: [Int: Int64] = [:]
    /// Contents of disks that are on no machine and may come back: the other half of a pair of copies.
    var parked: [(site: Int, image: DiskImage, database: Int)] = []
    /// By site: acknowledged entries of the journal that its disk did not hold when it was last replaced.
    var missing: [Int: Set<Int>] = [:]
    /// Whether some site goes on under another origin than at first.
    var hasRenewed: Bool { journal.homes.count > sites.count }
    /// Whether every site of the core was level when the time was up.
    var isSettled = false
    /// Follows a ticket, where somebody asks.
    var trace: TicketTrace?
    /// Takes every line that a site would log.
    var logLine: ((VirtualTime, String, String) -> Void)?
    let batchBytes: Int
    let queueJobs: Int
    var traces: [Int: [String: LinkTrace]] { input.traces }

    init(_ input: RehearsalInput, seed: UInt64, checkers: [any Checker]) throws {
        self.input = input
        scenario = input.scenario
        kernel = Kernel(seed: seed)
        let places = input.topology.sites.filter { $0.role == .hub } + input.topology.branches
        let names = places.map(\.id)
        numbers = Dictionary(names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        network = SimulatedNetwork(kernel, names: names, conditions: places.map { Self.condition($0.link) })
        journal = Journal(sites: places.count)
        capacity = HubCapacity(input.calibration)
        capacity.speedPerMille = scenario.hub.speedPerMille
        figures = Figures(sites: places.count, sampleMinutes: Figures.sampleMinutes(of: scenario.lasts))
        mischief = scenario.plantedBug?.mischief ?? .none
        self.checkers = checkers
        batchBytes = Int(scenario.exchange.batchBytes ?? Int64(ReplicationLimits.bytesInBatch))
        queueJobs = scenario.exchange.queueJobs.map { Int($0) } ?? SiteSettings().queueJobs
        document = try JSONValue(parsing: input.document, sizeLimit: StandardPack.sizeLimit)
        let (pack, findings) = StandardPack.check(input.document)
        guard let pack else {
            throw RehearsalError("the standard pack is not right: \(findings.first?.description ?? "")")
        }
        self.pack = pack
        makeSites(places)
        payments.observe = { [unowned self] payment in for checker in self.checkers { checker.paid(payment, in: self) }
        }
        gateway.observe = { [unowned self] change in for checker in self.checkers { checker.told(of: change, in: self) }
        }
    }

    private static func condition(_ link: LinkProfile?) -> LinkCondition {
        LinkCondition(
            delay: .milliseconds(Int64(link?.latencyMilliseconds ?? 1)),
            kilobitsPerSecond: Int64(link?.kilobitsPerSecond ?? 1_000_000),
            lossPerMille: Int64(link?.lossPerMille ?? 0))
    }

    /// Rounds of upkeep that a site makes in a long rehearsal: each costs the same, however long the pause before it.
    private static let upkeeps: Int64 = 300

    private func makeSites(_ places: [TopologySite]) {
        var keys = kernel.stream("", "hub key")
        let hubKey = keys.bytes(32)
        let ids = places.map { SiteID($0.id) }
        let reading = PackReading()
        for (number, place) in places.enumerated() {
            var seeds = kernel.stream(place.id, "disk")
            let disk = SimulatedDisk(name: place.id, seed: seeds.next())
            disk.faults.dropsSyncs = scenario.plantedBug == .droppedSync
            disk.faults.losesOneWriteIn = scenario.plantedBug == .lostWrite ? 7 : 0
            SimulatedVFS.install(asDefault: false).attach(disk, as: place.id)
            let site = SimulatedSite(
                number: number, place: place, kernel: kernel, network: network, disk: disk, hubKey: hubKey,
                starts: scenario.starts, mischief: mischief, bug: scenario.plantedBug, siteIDs: ids,
                reading: reading)
            site.settings.pollHoldMilliseconds = scenario.exchange.pollHoldSeconds * 1_000
            site.settings.batchBytes = batchBytes
            site.settings.queueJobs = queueJobs
            site.settings.upkeepSeconds = max(SiteSettings().upkeepSeconds, scenario.lasts.seconds / Self.upkeeps)
            site.isStandby = place.id == scenario.standby
            site.watcher = self
            if number == 0 {
                site.capacity = capacity
                site.payments = payments
                // Without steps to tell of there is nothing to send, and a run is spared looking for it.
                site.gateway = pack.ticketTypes.contains { $0.transitions.contains(where: \.notifies) } ? gateway : nil
            }
            sites.append(site)
        }
    }

    func number(of site: String) -> Int? { numbers[site] }

    // MARK: Before the first event

    /// Makes the hub with the directory and the standard, and joins the branches, as an administrator does before the
    /// first day.
    func found() throws {
        var draws = kernel.stream("", "origins")
        let origins = sites.map { _ in OriginID(raw: draws.next()) }
        let epoch = Epoch(number: 1, random: draws.next())
        for site in sites {
            let database = try Database(
                path: site.databasePath, mode: .readWriteCreate, vfs: SimulatedVFS.name)
            defer { database.close() }
            try database.migrate(SiteProcess.migrations)
            try database.transaction(.immediate) {
                let store = SiteStore(database, domain: DeskDomain(), sealKey: site.sealKey)
                try store.found(
                    site: site.id, isHub: site.isHub, isStandby: site.isStandby, origin: origins[site.number],
                    epoch: site.isHub ? epoch : .none)
                journal.note(origin: origins[site.number].raw, of: site.number)
                if site.isHub { try Session.run(store) { try furnish(&$0, store, origins) } }
            }
        }
    }

    private func furnish(_ session: inout Session, _ store: SiteStore, _ origins: [OriginID]) throws {
        let now = scenario.starts
        for site in sites {
            try session.add(site.description, actor: "hub init", at: now)
        }
        let desk = Desk(
            store, shelf: PackShelf(), actor: "hub init", now: now, letters: sites[0].place.ticketLetters)
        _ = try desk.publish(people.pack, document: input.document, effective: nil, in: &session)
        for site in sites.dropFirst() {
            try session.join(site.id, origin: origins[site.number], actor: "enrolment", at: now)
        }
    }

    /// The next edition of the standard, in force an hour from now.
    func publishNextStandard() {
        editions += 1
        guard case .object(var members) = document else { return }
        let version = "\(people.pack.version)-\(editions)"
        members["version"] = .string(version)
        // Of a standard with procedures something changes that branches must come to know.
        if people.hasProcedures { Self.change(&members, by: Int64(editions)) }
        let bytes = JSONValue.object(members).bytes()
        guard let pack = StandardPack.check(bytes).0 else { return }
        mark(.standardChanged)
        people.act(at: 0, actor: "standards") { desk, session, _ in
            _ = try desk.publish(pack, document: bytes, effective: desk.now + 3_600_000, in: &session)
            return nil
        }
    }

    /// What the province grants rises a little, and what it gives its departments time for.
    private static func change(_ members: inout [String: JSONValue], by edition: Int64) {
        if case .object(var refund)? = members["refund"], case .integer(let fen)? = refund["limitFen"] {
            refund["limitFen"] = .integer(fen + 100 * edition)
            members["refund"] = .object(refund)
        }
        guard case .array(let limits)? = members["limits"] else { return }
        members["limits"] = .array(limits.map { longer($0, by: edition) })
    }

    /// A step's limit of the province's own; what a regulation says is not the province's to change.
    private static func longer(_ limit: JSONValue, by edition: Int64) -> JSONValue {
        guard case .object(var members) = limit, members["clock"] == "step", members["source"] == "province",
            case .object(var time)? = members["limit"], case .integer(let value)? = time["value"]
        else { return limit }
        time["value"] = .integer(value + edition)
        members["limit"] = .object(time)
        return .object(members)
    }

    // MARK: Who is whole

    /// Whether what is wrong at a site stays wrong when the scenario's time is over.
    func staysBroken(_ site: Int) -> Bool {
        faults.damaged.contains(site)
            || (scenario.then.heal == .allBut && scenario.then.sites.contains(sites[site].id.text))
    }

    /// Whether its data has been damaged for good.
    func isDamaged(_ site: SimulatedSite) -> Bool { faults.damaged.contains(site.number) }

    /// The site that sees everything, if the scenario names one.
    var standby: SimulatedSite? { sites.first(where: \.isStandby) }

    /// The sites that must become level; the hub is one of them.
    var core: [SimulatedSite] { sites.filter { !staysBroken($0.number) } }

    /// Reads a site's database as it stands, with a checker's own eyes; nil where nothing can be read.
    func look<T>(at site: SimulatedSite, _ body: (Database) throws -> T) -> T? {
        guard let process = site.process else { return nil }
        return try? process.glance(body)
    }

    /// Whether the hub has all that a branch has written, and the branch all that the hub has for it.
    func isLevel(_ site: SimulatedSite) -> Bool {
        guard !site.isHub else { return isHubAtWork }
        let own = look(at: site) { database in
            try database.first(
                """
                SELECT sequence, acknowledged, feed,
                    (SELECT count(*) FROM wanted) + (SELECT count(*) FROM withdrawn) + comparing
                        + (SELECT count(*) FROM own_stream WHERE is_settled = 0) FROM life
                """
            ) { (written: $0.int64(0), acknowledged: $0.int64(1), feed: $0.int64(2), open: $0.int64(3)) }
        }
        guard let own = own ?? nil, own.written == own.acknowledged, own.open == 0 else { return false }
        let last = look(at: sites[0]) { database in
            try database.first(
                """
                SELECT max(number) FROM feed WHERE site IN (0, (SELECT number FROM peer WHERE site = ?))
                """, site.id.text
            ) { $0.isNull(0) ? 0 : $0.int64(0) }
        }
        return (last ?? nil).map { $0 <= own.feed } ?? false
    }

    /// Whether the hub judges and decides: it doubts nothing and waits for nobody.
    private var isHubAtWork: Bool {
        guard sites[0].process?.contradiction == nil else { return false }
        return look(at: sites[0]) { database in
            try database.first("SELECT doubt = '' AND is_gathering = 0 FROM life") { $0.bool(0) } ?? false
        } ?? false
    }

    /// A fault is over at these sites: from now on it is watched when each is level again.
    func healed(_ sites: [Int], of kind: FaultKind) {
        guard Self.cutsOff(kind) else { return }
        let concerned = sites.contains(0) ? Array(self.sites.indices) : sites
        for site in concerned where site > 0 {
            // While something else is in its way a site is not expected to be level.
            if !isCutOff(site) { figures.heal(at: site, kind, kernel.now) }
        }
    }

    /// Whether a fault keeps its sites from exchanging.
    static func cutsOff(_ kind: FaultKind) -> Bool { [.network, .process, .disk].contains(kind.device) }

    func moment(_ kind: Moment.Kind, _ site: SimulatedSite) {
        figures.moment(Moment(at: kernel.now, site: site.id.text, kind: kind))
    }

    /// A moment of the run as people write it.
    func clockText(_ time: VirtualTime?) -> String { time.map(DurationText.clock) ?? "no time" }
}

/// Why a rehearsal cannot begin.
public struct RehearsalError: Error, CustomStringConvertible, Sendable {
    public let description: String

    init(_ description: String) { self.description = description }
}
