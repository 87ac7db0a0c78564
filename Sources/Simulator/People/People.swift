import Replication
import SQLite
import ServiceDesk
import Standards

/// Everybody who works with the desk: clerks who take tickets, technicians who work on them, the province that looks
/// in, supervisors who decide. What they are told is kept, they believe; what fails they try again, and give up in the
/// end.
// Safe: a rehearsal has one thread.
final class People: @unchecked Sendable {
    /// How often somebody tries again before giving up.
    static let triesMax = 8

    let sites: [SimulatedSite]
    let kernel: Kernel
    let settings: WorkloadSettings
    let hours: Hours
    unowned let watcher: any PeopleWatcher
    var pack: StandardPack
    /// When people go home for good.
    let ends: VirtualTime
    var tickets: [TicketRecord] = []
    /// So many times busier, by site.
    var timesBusier: [Int64]
    /// Thousandths by which the usual shares are raised while a fault of the people lasts, by site.
    var habits: [Habits]
    var randoms: [RandomStream]
    /// What has been read of each ticket type's procedure, by the standard's version and the type.
    var maps: [String: ProcedureMap] = [:]
    /// Tickets that the province was asked to take, by their place in ``tickets``.
    var escalated: [Int] = []
    private var acts = 0
    private let thousandLines: [Int64]

    init(
        _ sites: [SimulatedSite], _ kernel: Kernel, _ settings: WorkloadSettings, _ hours: Hours, pack: StandardPack,
        ends: VirtualTime, watcher: any PeopleWatcher
    ) {
        self.sites = sites
        self.kernel = kernel
        self.settings = settings
        self.hours = hours
        self.pack = pack
        self.ends = ends
        self.watcher = watcher
        timesBusier = sites.map { _ in 1 }
        let usual = Habits(settings)
        habits = sites.map { _ in usual }
        randoms = sites.map { kernel.stream($0.place.id, "people") }
        thousandLines = sites.map { $0.isHub || $0.isStandby ? 0 : Int64(max(1, $0.place.staff.clerks)) }
    }

    func begin() {
        for site in sites where !site.isHub { arriveNext(at: site.number) }
        decideNext()
        beginAllowances()
        beginRosters()
    }

    /// New tickets a day at a branch, in thousandths.
    private func ticketsPerDayPerMille(at site: Int) -> Int64 {
        guard let all = settings.ticketsPerDay else {
            return settings.ticketsPerThousandLinesPerDay * thousandLines[site] * 1_000
        }
        return all * 1_000 * thousandLines[site] / max(1, thousandLines.reduce(0, +))
    }

    private func arriveNext(at site: Int) {
        let perDay = ticketsPerDayPerMille(at: site)
        guard perDay > 0 else { return }
        // Drawn as if it were always the busiest hour; at others some stay away.
        let peak: Int64 = 4_000 * timesBusier[site]
        let mean = VirtualTime(microseconds: max(1_000, 86_400_000_000 * 1_000 / perDay * 1_000 / peak))
        kernel.after(randoms[site].untilNext(mean: mean), "arrival", site: site) { [unowned self] in
            guard kernel.now < ends else { return }
            let isThere = randoms[site].below(4_000) < hours.weight(at: kernel.now)
            if isThere { open(at: site) }
            arriveNext(at: site)
        }
    }

    /// Something a person does at a site: tried until it is done, refused, or given up.
    /// - Parameters:
    ///   - key: names the request, so that a second try is not a second deed.
    ///   - job: runs in the writer's transaction.
    ///   - done: what was written; nil if nothing was.
    func act(
        at site: Int, actor: String, tries: Int = 0,
        _ job: @escaping @Sendable (Desk, inout Session, IdempotencyKey) throws -> Written?,
        done: @escaping @Sendable (Written?) -> Void = { _ in }
    ) {
        acts += 1
        attempt(.init(number: acts, site: site, actor: actor, began: kernel.now, job: job, done: done))
    }

    struct Attempt {
        let number: Int
        let site: Int
        let actor: String
        let began: VirtualTime
        let job: @Sendable (Desk, inout Session, IdempotencyKey) throws -> Written?
        let done: @Sendable (Written?) -> Void
        var tries = 0
    }

    private func attempt(_ attempt: Attempt) {
        let site = sites[attempt.site]
        guard let process = site.process, site.pausedUntil <= kernel.now else { return later(attempt) }
        let key = IdempotencyKey(client: attempt.actor, key: "\(attempt.number)", content: [])
        let asked = kernel.now
        watcher.turned(to: site, with: attempt.number)
        process.write("desk") { [unowned process, unowned self] session, now in
            let desk = process.desk(session.store, actor: attempt.actor, now: now)
            let before = session.life.chain.number
            let written = try attempt.job(desk, &session, key)
            // All that this transaction wrote, a customer's card as well as the ticket.
            if session.life.chain.number > before {
                for sequence in before + 1...session.life.chain.number {
                    let reference = ChangeReference(origin: session.life.origin, sequence: sequence)
                    if let change = try session.store.entry(of: reference)?.change {
                        site.watcher?.issued(change, at: site)
                        watcher.wrote(change, at: site, in: session.store.database)
                    }
                }
            }
            let after = session.life.chain.number
            let origin = session.life.origin
            if site.bug == .acknowledgesEarly {
                watcher.acknowledged(origin: origin, after: before, upTo: after, written, at: site, took: .zero)
            }
            return (written, origin, before, after)
        } completion: { [self, unowned process] result in
            guard case .success((_, _, let before, let after)) = result, after > before else {
                return finish(attempt, result, asked: asked)
            }
            process.answer { [self] in finish(attempt, result, asked: asked) }
        }
    }

    private func finish(
        _ attempt: Attempt, _ result: Result<(Written?, OriginID, UInt64, UInt64), any Error>, asked: VirtualTime
    ) {
        let site = sites[attempt.site]
        watcher.told(at: site, of: attempt.number)
        switch result {
        case .success((let written, let origin, let before, let after)):
            watcher.acknowledged(
                origin: origin, after: before, upTo: after, written, at: site, took: kernel.now - asked)
            attempt.done(written)
        case .failure(let error as DeskError):
            site.log("\(error)")
            watcher.refused(at: site)
            attempt.done(nil)
        case .failure(let error as ReplicationError):
            site.log("\(error)")
            watcher.refused(at: site)
            attempt.done(nil)
        case .failure(let error):
            site.log("\(error)")
            watcher.failed(at: site, took: kernel.now - asked)
            later(attempt)
        }
    }

    private func later(_ attempt: Attempt) {
        guard attempt.tries < Self.triesMax else {
            watcher.gaveUp(at: sites[attempt.site])
            return attempt.done(nil)
        }
        var again = attempt
        again.tries += 1
        let pause = VirtualTime.seconds(randoms[attempt.site].within(20...600))
        kernel.after(pause, "again", site: attempt.site) { [self] in self.attempt(again) }
    }

    func number() -> Int {
        acts += 1
        return acts
    }
}

/// Whoever keeps what people were told.
protocol PeopleWatcher: AnyObject {
    /// A person has asked a site to write something, under the rehearsal's own number for it.
    func turned(to site: SimulatedSite, with number: Int)
    /// The person was told what became of it, whatever it was.
    func told(at site: SimulatedSite, of number: Int)
    /// A person is writing a change, and nothing is committed yet.
    func wrote(_ change: Change, at site: SimulatedSite, in database: Database)
    /// A person was told that it is kept: changes after one sequence and up to another.
    func acknowledged(
        origin: OriginID, after: UInt64, upTo: UInt64, _ written: Written?, at site: SimulatedSite, took: VirtualTime)
    /// The desk said no, with a reason.
    func refused(at site: SimulatedSite)
    /// It could not be written now.
    func failed(at site: SimulatedSite, took: VirtualTime)
    func gaveUp(at site: SimulatedSite)
    /// Whether a site cannot reach the hub at this moment.
    func isCutOff(_ site: Int) -> Bool
    /// A rare good thing was tried.
    func mark(_ event: RareEvent)
}

/// What people do of their own accord, in thousandths.
struct Habits {
    var twoBranches: Int64
    var closeAgainstEscalate: Int64
    var refundTwice: Int64
    var transfers: Int64

    init(_ settings: WorkloadSettings) {
        twoBranches = settings.sameTicketTwoBranchesPerMille
        closeAgainstEscalate = settings.closedAndEscalatedPerMille
        refundTwice = settings.refundsAskedTwicePerMille
        transfers = settings.transfersPerMille
    }
}
