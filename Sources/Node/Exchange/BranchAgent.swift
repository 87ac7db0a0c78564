import Dispatch
import Foundation
import Replication
import Synchronization

/// Carries out what the branch's exchange machine decides: requests are made by the writer, sent by the client, and
/// their answers applied by the writer.
public final class BranchAgent: Sendable {
    /// What status shows of the exchange.
    public struct Report: Sendable {
        public var phase = BranchExchange.Phase.closed
        /// When the hub last answered, province time in milliseconds.
        public var lastHeard: Int64?
        public var lastError: String?
        /// Whether the hub has said that another database of this site was announced since.
        public var isSuperseded = false
    }

    private struct State {
        var machine: BranchExchange
        var prepared: [ExchangeRequest.Lane: ExchangeRequest] = [:]
        var answers: [ExchangeRequest.Lane: HubClient.Answer] = [:]
        var report = Report()
        /// What gave this database away when it was last told that it is not the one that the hub knows.
        var fork: String?
        /// What the first measurement of this process found, in milliseconds.
        var firstError: Int64?
        var isClosed = false
        /// When the next proof is due, by the steady clock.
        var proofAt = SystemClock.steady() + Upkeep.firstProofMilliseconds
    }

    private let site: Site
    private let client: HubClient
    private let queue = DispatchQueue(label: "tributary.branch")
    private let state: Mutex<State>

    public init(site: Site, client: HubClient) {
        self.site = site
        self.client = client
        state = Mutex(State(machine: BranchExchange(start: site.start, site: site.configuration.site)))
        site.listen { [weak self] news in
            if news.hasWritten { self?.post(.written) }
            if news.hasDemanded { self?.post(.demanded) }
        }
    }

    public func report() -> Report {
        state.withLock { state in
            var report = state.report
            report.phase = state.machine.phase
            return report
        }
    }

    public func begin() {
        post(.started)
    }

    public func close() {
        state.withLock { $0.isClosed = true }
        client.close()
    }

    private func post(_ event: BranchExchange.Event) {
        queue.async { self.handle(event) }
    }

    private func handle(_ event: BranchExchange.Event) {
        let effects = state.withLock { state in
            state.isClosed ? [] : state.machine.handle(event, at: SystemClock.steady())
        }
        for effect in effects { carryOut(effect) }
    }

    private func carryOut(_ effect: BranchExchange.Effect) {
        switch effect {
        case .prepare(let lane, let number): prepare(lane, number)
        case .send(let lane): send(lane)
        case .apply(let lane): apply(lane)
        case .renew: renew()
        case .setTimer(let steady):
            let delay = max(0, steady - SystemClock.steady())
            queue.asyncAfter(deadline: .now() + .milliseconds(Int(delay))) { [weak self] in self?.handle(.timer) }
        }
    }

    private func prepare(_ lane: ExchangeRequest.Lane, _ number: ExchangeRequest.Number) {
        let isMeasured = site.clock.isMeasured
        let wantsProof = lane == .poll && state.withLock { $0.proofAt <= SystemClock.steady() }
        site.write("exchange request") { session, now in
            var circumstances = Session.Circumstances(
                now: now, wallClock: SystemClock.wall(), isMeasured: isMeasured, software: Software.version)
            circumstances.wantsProof = wantsProof
            return try session.request(lane, number: number, circumstances)
        } completion: { result in
            switch result {
            case .success(let request):
                self.state.withLock { $0.prepared[lane] = request }
                self.post(.prepared(lane, isEmpty: request.isEmpty))
            case .failure(let error): self.fail(lane, error)
            }
        }
    }

    private func send(_ lane: ExchangeRequest.Lane) {
        guard let request = state.withLock({ $0.prepared[lane] }) else { return }
        client.post(lane, request.encoded) { result in
            // What comes of a call that was given up says nothing about the one that took its place.
            guard self.state.withLock({ $0.prepared[lane]?.number }) == request.number else { return }
            switch result {
            case .success(let answer):
                self.state.withLock { $0.answers[lane] = answer }
                self.post(.answered(lane))
            case .failure(let error): self.fail(lane, error)
            }
        }
    }

    private func apply(_ lane: ExchangeRequest.Lane) {
        let (request, reply) = state.withLock { ($0.prepared[lane], $0.answers.removeValue(forKey: lane)) }
        guard let request, let reply else { return }
        let answer: ExchangeAnswer
        do {
            answer = try ExchangeAnswer(encoded: reply.body)
            try answer.check(answers: request, credential: site.configuration.credential ?? "")
        } catch {
            return fail(lane, error)
        }
        if lane == .hello { measure(reply, answer) }
        let offset = lane == .hello ? site.clock.wallOffset() : nil
        let first = lane == .hello ? state.withLock { $0.firstError } : nil
        let fresh = Draws.origin()
        site.write("exchange answer") { session, now in
            // The database knows whether this start has been measured, so a job that failed is made up for.
            let corrected = try first.map { try session.measured(error: $0, now: now) } ?? 0
            if let offset { try session.noteClock(offset, at: now) }
            let applied = try session.apply(answer, to: request, fresh: fresh, at: now)
            return (applied, session.life.backlog, corrected)
        } completion: { result in
            switch result {
            case .success((let applied, let backlog, let corrected)):
                if corrected > 0 {
                    self.site.log.line("clock", "\(corrected) unsent changes were given corrected times")
                }
                if lane == .compare, applied.mustCompare { self.site.jobs.move(.compare) }
                let now = self.site.now()
                self.state.withLock { state in
                    state.report.lastHeard = now
                    state.report.lastError = nil
                    if applied.isProved != nil { state.proofAt = SystemClock.steady() + Upkeep.proofMilliseconds }
                    if lane == .poll { state.report.isSuperseded = false }
                }
                self.post(.applied(lane, applied, backlog: backlog))
            case .failure(let error): self.fail(lane, error)
            }
        }
    }

    /// Takes the hub's time, and says how far this machine's clock is off if that is too much.
    private func measure(_ reply: HubClient.Answer, _ answer: ExchangeAnswer) {
        let isFirst = !site.clock.isMeasured
        let error = site.clock.measure(sent: reply.sent, received: reply.received, answer: answer)
        if isFirst { state.withLock { $0.firstError = error } }
        let offset = site.clock.wallOffset()
        let skew = Skew(milliseconds: offset)
        guard skew != .ok else { return }
        site.log.line(
            "clock", kind: skew.rawValue,
            "\(skew == .alarm ? "ALARM" : "warning"): this machine's clock is \(ClockRecord.words(offset)); the "
                + "province's time is used. Set the clock right.")
    }

    private func fail(_ lane: ExchangeRequest.Lane, _ error: any Error) {
        let isForked = (error as? ReplicationError)?.kind == .forked
        let isSuperseded = (error as? ReplicationError)?.kind == .superseded
        let text = PlainText.line("\(error)")
        let isNew = state.withLock { state in
            defer { state.report.lastError = text }
            if isSuperseded { state.report.isSuperseded = true }
            // Without the remedy, which is for versions that do not go on by themselves.
            if isForked { state.fork = (error as? ReplicationError).map { PlainText.line($0.message) } }
            return state.report.lastError != text && !state.isClosed
        }
        if isNew { site.log.line("exchange", kind: "\(lane) failed", text) }
        post(isForked ? .forked(lane) : .failed(lane, isFinal: false))
    }

    private func renew() {
        let origin = Draws.origin()
        let reason = state.withLock { $0.fork } ?? "The hub holds another history"
        site.write("new origin") { session, now in
            try session.renewOrigin(origin, because: reason, at: now)
        } completion: { result in
            switch result {
            case .success: self.post(.renewed)
            case .failure(let error): self.fail(.hello, error)
            }
        }
    }
}
