import Replication
import SQLite
import ServiceDesk

/// What happens at the sites, passed on to the journal, the figures and the checkers.
extension World: SiteWatcher {
    func started(_ site: SimulatedSite, failure: String?) {
        guard failure == nil else {
            // The administrator tries again in a while.
            return faults.restart(site, after: .minutes(10))
        }
        moment(.started, site)
        site.process?.noteOrigin()
        for checker in checkers { checker.started(site, in: self) }
    }

    func ended(_ site: SimulatedSite) {
        figures.crashes[site.number] += 1
        for checker in checkers { checker.stopped(site, in: self) }
    }

    func issued(_ change: Change, at site: SimulatedSite) {
        journal.issue(change, at: site.number, kernel.now)
        trace?.wrote(change, at: site.id.text, kernel.now)
    }

    func took(_ request: ExchangeRequest, _ turn: HubTurn, from site: Int) {
        let stored = turn.answer.stored.number
        let brought = request.changes.filter { $0.sequence <= stored } + delivered(request, turn)
        let lags = brought.compactMap { journal.admit($0, kernel.now) }
        figures.admitted(lags, from: site, at: kernel.now)
        for checker in checkers { checker.took(request, turn, from: site, in: self) }
    }

    /// What a comparison has brought to the hub.
    private func delivered(_ request: ExchangeRequest, _ turn: HubTurn) -> [Change] {
        guard turn.answer.refusal == nil else { return [] }
        switch request.compare {
        case .deliver(let part):
            return part.items.compactMap { item in
                switch item {
                case .pending(let change), .admitted(let change), .refused(let change, _): change
                case .emptied: nil
                }
            }
        // A hub that does not gather knows all that was admitted, and takes nothing back.
        case .returned(let changes): return changes.filter(isAtHub)
        default: return []
        }
    }

    private func isAtHub(_ change: Change) -> Bool {
        let found = look(at: sites[0]) { database in
            try database.first(
                """
                SELECT hash FROM log JOIN origin ON origin.number = log.origin WHERE origin.id = ? AND log.sequence = ?
                """, change.origin.raw, change.sequence
            ) { $0.blob(0) }
        }
        return (found ?? nil) == change.hash.bytes
    }

    func renewed(_ origin: OriginID, at site: SimulatedSite) {
        journal.note(origin: origin.raw, of: site.number)
        for checker in checkers { checker.renewed(site, in: self) }
    }

    func issuesAgain(as origin: OriginID, at site: SimulatedSite) {
        journal.note(origin: origin.raw, of: site.number)
    }

    func answering(_ answer: ExchangeAnswer, _ body: [UInt8], to site: Int) {
        for checker in checkers { checker.answering(answer, body, to: site, in: self) }
    }

    func applied(_ lane: ExchangeRequest.Lane, _ applied: Session.Applied, at site: SimulatedSite) {
        if lane == .push { moment(.pushed, site) } else if applied.hasBrought { moment(.pulled, site) }
        for checker in checkers { checker.applied(lane, at: site, in: self) }
        if let isEqual = applied.isProved {
            for checker in checkers { checker.proved(isEqual, at: site, in: self) }
        }
        if lane == .push || applied.hasBrought {
            for checker in checkers { checker.gotOn(lane, at: site, in: self) }
        }
    }

    func mended(at site: SimulatedSite) {
        for checker in checkers { checker.mended(at: site, in: self) }
    }

    func asked(_ lane: ExchangeRequest.Lane, at site: SimulatedSite) {
        for checker in checkers { checker.asked(lane, at: site, in: self) }
    }

    func queued(_ call: UInt64, from site: Int) {
        for checker in checkers { checker.queued(call, from: site, in: self) }
    }

    func hadItsTurn(_ call: UInt64) {
        for checker in checkers { checker.hadItsTurn(call, in: self) }
    }

    func dropped(_ call: UInt64) {
        for checker in checkers { checker.dropped(call, in: self) }
    }

    func logged(_ line: String, at site: SimulatedSite) {
        for checker in checkers { checker.logged(line, at: site, in: self) }
        logLine?(kernel.now, site.id.text, line)
    }

    /// The disk noticed in the middle of a write that the power is gone.
    func lostPower(_ site: SimulatedSite) {
        let seconds = downSeconds.removeValue(forKey: site.number) ?? 60
        moment(.powerLost, site)
        mark(.powerLostInWrite)
        site.losePower()
        for checker in checkers { checker.lostPower(site, in: self) }
        faults.restart(site, after: .seconds(seconds))
    }

    func framed(_ bytes: Int, at site: SimulatedSite) {
        for checker in checkers { checker.framed(bytes, at: site, in: self) }
    }

    func decidedWithinAuthority(_ count: Int) { for _ in 0..<count { mark(.decidedWithin) } }

    func corrected(_ count: Int, at site: SimulatedSite) {
        mark(.clockCorrected)
        for checker in checkers { checker.corrected(at: site, in: self) }
    }
}

/// What people were told.
extension World: PeopleWatcher {
    func turned(to site: SimulatedSite, with number: Int) {
        for checker in checkers { checker.turned(to: site, with: number, in: self) }
    }

    func told(at site: SimulatedSite, of number: Int) {
        for checker in checkers { checker.told(at: site, of: number, in: self) }
    }

    func wrote(_ change: Change, at site: SimulatedSite, in database: Database) {
        for checker in checkers { checker.wrote(change, at: site, in: database, self) }
    }

    func acknowledged(
        origin: OriginID, after: UInt64, upTo: UInt64, _ written: Written?, at site: SimulatedSite, took: VirtualTime
    ) {
        figures.slowestWrite[site.number] = max(figures.slowestWrite[site.number], took.milliseconds)
        guard upTo > after else { return }
        moment(.wrote, site)
        for sequence in after + 1...upTo {
            let key = Journal.Key(origin: origin.raw, sequence: sequence)
            guard let entry = journal.acknowledge(key, kernel.now) else { continue }
            figures.wrote(at: site.number)
            if site.isHub { journal.admitHubs(key, kernel.now) }
            for checker in checkers { checker.acknowledged(entry, at: site, took: took, in: self) }
        }
    }

    func refused(at site: SimulatedSite) { figures.refusals[site.number] += 1 }

    func failed(at site: SimulatedSite, took: VirtualTime) {
        mark(.failedWrite)
        for checker in checkers { checker.failed(at: site, took: took, in: self) }
    }

    func gaveUp(at site: SimulatedSite) { mark(.gaveUp) }

    func isCutOff(_ site: Int) -> Bool {
        faults.active.contains { item in
            Self.cutsOff(item.fault.kind) && (item.sites.contains(site) || item.sites.contains(0))
        }
    }

    func mark(_ event: RareEvent) { figures.marks[event, default: 0] += 1 }
}
