import Replication
import SQLite
import ServiceDesk

/// A node's process on a simulated machine: the shell around the core that `Node` is on a real one. It carries effects
/// out, one after the other, in virtual time.
// Safe: a rehearsal has one thread.
final class SiteProcess: @unchecked Sendable {
    unowned let site: SimulatedSite
    let domain: DeskDomain
    let writer: GroupWriter
    private let reader: Database
    var time: ProvinceTime
    let start: UInt32
    /// Why the exchange must not go on.
    let contradiction: String?
    var isDead = false
    /// As it was when somebody was last told.
    private var origin: OriginID?
    private var branch: BranchShell?
    private var hub: HubShell?
    private var outbox: OutboxShell?
    private var notices: NoticeShell?
    private var upkeep: UpkeepShell?
    /// The log may hold what was erased: since the last wipe, or by a process before this one.
    private(set) var hasToWipe = true
    /// The writer is busy until then.
    private var busyUntil = VirtualTime.zero
    private var queuedCost = VirtualTime.zero
    private var isDrainDue = false
    private var commitFailure: SQLiteError?
    /// Answers to people that a planted bug keeps until the hub has answered.
    private var heldAnswers: [() -> Void] = []

    static var migrations: [Migration] { Schema.migrations + DeskSchema.migrations }

    /// - Throws: what a node would print before it ends.
    init(_ site: SimulatedSite) throws {
        self.site = site
        domain = DeskDomain(shelf: PackShelf(check: site.reading.check), mischief: site.mischief)
        let database = try Database(path: site.databasePath, mode: .readWriteCreate, vfs: SimulatedVFS.name)
        try database.migrate(Self.migrations)
        var limits = GroupWriter.Limits()
        limits.waitingJobs = site.settings.queueJobs
        writer = GroupWriter(database: database, limits: limits)
        reader = try Database(path: site.databasePath, mode: .readOnly, vfs: SimulatedVFS.name)
        time = ProvinceTime(wall: site.wall, steady: site.steady)
        let life = try SiteStore(reader, domain: domain).life()
        let counted = site.disk.read("starts").flatMap { UInt32(String(decoding: $0, as: UTF8.self)) }
        let count = StartCount(known: life.start, counted: counted, isHub: site.isHub)
        if let number = count.toWrite { try site.disk.write(Array("\(number)".utf8), to: "starts") }
        start = count.start
        contradiction = site.isHub ? count.contradiction : nil
        guard contradiction == nil else { return }
        let isKept =
            try site.isHub
            && time.keep(SiteStore(reader, domain: domain).timeGivenOut(), steady: site.steady)
        let (domain, begun, now, fresh) = (domain, start, now, OriginID(raw: site.draw()))
        let sealKey = site.sealKey
        let notices = site.gateway.map { NoticeShell(self, $0) }
        self.notices = notices
        let (unjudged, hasMore) = try writer.withDatabase { database in
            try database.transaction(.immediate) { () -> ([Int64], Bool) in
                let store = SiteStore(database, domain: domain, sealKey: sealKey)
                let session = try Session.perform(store) { session in
                    try session.startUp(
                        begun, contradiction: count.contradiction, fresh: fresh, isKept: isKept, at: now)
                }.session
                try notices?.begin(session.changed(.ticket), in: store, at: now)
                return (session.unjudged, session.hasMoreToFold)
            }
        }
        judgeOn(unjudged)
        if hasMore { foldOn() }
    }

    private func foldOn() {
        write("folding again") { session, _ in
            try session.foldAgain()
        } completion: { [self] result in
            if case .success(true) = result { foldOn() }
        }
    }

    /// Province time, in milliseconds since 1970.
    var now: Int64 { time.now(steady: site.steady) }

    func begin() {
        if site.isHub {
            let hub = HubShell(self)
            self.hub = hub
            outbox = OutboxShell(self)
            site.network.hub = hub
            outbox?.look()
            notices?.look()
        } else {
            let branch = BranchShell(self)
            self.branch = branch
            branch.begin()
        }
        upkeep = UpkeepShell(self)
        upkeep?.begin()
    }

    /// Lets something happen later on this machine, if its process still runs then. What waits keeps a dead process in
    /// memory until its time has come: a weak reference would make every use of a process slower.
    ///
    /// - Parameter isOfMachine: false for what a person does, who is no slower at a slow machine.
    func after(
        _ delay: VirtualTime, _ name: StaticString, isOfMachine: Bool = true, _ action: @escaping () -> Void
    ) {
        let times = isOfMachine ? site.settings.timesSlower : 1
        let stretched = VirtualTime(microseconds: delay.microseconds * times)
        site.kernel.after(stretched, name, site: site.number) { [self] in happen(name, action) }
    }

    private func happen(_ name: StaticString, _ action: @escaping () -> Void) {
        guard !isDead else { return }
        guard site.pausedUntil <= site.now else {
            return site.kernel.at(site.pausedUntil, name, site: site.number) { [self] in happen(name, action) }
        }
        action()
    }

    func read<T>(_ body: (SiteStore) throws -> T) throws -> T {
        let domain = domain
        return try reader.transaction(.deferred) { try body(SiteStore(reader, domain: domain)) }
    }

    /// Reads without a transaction around it, which costs more than a query: nothing happens between two statements
    /// here, so all of them see what was committed last.
    func glance<T>(_ body: (Database) throws -> T) throws -> T { try body(reader) }

    /// Runs a session in the next group of the writer; the completion is called when the commit has returned.
    /// - Parameter cost: of the processor's time, besides what every job takes.
    func write<T: Sendable>(
        _ name: String, cost: VirtualTime = .zero, _ body: @escaping @Sendable (inout Session, Int64) throws -> T,
        completion: @escaping @Sendable (Result<T, any Error>) -> Void
    ) {
        let (domain, sealKey) = (domain, site.sealKey)
        do {
            try writer.enqueue(name) { [self] database -> (T, News, [Int64]) in
                let store = SiteStore(database, domain: domain, sealKey: sealKey)
                let (value, session) = try Session.perform(store) { try body(&$0, now) }
                try notices?.record(session.changed(.ticket), in: store, at: now)
                return (value, try News(session, store), session.unjudged)
            } completion: { [self] result in
                // A process that has lost its machine tells nobody anything.
                guard !isDead, !site.disk.isOff else { return }
                if case .failure(let error as SQLiteError) = result, error.kind == .outcomeUnknown {
                    commitFailure = commitFailure ?? error
                }
                if case .success(let done) = result {
                    if done.1.hasErased {
                        hasToWipe = true
                        upkeep?.wipeSoon()
                    }
                    note(done.1.origin)
                    tell(done.1)
                    judgeOn(done.2)
                }
                completion(result.map { $0.0 })
            }
        } catch {
            return completion(.failure(error))
        }
        queuedCost += site.settings.job + cost
        drainSoon()
    }

    private func drainSoon() {
        guard !isDrainDue else { return }
        isDrainDue = true
        let begin = max(site.now, busyUntil)
        busyUntil = begin + queuedCost + site.settings.commit
        site.capacity?.note(busy: queuedCost, at: begin)
        queuedCost = .zero
        after(busyUntil - site.now, "commit") { [unowned self] in drain() }
    }

    private func drain() {
        isDrainDue = false
        writer.drain()
        // Power went in the middle: whatever the writer believes, nobody is there to hear it.
        if site.disk.isOff {
            site.watcher?.lostPower(site)
            return
        }
        if writer.state == .outcomeUnknown {
            let failure = commitFailure
            commitFailure = nil
            let path = site.databasePath
            writer.recover(after: failure) { try Database(path: path, mode: .readWriteCreate, vfs: SimulatedVFS.name) }
        }
        if writer.waitingCount > 0 { drainSoon() }
    }

    /// Puts everything into the database file and cuts the log to nothing.
    func wipeLog() {
        guard hasToWipe, !site.disk.isOff else { return }
        let isWiped = site.bug == .keepsLog || writer.wipeLog()
        if site.disk.isOff { site.watcher?.lostPower(site) } else if isWiped { hasToWipe = false }
    }

    /// Writes the database anew, as a node does once a day when something was erased.
    func rewrite() {
        guard site.bug != .keepsLog, !site.disk.isOff, (try? read { try $0.hasErasedCopies() }) ?? false else { return }
        _ = writer.rewrite()
        if site.disk.isOff { site.watcher?.lostPower(site) }
    }

    private func judgeOn(_ entities: [Int64]) {
        guard !entities.isEmpty else { return }
        write("waiting changes") { session, now in
            try session.judgeWaiting(behind: entities, at: now)
        } completion: { [self] result in
            if case .failure(let error) = result { site.log("judging: \(error)") }
        }
    }

    private func tell(_ news: News) {
        if news.hasWritten { branch?.post(.written) }
        if news.isForEveryone {
            hub?.handle(.newsForEveryone)
        } else if !news.sites.isEmpty {
            hub?.handle(.news(news.sites))
        }
        outbox?.look()
        notices?.look()
    }

    /// Tells a person what has become of a write.
    func answer(_ tell: @escaping () -> Void) {
        guard site.bug == .waitsForHub, !site.isHub else { return tell() }
        heldAnswers.append(tell)
    }

    /// The hub has answered a push.
    func releaseAnswers() {
        let answers = heldAnswers
        heldAnswers = []
        for tell in answers { tell() }
    }

    /// Asks the branch's machine something out of turn.
    func disturb(_ event: BranchExchange.Event) { branch?.post(event) }

    var phase: BranchExchange.Phase? { branch?.phase }

    var isSuperseded: Bool { branch?.isSuperseded ?? false }

    /// Says under which origin the database goes on, once for each.
    func noteOrigin() {
        guard let origin = (try? read { try $0.life().origin }) else { return }
        note(origin)
    }

    private func note(_ origin: OriginID) {
        guard origin != self.origin else { return }
        self.origin = origin
        site.watcher?.renewed(origin, at: site)
    }

    /// A desk for one transaction.
    func desk(_ store: SiteStore, actor: String, now: Int64) -> Desk {
        Desk(store, shelf: domain.shelf, actor: actor, now: now, letters: site.place.ticketLetters)
    }

    /// Lets go of the database's handles, which are dead already.
    func close() {
        if site.isHub, site.network.hub === hub { site.network.hub = nil }
        reader.close()
        writer.close()
    }
}

/// What a committed transaction did that others wait for.
struct News: Sendable {
    var sites: Set<SiteID> = []
    var isForEveryone = false
    var hasWritten = false
    var hasErased = false
    let origin: OriginID

    init(_ session: Session, _ store: SiteStore) throws {
        hasWritten = session.hasWritten
        hasErased = session.hasErased
        origin = session.life.origin
        isForEveryone = session.news.contains(0)
        if !session.news.isEmpty {
            sites = Set(try store.peers().filter { session.news.contains($0.number) }.map(\.site))
        }
    }
}
