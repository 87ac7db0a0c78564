import Replication
import ServiceDesk
import Standards

/// Tickets of a standard that has procedures: worked from the first step to the last, at the branch that has them, at
/// those that help, and at the province while it has them.
extension People {
    /// Between two looks at a ticket.
    private static let pace = VirtualTime.minutes(40)
    /// So many looks, and somebody gives the ticket up.
    private static let looksMax = 120
    /// So often those who vote confer.
    private static let meetings = 3
    /// A branch that was asked to vote looks so often.
    private static let votesMax = 12

    /// Whether the standard says who does what, and not only which states there are.
    var hasProcedures: Bool { !pack.organisation.departments.isEmpty }

    /// The next look at a ticket by those who have it.
    /// - Parameter nights: how often they have put it off since the last, because nobody is there.
    func lookNext(_ index: Int, looks: Int = 0, nights: Int = 0, atProvince: Bool = false) {
        guard looks < Self.looksMax else { return }
        let purpose = "look \(looks).\(nights)" + (atProvince ? " of the province" : "")
        var random = RandomStream(seed: kernel.seed, entity: tickets[index].name, purpose: purpose)
        let wait = random.untilNext(mean: Self.pace)
        let isSoon = random.below(1_000)
        let drawn = random
        kernel.after(wait, "look", site: tickets[index].home) { [unowned self] in
            guard kernel.now < ends else { return }
            guard isSoon < hours.weight(at: kernel.now) else {
                return lookNext(index, looks: looks, nights: nights + 1, atProvince: atProvince)
            }
            lookNow(index, looks, atProvince, drawn)
        }
    }

    private func lookNow(_ index: Int, _ looks: Int, _ atProvince: Bool, _ drawn: RandomStream) {
        let site = atProvince ? 0 : tickets[index].home
        look(index, at: site, drawn) { [self] intent, written in
            followUp(index, intent, written, at: site)
            if intent.isOver { return noteEnd(index) }
            // What it has asked for, the province does when it has heard of it.
            if intent.isProvinces, !atProvince { return lookNext(index, looks: looks + 1, atProvince: true) }
            let isBack = atProvince && written != nil && !isHeld(written)
            lookNext(index, looks: looks + 1, atProvince: atProvince && !isBack)
        }
    }

    private func isHeld(_ written: Written?) -> Bool { written?.row.state[TicketField.heldBy] ?? .null != .null }

    private func noteEnd(_ index: Int) {
        guard !tickets[index].hasEnded else { return }
        tickets[index].hasEnded = true
        watcher.mark(.ended)
    }

    /// Whoever a job has told what it meant to do.
    // Safe: a rehearsal has one thread.
    private final class Told: @unchecked Sendable { var intent = Intent.nothing }

    private func look(
        _ index: Int, at site: Int, _ drawn: RandomStream, votesOnly: Bool = false,
        then: @escaping @Sendable (Intent, Written?) -> Void
    ) {
        let (name, number) = (tickets[index].name, number())
        let place = sites[site].id
        let others = sites.filter { !$0.isHub && !$0.isStandby && $0.number != site }.map(\.id)
        let told = Told()
        act(at: site, actor: site == 0 ? "province" : clerk(site)) { [self] desk, session, key in
            told.intent = .nothing
            let row = try desk.ticket(name)
            let (pack, type) = try desk.type(of: row)
            let file = Casefile(
                row: row, pack: pack, type: type, store: session.store, site: place, isHub: site == 0, now: desk.now)
            var clerk = Clerk(file: file, map: map(of: type, in: pack), others: others, number: number, random: drawn)
            var intent = votesOnly ? clerk.vote() ?? .nothing : try clerk.decide()
            told.intent = intent
            guard let action = intent.action else { return nil }
            if let content = intent.file {
                _ = try session.store.putIn(
                    content, at: 0, of: ContentHash(of: content), size: content.count, at: desk.now)
            }
            let own = Desk(
                desk.store, shelf: desk.shelf, actor: "\(intent.role) \(intent.person)@\(place.text)", now: desk.now,
                letters: desk.letters)
            let written = try own.act(action, on: name, shown: nil, key: key, in: &session).written
            if try isLate(action, written, own) { intent.marks.append(.stepLate) }
            told.intent = intent
            return written
        } done: { written in
            then(told.intent, written)
        }
    }

    private func map(of type: TicketType, in pack: StandardPack) -> ProcedureMap {
        let name = "\(pack.version) \(type.id)"
        if let known = maps[name] { return known }
        let map = ProcedureMap(type)
        maps[name] = map
        return map
    }

    /// Whether a step that has just been reported back was due before.
    private func isLate(_ action: TicketAction, _ written: Written?, _ desk: Desk) throws -> Bool {
        guard case .step(let id, .done, _) = action, let row = written?.row,
            let timing = try TicketTiming(of: row, in: desk.store, shelf: desk.shelf, at: desk.now)
        else { return false }
        return timing.readings.contains { $0.kind == .step && $0.step == id && $0.isOverdue(at: desk.now) }
    }

    /// What a deed brings with it.
    private func followUp(_ index: Int, _ intent: Intent, _ written: Written?, at site: Int) {
        guard let written, !written.isReplay else { return }
        for mark in intent.marks { watcher.mark(mark) }
        if let type = intent.opens { openChild(of: index, type, at: site) }
        switch intent.action {
        case .escalate:
            if watcher.isCutOff(site) { watcher.mark(.escalatedWhileCutOff) }
            escalated.append(index)
        case .share(let adding, _):
            let asked = adding.compactMap { place in sites.firstIndex { $0.id == place } }
            for number in asked { voteNext(index, at: number, looks: 0) }
            for meeting in 0..<Self.meetings { meet(index, [site] + asked, meeting) }
        case .vote(_, let choice, _): noteVote(index, choice, written.change, at: site)
        default: break
        }
    }

    private func openChild(of index: Int, _ type: String, at site: Int) {
        let home = sites[site].isHub ? tickets[index].home : site
        guard let type = pack.ticketType(type) else { return }
        open(type, at: home, for: tickets[index].name)
    }

    // MARK: Reviews

    /// A branch that was asked to help votes now and then.
    private func voteNext(_ index: Int, at site: Int, looks: Int) {
        guard looks < Self.votesMax else { return }
        let purpose = "vote \(looks) at \(sites[site].id.text)"
        var random = RandomStream(seed: kernel.seed, entity: tickets[index].name, purpose: purpose)
        let wait = random.untilNext(mean: .hours(2))
        let drawn = random
        kernel.after(wait, "vote", site: site) { [unowned self] in
            guard kernel.now < ends, !tickets[index].hasEnded else { return }
            look(index, at: site, drawn, votesOnly: true) { [self] intent, written in
                followUp(index, intent, written, at: site)
                voteNext(index, at: site, looks: looks + 1)
            }
        }
    }

    /// They confer by telephone, and each puts its vote in at its own desk.
    private func meet(_ index: Int, _ places: [Int], _ meeting: Int) {
        var random = RandomStream(seed: kernel.seed, entity: tickets[index].name, purpose: "meeting \(meeting)")
        let wait = random.untilNext(mean: .hours(4)) + .hours(Int64(meeting) * 4)
        kernel.after(wait, "meeting", site: places[0]) { [unowned self] in
            guard kernel.now < ends, !tickets[index].hasEnded else { return }
            for place in places {
                let drawn = RandomStream(
                    seed: kernel.seed, entity: tickets[index].name, purpose: "meeting \(meeting) at \(place)")
                look(index, at: place, drawn, votesOnly: true) { [self] intent, written in
                    followUp(index, intent, written, at: place)
                }
            }
        }
    }

    /// A veto at one site and an approval at another that had not heard of each other.
    private func noteVote(_ index: Int, _ choice: Vote.Choice, _ change: Change, at site: Int) {
        let vote = TicketRecord.Vote(site: site, isVeto: choice == .veto, change: change)
        let isCrossed = tickets[index].votes.contains { other in
            other.site != site && other.isVeto != vote.isVeto && !change.covers(other.change.reference)
                && !other.change.covers(change.reference)
        }
        if isCrossed { watcher.mark(.vetoedWhileApproved) }
        if choice == .veto { watcher.mark(.vetoed) }
        if choice != .reject { tickets[index].votes.append(vote) }
    }

    // MARK: The province

    /// The province takes what branches have asked it to, while somebody is there.
    func takeEscalated() {
        let waiting = escalated
        escalated = []
        for index in waiting {
            let name = tickets[index].name
            act(at: 0, actor: "provinceAgent@\(sites[0].id.text)") { desk, session, key in
                guard let row = try? desk.ticket(name), row.state[TicketField.escalation] != .null,
                    row.state[TicketField.heldBy] == .null
                else { return nil }
                return try desk.act(.take, on: name, shown: nil, key: key, in: &session).written
            } done: { [self] written in
                // It has not been heard of yet, or somebody else has done it.
                guard written != nil else {
                    if !tickets[index].hasEnded { escalated.append(index) }
                    return
                }
                watcher.mark(.taken)
                lookNext(index, looks: 0, atProvince: true)
            }
        }
    }
}
