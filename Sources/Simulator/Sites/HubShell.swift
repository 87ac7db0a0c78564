import Replication

/// Carries out what the hub's exchange machine decides: frames from the lines go to the writer, answers are filled by a
/// reader, and polls are held.
// Safe: a rehearsal has one thread.
final class HubShell: HubEndpoint, @unchecked Sendable {
    private struct Pending {
        let request: ExchangeRequest
        let site: Int
        let received: Int64
        let reply: (NetworkReply) -> Void
        var answer: ExchangeAnswer?
    }

    private unowned let process: SiteProcess
    private var site: SimulatedSite { process.site }
    private var machine: HubExchange
    private var pending: [UInt64: Pending] = [:]
    private var refusedRequests = Allowance.ofRefusedRequests()
    private var refusedChanges = Allowance.ofRefusedChanges()
    /// What the writer is just being given, until it has it: a full queue refuses at once, and that is no turn.
    private var handedOver: UInt64?
    /// The sites by their numbers; the hub is the first.
    private let ids: [SiteID]
    private let jobs: [String]
    private lazy var administrator = ClockAdministrator(process)

    init(_ process: SiteProcess) {
        self.process = process
        machine = HubExchange(
            holdMilliseconds: process.site.settings.pollHoldMilliseconds, mischief: process.site.mischief)
        ids = process.site.siteIDs
        jobs = ids.map { "exchange with \($0)" }
    }

    func handle(_ event: HubExchange.Event) {
        guard !process.isDead else { return }
        carryOut(machine.handle(event, at: site.steady))
    }

    func receive(
        _ body: [UInt8], _ lane: ExchangeRequest.Lane, from number: Int, call: UInt64,
        reply: @escaping (NetworkReply) -> Void
    ) {
        process.after(.zero, "frame") { [unowned self] in take(body, lane, from: number, call: call, reply) }
    }

    private func take(
        _ body: [UInt8], _ lane: ExchangeRequest.Lane, from number: Int, call: UInt64,
        _ reply: @escaping (NetworkReply) -> Void
    ) {
        site.capacity?.arrived(body.count, at: site.now)
        guard process.contradiction == nil else { return answer(reply, status: 503) }
        let sender = ids[number]
        guard isWelcome(sender, lane) else { return answer(reply, status: 429) }
        do {
            let request = try ExchangeRequest(encoded: body, mischief: site.mischief)
            guard request.lane == lane else { throw ReplicationError(.malformed, "another lane", remedy: "") }
            pending[call] = Pending(request: request, site: number, received: process.now, reply: reply)
            site.watcher?.queued(call, from: number)
            handle(.arrived(request: call, site: sender, lane: lane))
        } catch {
            noteRefused(sender)
            site.log("refused a frame of \(sender): \(error)")
            answer(reply, status: 400)
        }
    }

    private func isWelcome(_ sender: SiteID, _ lane: ExchangeRequest.Lane) -> Bool {
        guard refusedRequests.wait(of: sender, at: site.steady) == nil else { return false }
        return lane != .push || refusedChanges.wait(of: sender, at: site.steady) == nil
    }

    private func noteRefused(_ sender: SiteID) {
        refusedRequests.use(ReplicationLimits.refusalMilliseconds, of: sender, at: site.steady)
    }

    func gone(_ call: UInt64) { handle(.gone(request: call)) }

    private func carryOut(_ effects: [HubExchange.Effect]) {
        for effect in effects {
            switch effect {
            case .take(let call): take(call)
            case .answer(let call): respond(call)
            case .supersede(let call):
                site.watcher?.dropped(call)
                if let item = pending.removeValue(forKey: call) { answer(item.reply, status: 409) }
            case .forget(let call):
                site.watcher?.dropped(call)
                pending[call] = nil
            case .setTimer(let steady):
                let delay = site.clock.delay(until: steady, at: site.now)
                process.after(max(delay, .milliseconds(1)), "hold") { [unowned self] in handle(.timer) }
            }
        }
    }

    private func take(_ call: UInt64) {
        guard let item = pending[call] else { return handle(.refused(request: call)) }
        let sender = ids[item.site]
        let cost = site.capacity?.cost(of: item.request) ?? .zero
        let (request, number) = (item.request, item.site)
        handedOver = call
        defer { noteTurn(call) }
        process.write(jobs[number], cost: cost) { session, now in
            let turn = try session.turn(request, from: sender, at: now)
            return (turn, try self.decideWithinAuthority(&session, now))
        } completion: { [self] result in
            switch result {
            case .success((let turn, let decided)):
                if decided > 0 { site.watcher?.decidedWithinAuthority(decided) }
                for (refused, bytes) in turn.refusedBytes.sorted(by: { $0.key < $1.key }) {
                    refusedChanges.use(Int64(bytes), of: refused, at: site.steady)
                }
                pending[call]?.answer = turn.answer
                site.watcher?.took(request, turn, from: number)
                handle(.taken(request: call, isQuiet: turn.isQuiet))
            case .failure(let error): refuse(call, request, sender, error)
            }
        }
    }

    /// What needs nobody's approval is granted with the turn that brought it, where the hub decides at all.
    private func decideWithinAuthority(_ session: inout Session, _ now: Int64) throws -> Int {
        let desk = process.desk(session.store, actor: site.id.text, now: now)
        guard try desk.hasDueDecisions, process.contradiction == nil else { return 0 }
        let life = try session.store.life()
        guard life.doubt.isEmpty, !life.isGathering else { return 0 }
        return try desk.decideWithinAuthority(hubKey: site.hubKey, in: &session)
    }

    private func noteTurn(_ call: UInt64) {
        guard handedOver == call else { return }
        handedOver = nil
        site.watcher?.hadItsTurn(call)
    }

    private func refuse(_ call: UInt64, _ request: ExchangeRequest, _ sender: SiteID, _ error: any Error) {
        site.log("refused \(sender): \(error)")
        if handedOver == call {
            handedOver = nil
            site.watcher?.dropped(call)
        }
        if let refusal = error as? ReplicationError {
            noteRefused(sender)
            pending[call]?.answer = try? process.read { try $0.refusal(of: request, because: refusal) }
        }
        handle(.refused(request: call))
    }

    private func respond(_ call: UInt64) {
        guard let item = pending.removeValue(forKey: call) else { return }
        guard let head = item.answer, !head.isWithheld else {
            if item.answer != nil { administrator.call() }
            return answer(item.reply, status: 503)
        }
        do {
            var filled = try process.read { try $0.filled(head, for: item.request, of: ids[item.site]) }
            filled.software = site.settings.software
            filled.received = item.received
            filled.sent = process.now
            let body = filled.encoded
            let delay = site.capacity?.answered(filled, bytes: body.count, at: site.now) ?? .zero
            site.watcher?.framed(body.count, at: site)
            site.watcher?.answering(filled, body, to: item.site)
            process.after(delay, "filled") { item.reply(NetworkReply(status: 200, body: body)) }
        } catch {
            site.log("answer to \(ids[item.site]) failed: \(error)")
            answer(item.reply, status: 500)
        }
    }

    private func answer(_ reply: @escaping (NetworkReply) -> Void, status: Int) {
        process.after(.milliseconds(1), "problem") { reply(NetworkReply(status: status, body: [])) }
    }
}
