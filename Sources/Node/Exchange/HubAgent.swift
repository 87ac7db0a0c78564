import Dispatch
import Foundation
import HTTP
import Replication
import Synchronization

/// Carries out what the hub's exchange machine decides: requests from the wire go to the writer, answers are filled
/// by a reader, and polls are held.
public final class HubAgent: Sendable {
    private struct Pending {
        let request: ExchangeRequest
        let site: SiteID
        /// Of the credential that it has shown.
        let serial: Int64
        let responder: Responder
        let received: Int64
        var answer: ExchangeAnswer?
    }

    private struct State {
        var machine: HubExchange
        var pending: [UInt64: Pending] = [:]
        var next: UInt64 = 0
        var latencies: [SiteID: Latency] = [:]
        /// When a second database of a site was last refused, by site: steady time in milliseconds.
        var superseded: [SiteID: Int64] = [:]
        /// How far each site's clock is off, in a word, as the log was told last.
        var skews: [SiteID: Skew] = [:]
        /// How many changes a site has brought in the comparison that it is in.
        var brought: [SiteID: Int] = [:]
        var refusedRequests = Allowance.ofRefusedRequests()
        var refusedChanges = Allowance.ofRefusedChanges()
    }

    /// How long after it was last refused a second database counts as alive: a site polls far more often.
    private static let copyMilliseconds: Int64 = 5 * 60 * 1_000

    private let site: Site
    private let state: Mutex<State>
    private let queue = DispatchQueue(label: "tributary.hub", attributes: .concurrent)

    public init(site: Site, holdMilliseconds: Int64 = ExchangeRequest.Lane.usualHoldMilliseconds) {
        self.site = site
        state = Mutex(State(machine: HubExchange(holdMilliseconds: holdMilliseconds)))
        site.listen { [weak self] news in self?.hear(news) }
    }

    /// How long changes took from being written at a branch to being admitted here, by site.
    public func latencies() -> [SiteID: Latency] { state.withLock { $0.latencies } }

    /// Sites of which two databases were alive lately: one of the two is not fed.
    public func superseded() -> Set<SiteID> {
        let now = SystemClock.steady()
        return state.withLock { state in
            Set(state.superseded.filter { now - $0.value < Self.copyMilliseconds }.keys)
        }
    }

    /// How long a site has to wait before its next request of a lane, and why; nil when it may send now.
    func wait(of sender: SiteID, before lane: ExchangeRequest.Lane) -> (milliseconds: Int64, reason: String)? {
        let now = SystemClock.steady()
        return state.withLock { state in
            if let wait = state.refusedRequests.wait(of: sender, at: now) {
                return (
                    wait,
                    "Too many requests of \(sender) were refused; the hub's log says why. It may send again in a "
                        + "moment, and a branch does so by itself."
                )
            }
            guard lane == .push, let wait = state.refusedChanges.wait(of: sender, at: now) else { return nil }
            return (
                wait,
                "The hub has refused changes of \(sender) of \(ReplicationLimits.bytesRefused >> 20) MiB lately and "
                    + "takes no more of its changes for now. Look at `tributary refusals list` there, and correct what "
                    + "writes them. The site keeps what it has, and tries again by itself."
            )
        }
    }

    /// Counts a request that was refused against what its site may cost.
    func noteRefused(_ sender: SiteID) {
        let now = SystemClock.steady()
        state.withLock { $0.refusedRequests.use(ReplicationLimits.refusalMilliseconds, of: sender, at: now) }
    }

    /// Answers every poll that is held, so that a stopping hub need not wait for them.
    public func close() { handle(.newsForEveryone) }

    private func hear(_ news: Site.News) {
        if news.isForEveryone {
            handle(.newsForEveryone)
        } else if !news.sites.isEmpty {
            handle(.news(news.sites))
        }
    }

    /// Takes a request whose credential has been checked.
    public func receive(_ request: ExchangeRequest, from sender: SiteID, serial: Int64, _ responder: Responder) {
        let received = site.now()
        let (number, effects) = state.withLock { state -> (UInt64, [HubExchange.Effect]) in
            state.next += 1
            let number = state.next
            state.pending[number] = Pending(
                request: request, site: sender, serial: serial, responder: responder, received: received)
            let event = HubExchange.Event.arrived(request: number, site: sender, lane: request.lane)
            return (number, state.machine.handle(event, at: SystemClock.steady()))
        }
        responder.onDisconnect { [weak self] in self?.handle(.gone(request: number)) }
        carryOut(effects)
    }

    private func handle(_ event: HubExchange.Event) {
        carryOut(state.withLock { $0.machine.handle(event, at: SystemClock.steady()) })
    }

    private func carryOut(_ effects: [HubExchange.Effect]) {
        for effect in effects {
            switch effect {
            case .take(let number): take(number)
            case .answer(let number): queue.async { self.answer(number) }
            case .supersede(let number): supersede(number)
            case .forget(let number): state.withLock { $0.pending[number] = nil }
            case .setTimer(let steady):
                let delay = max(0, steady - SystemClock.steady())
                queue.asyncAfter(deadline: .now() + .milliseconds(Int(delay))) { [weak self] in self?.handle(.timer) }
            }
        }
    }

    private func take(_ number: UInt64) {
        guard let pending = state.withLock({ $0.pending[number] }) else {
            return handle(.refused(request: number))
        }
        site.write("exchange with \(pending.site)") { session, now in
            let turn = try session.turn(pending.request, from: pending.site, at: now)
            let desk = self.site.desk(session.store, actor: pending.site.text, now: now)
            if try desk.hasDueDecisions,
                try HubStanding(session.store, contradiction: self.site.contradiction).isDeciding
            {
                try desk.decideWithinAuthority(hubKey: self.site.hubKey, in: &session)
            }
            return turn
        } completion: { result in
            switch result {
            case .success(let turn):
                self.count(turn.refusedBytes)
                self.keep(turn.answer, of: number)
                self.note(pending, turn.answer)
                if !turn.answer.isWithheld { self.noteClock(pending, at: turn.time) }
                self.measure(pending, at: turn.time)
                self.handle(.taken(request: number, isQuiet: turn.isQuiet))
            case .failure(let error): self.queue.async { self.refuse(number, pending, because: error) }
            }
        }
    }

    /// Tells the log of comparisons, and of databases that are refused although their credential is good.
    private func note(_ pending: Pending, _ answer: ExchangeAnswer) {
        let sender = pending.site
        if let refusal = answer.refusal {
            site.log.line(
                "exchange", about: sender.text, kind: "refused as \(refusal.kind.rawValue)",
                "refused \(sender): \(refusal.message) \(refusal.remedy)")
            if refusal.kind == .superseded {
                let now = SystemClock.steady()
                state.withLock { $0.superseded[sender] = now }
            }
        }
        guard answer.refusal == nil, let step = pending.request.compare else { return }
        let brought = state.withLock { state in
            state.brought[sender, default: 0] += step.changeCount
            return step.isLast ? state.brought.removeValue(forKey: sender) : nil
        }
        if brought == nil { site.jobs.move(.compare, about: sender.text) }
        if case .announce = step { site.log.line("exchange", about: sender.text, "\(sender) begins to compare") }
        if let brought {
            site.jobs.end(.compare, about: sender.text)
            site.log.line("exchange", about: sender.text, "\(sender) is compared; it has brought \(brought) changes")
        }
    }

    /// A clock is told of when it becomes worse or better, and not with each request.
    private func noteClock(_ pending: Pending, at now: Int64) {
        let offset = pending.request.wallClock.subtractingReportingOverflow(now).partialValue
        let skew = Skew(milliseconds: offset)
        let before = state.withLock { $0.skews.updateValue(skew, forKey: pending.site) } ?? .ok
        guard skew != before else { return }
        let site = pending.site
        self.site.log.line(
            "clock", about: site.text, kind: skew.rawValue,
            skew == .ok
                ? "the clock of \(site) is right again"
                : "\(skew == .alarm ? "ALARM" : "warning"): the clock of \(site) is \(ClockRecord.words(offset)); it "
                    + "uses the province's time. Somebody there has to set it right.")
    }

    private func count(_ refused: [SiteID: Int]) {
        guard !refused.isEmpty else { return }
        let now = SystemClock.steady()
        state.withLock { state in
            for (sender, bytes) in refused { state.refusedChanges.use(Int64(bytes), of: sender, at: now) }
        }
    }

    private func keep(_ answer: ExchangeAnswer, of number: UInt64) {
        state.withLock { $0.pending[number]?.answer = answer }
    }

    private func measure(_ pending: Pending, at now: Int64) {
        guard !pending.request.changes.isEmpty else { return }
        state.withLock { state in
            for change in pending.request.changes {
                state.latencies[pending.site, default: Latency()].add(now - change.stamp.milliseconds)
            }
        }
    }

    private func refuse(_ number: UInt64, _ pending: Pending, because error: any Error) {
        let refusal = error as? ReplicationError
        site.log.line(
            "exchange", about: pending.site.text, kind: "refused as \(refusal?.kind.rawValue ?? "not written")",
            "refused \(pending.site): \(refusal?.description ?? "\(error)")")
        if let refusal {
            noteRefused(pending.site)
            let answer = try? site.read { try $0.refusal(of: pending.request, because: refusal) }
            state.withLock { $0.pending[number]?.answer = answer }
        }
        handle(.refused(request: number))
    }

    private func answer(_ number: UInt64) {
        guard let pending = state.withLock({ $0.pending.removeValue(forKey: number) }) else { return }
        guard let head = pending.answer else {
            pending.responder.send(
                .problem(
                    status: .serviceUnavailable,
                    detail: "The hub cannot write now. The site tries again "
                        + "by itself."))
            return
        }
        if head.isWithheld, let refusal = head.refusal {
            pending.responder.send(
                .problem(status: .serviceUnavailable, detail: "\(refusal.message) \(refusal.remedy)"))
            return
        }
        do {
            var answer = try site.read { try $0.filled(head, for: pending.request, of: pending.site) }
            answer.software = Software.version
            answer.received = pending.received
            answer.sent = site.now()
            if answer.epoch != pending.request.cursor.epoch {
                answer.proveEpoch(
                    to: pending.request,
                    credential: Secrets.credential(of: pending.site, serial: pending.serial, hubKey: site.hubKey))
            }
            pending.responder.send(
                Response(headers: ["Content-Type": "application/octet-stream"], body: .bytes(answer.encoded)))
        } catch {
            site.log.line(
                "exchange", about: pending.site.text, kind: "answer failed",
                "answer to \(pending.site) failed: \(error)")
            pending.responder.send(
                .problem(status: .internalServerError, detail: "The feed cannot be read. See the hub's log."))
        }
    }

    private func supersede(_ number: UInt64) {
        guard let pending = state.withLock({ $0.pending.removeValue(forKey: number) }) else { return }
        pending.responder.send(
            .problem(status: .conflict, detail: "A newer request of this site has come. Only the newest is answered."))
    }
}
