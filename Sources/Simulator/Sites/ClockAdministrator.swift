import Replication

/// Who looks at the hub's clock when the hub doubts it: sets it right and starts the hub again if it is wrong, and lets
/// the hub's time go on if it is not.
// Safe: a rehearsal has one thread.
final class ClockAdministrator: @unchecked Sendable {
    /// How long it takes until somebody has read what `status` says.
    static let comesAfter = VirtualTime.minutes(30)

    private unowned let process: SiteProcess
    private var site: SimulatedSite { process.site }
    private var isComing = false

    init(_ process: SiteProcess) { self.process = process }

    func call() {
        guard !isComing else { return }
        isComing = true
        process.after(Self.comesAfter, "administrator", isOfMachine: false) { [unowned self] in look() }
    }

    private func look() {
        isComing = false
        guard (try? process.read { try $0.clockRecord().standing }) == .doubted else { return }
        let truth = site.starts + site.now.microseconds / 1_000
        let error = site.wall - truth
        guard abs(error) <= ReplicationLimits.skewWarningMilliseconds else {
            site.log("the administrator sets the hub's clock, which was \(ClockRecord.words(error))")
            site.clock.step(milliseconds: -error)
            let machine = site
            machine.crash()
            return machine.kernel.after(.minutes(1), "administrator", site: machine.number) { machine.start() }
        }
        process.write("clock trusted") { session, now in
            _ = try session.trustClock(actor: "administrator", at: now)
        } completion: { [self] result in
            if case .failure(let error) = result { site.log("the clock was not trusted: \(error)") }
        }
    }
}
