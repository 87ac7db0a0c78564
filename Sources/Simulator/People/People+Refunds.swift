import Replication
import ServiceDesk

/// Money: asked for at counters, decided at the hub.
extension People {
    func planRefund(_ index: Int, isTwice: Bool) {
        let home = tickets[index].home
        let charge = "charge \(number())"
        // Where somebody's authority ends, some ask for more than that.
        let fen = randoms[home].within(100...(hasRosters ? 40_000 : 20_000))
        kernel.after(randoms[home].untilNext(mean: .hours(3)), "refund", site: home) { [unowned self] in
            guard kernel.now < ends else { return }
            ask(index, at: tickets[index].home, charge, fen)
            guard isTwice else { return }
            watcher.mark(.refundAskedTwice)
            askElsewhere(charge, fen, than: tickets[index].home)
        }
    }

    private func ask(_ index: Int, at site: Int, _ charge: String, _ fen: Int64) {
        let name = tickets[index].name
        act(at: site, actor: clerk(site)) { desk, session, key in
            try desk.act(
                .requestRefund(charge: charge, amount: fen, reason: "billed twice"), on: name, shown: nil, key: key,
                in: &session
            ).written
        }
    }

    /// The same customer goes to another counter, which has a ticket of its own.
    func askElsewhere(_ charge: String, _ fen: Int64, than home: Int) {
        let others = tickets.indices.filter { tickets[$0].home != home }
        let index = others.isEmpty ? tickets.count - 1 : others[Int(randoms[home].below(Int64(others.count)))]
        ask(index, at: tickets[index].home, charge, fen)
    }

    /// The province decides what is open, every quarter of an hour while somebody is there.
    func decideNext() {
        kernel.after(.minutes(15), "decisions") { [unowned self] in
            if hours.isOffice(at: kernel.now) {
                decideAll()
                takeEscalated()
            }
            decideNext()
        }
    }

    private func decideAll() {
        let hub = sites[0]
        guard let process = hub.process, process.contradiction == nil,
            let open = try? process.read({ try RequestStanding.list(in: $0, state: .open, limit: 20) })
        else { return }
        for standing in open {
            let reference = standing.change.reference
            let isGranted = randoms[0].happens(perMille: 850)
            let (hubKey, request) = (hub.hubKey, standing.request)
            act(at: 0, actor: Self.supervisor) { [self] desk, session, _ in
                let decider = try decider(of: request, desk, session)
                _ = try session.decide(
                    reference, isGranted ? .granted : .refused, reason: isGranted ? "" : "not proved",
                    actor: decider, hubKey: hubKey, at: desk.now)
                return nil
            }
        }
    }

    /// Whoever may decide so much, and no higher: an agent of the province, or the supervisor.
    private func decider(of request: OnceRequest, _ desk: Desk, _ session: Session) throws -> String {
        guard hasRosters else { return Self.supervisor }
        let hub = session.life.site
        func check(_ person: String) throws {
            let own = Desk(desk.store, shelf: desk.shelf, actor: person, now: desk.now, letters: desk.letters)
            try own.checkAuthority(over: request, at: hub)
        }
        do {
            try check(agent)
            return agent
        } catch let error as DeskError where error.kind == .notAllowed {
            try check(Self.supervisor)
            watcher.mark(.decidedAbove)
            return Self.supervisor
        }
    }
}
