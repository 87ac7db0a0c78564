import Replication

/// Carries out what the branch's exchange machine decides, over the simulated line.
// Safe: a rehearsal has one thread.
final class BranchShell: @unchecked Sendable {
    private struct Reply {
        let body: [UInt8]
        let sent: Int64
        let received: Int64
    }

    private unowned let process: SiteProcess
    private var site: SimulatedSite { process.site }
    private var machine: BranchExchange
    private var prepared: [ExchangeRequest.Lane: ExchangeRequest] = [:]
    private var replies: [ExchangeRequest.Lane: Reply] = [:]
    private var firstError: Int64?
    /// What was complained of last, so that a line is logged once.
    private var lastError: String?
    private var timer: UInt64 = 0
    /// When the next proof is due, by the steady clock, in milliseconds.
    private var proofAt: Int64
    /// Whether the hub feeds another database of this site, as the status says it.
    private(set) var isSuperseded = false

    init(_ process: SiteProcess) {
        self.process = process
        machine = BranchExchange(start: process.start, site: process.site.id, mischief: process.site.mischief)
        proofAt = process.site.steady + Upkeep.firstProofMilliseconds
    }

    var phase: BranchExchange.Phase { machine.phase }

    func begin() {
        post(.started)
    }

    func post(_ event: BranchExchange.Event) {
        guard !process.isDead else { return }
        for effect in machine.handle(event, at: site.steady) { carryOut(effect) }
    }

    private func carryOut(_ effect: BranchExchange.Effect) {
        switch effect {
        case .prepare(let lane, let number): prepare(lane, number)
        case .send(let lane): send(lane)
        case .apply(let lane): apply(lane)
        case .renew: renew()
        case .setTimer(let steady):
            timer += 1
            let asked = timer
            var delay = site.clock.delay(until: steady, at: site.now)
            if site.settings.hasEarlyTimers { delay = VirtualTime(microseconds: delay.microseconds / 2) }
            process.after(max(delay, .milliseconds(1)), "timer") { [unowned self] in
                if asked == timer { post(.timer) }
            }
        }
    }

    private func prepare(_ lane: ExchangeRequest.Lane, _ number: ExchangeRequest.Number) {
        let wantsProof = lane == .poll && proofAt <= site.steady
        let circumstances = Session.Circumstances(
            now: process.now, wallClock: site.wall, isMeasured: process.time.isMeasured,
            software: site.settings.software, batchBytes: site.settings.batchBytes)
        process.write("exchange request") { session, now in
            var circumstances = circumstances
            circumstances.now = now
            circumstances.wantsProof = wantsProof
            return try session.request(lane, number: number, circumstances)
        } completion: { [self] result in
            switch result {
            case .success(let request):
                prepared[lane] = request
                post(.prepared(lane, isEmpty: request.isEmpty))
            case .failure(let error): fail(lane, error)
            }
        }
    }

    private func send(_ lane: ExchangeRequest.Lane) {
        guard let request = prepared[lane] else { return }
        let sent = site.steady
        let body = request.encoded
        site.watcher?.framed(body.count, at: site)
        site.watcher?.asked(lane, at: site)
        let deadline = VirtualTime.milliseconds(lane.deadlineMilliseconds(hold: site.settings.pollHoldMilliseconds))
        let connect = VirtualTime.milliseconds(ExchangeRequest.Lane.connectMilliseconds)
        site.network.post(body, lane, from: site.number, connect: connect, deadline: deadline) { [weak self] result in
            self?.process.after(.zero, "answer") { self?.take(result, lane, of: request.number, sent: sent) }
        }
    }

    private func take(
        _ result: Result<NetworkReply, CallFailure>, _ lane: ExchangeRequest.Lane,
        of number: ExchangeRequest.Number, sent: Int64
    ) {
        // What comes of a call that was given up says nothing about the one that took its place.
        guard prepared[lane]?.number == number else { return }
        switch result {
        case .success(let reply) where reply.status == 200:
            replies[lane] = Reply(body: reply.body, sent: sent, received: site.steady)
            post(.answered(lane))
        case .success(let reply):
            fail(lane, ReplicationError(.refused, "The hub answered \(reply.status).", remedy: ""))
        case .failure(let failure):
            fail(lane, ReplicationError(.stale, "The hub does not answer (\(failure.rawValue)).", remedy: ""))
        }
    }

    private func apply(_ lane: ExchangeRequest.Lane) {
        guard let request = prepared[lane], let reply = replies.removeValue(forKey: lane) else { return }
        let answer: ExchangeAnswer
        do {
            answer = try ExchangeAnswer(encoded: reply.body)
            try answer.check(answers: request)
        } catch {
            return fail(lane, error)
        }
        if lane == .hello {
            let isFirst = !process.time.isMeasured
            let error = process.time.measure(sent: reply.sent, received: reply.received, answer: answer)
            if isFirst { firstError = error }
        }
        let first = lane == .hello ? firstError : nil
        let fresh = OriginID(raw: site.draw())
        process.write("exchange answer") { session, now in
            let corrected = try first.map { try session.measured(error: $0, now: now) } ?? 0
            let applied = try session.apply(answer, to: request, fresh: fresh, at: now)
            if lane == .compare { try self.noteStreams(session.store) }
            return (applied, session.life.backlog, corrected)
        } completion: { [self] result in
            switch result {
            case .success((let applied, let backlog, let corrected)):
                if corrected > 0 { site.watcher?.corrected(corrected, at: site) }
                lastError = nil
                if lane == .poll { isSuperseded = false }
                if lane == .push { process.releaseAnswers() }
                if applied.isProved != nil { proofAt = site.steady + site.settings.proofMilliseconds }
                site.watcher?.applied(lane, applied, at: site)
                post(.applied(lane, applied, backlog: backlog))
            case .failure(let error): fail(lane, error)
            }
        }
    }

    /// What is issued again may go under an origin that the database never goes on as.
    private func noteStreams(_ store: SiteStore) throws {
        let origins = try store.database.all(
            "SELECT id FROM own_stream JOIN origin ON origin.number = own_stream.origin ORDER BY id"
        ) { OriginID(raw: $0.uint64(0)) }
        for origin in origins { site.watcher?.issuesAgain(as: origin, at: site) }
    }

    private func fail(_ lane: ExchangeRequest.Lane, _ error: any Error) {
        let text = "\(lane) failed: \(error)"
        if text != lastError { site.log(text) }
        lastError = text
        if (error as? ReplicationError)?.kind == .superseded { isSuperseded = true }
        guard (error as? ReplicationError)?.kind == .forked else { return post(.failed(lane, isFinal: false)) }
        post(.forked(lane))
    }

    private func renew() {
        let (origin, reason) = (OriginID(raw: site.draw()), lastError ?? "")
        process.write("new origin") { session, now in
            try session.renewOrigin(origin, because: reason, at: now)
        } completion: { [self] result in
            switch result {
            case .success:
                site.log("goes on as \(origin)")
                post(.renewed)
            case .failure(let error): fail(.hello, error)
            }
        }
    }
}
