import Replication
import ServiceDesk
import Standards

/// Reads a ticket as the standard's procedure has it and says what is to be done next: steps, papers, consultations,
/// votes, and on the way what happens to any ticket. All by the standard: no ticket type is compiled in.
struct Clerk {
    let file: Casefile
    let map: ProcedureMap
    /// Other branches, which may help.
    let others: [SiteID]
    /// Of the rehearsal, for what is filled in.
    let number: Int
    var random: RandomStream

    /// So many work in each role at each site.
    static let people = 4

    /// Out of a thousand visits.
    private enum Share {
        static let expedited: Int64 = 25
        static let noted: Int64 = 30
        static let handedOver: Int64 = 40
        static let escalated: Int64 = 30
        static let detour: Int64 = 80
        static let aside: Int64 = 150
        static let givenUp: Int64 = 8
        static let returned: Int64 = 300
        static let shared: Int64 = 700
        static let givenBack: Int64 = 300
        static let mistaken: Int64 = 150
    }

    mutating func decide() throws -> Intent {
        if file.isFinal { return ended() }
        if file.isHeld, !file.isHub { return whileProvinceHasIt() }
        // Whoever only helps has a vote and nothing else.
        if !file.isHome, !file.isHub { return vote() ?? .nothing }
        if let department = file.state[TicketField.handOverTo].textValue { return answerHandOver(to: department) }
        if let aside = aside() { return aside }
        return try goOn()
    }

    private func ended() -> Intent {
        var intent = Intent.nothing
        intent.isOver = true
        return intent
    }

    /// The branch may ask to hurry. Now and then somebody has not looked who has the ticket.
    private mutating func whileProvinceHasIt() -> Intent {
        if random.happens(perMille: Share.mistaken), let rule = file.type.transitions(from: file.stage).first {
            return Intent(.transition(rule.name, fields: [:]))
        }
        guard random.happens(perMille: Share.expedited * 4) else { return .nothing }
        return Intent(.expedite("asked again \(number)"), marks: [.expedited])
    }

    private mutating func answerHandOver(to department: String) -> Intent {
        var intent =
            random.happens(perMille: Share.returned)
            ? Intent(.returnHandOver(reason: "not ours \(number)"), marks: [.handOverReturned])
            : Intent(.acceptHandOver)
        intent.role = department
        return intent
    }

    /// What happens to tickets beside their procedure.
    private mutating func aside() -> Intent? {
        if file.isHub, file.isHeld, random.happens(perMille: Share.givenBack) {
            return Intent(.giveBack(reason: "seen to \(number)"), marks: [.givenBack])
        }
        if file.type.work.review != nil, file.helpers.isEmpty, file.isHome, others.count > 1,
            random.happens(perMille: Share.shared)
        {
            return Intent(.share(adding: Array(random.shuffled(others).prefix(2)), removing: []))
        }
        if random.happens(perMille: Share.expedited) {
            return Intent(.expedite("in a hurry \(number)"), marks: [.expedited])
        }
        if random.happens(perMille: Share.noted) { return Intent(.note(Note(text: "note \(number)"))) }
        if random.happens(perMille: Share.escalated), file.isHome, !file.isHub,
            file.state[TicketField.escalation] == .null
        {
            return Intent(.escalate(reason: "beyond us \(number)"), marks: [.escalated])
        }
        let departments = file.pack.organisation.departments.map(\.id).filter { $0 != file.department }
        if random.happens(perMille: Share.handedOver), !departments.isEmpty {
            return Intent(.handOver(to: random.pick(departments), reason: "yours \(number)"))
        }
        return nil
    }

    // MARK: The way on

    private mutating func goOn() throws -> Intent {
        let open = file.type.transitions(from: file.stage)
        if let intent = try detour(open) { return intent }
        let ahead = open.filter { map.isAhead($0, from: file.stage) }
        var lacked: [ProcedureMap.Link] = []
        // A vetoed round has a way of its own.
        let vetoed = open.filter { $0.guards.contains(.reviewVetoed) }
        for rule in vetoed + random.shuffled(ahead) {
            switch try prepare(rule) {
            case .ready(let fields): return take(rule, fields)
            case .first(let intent): return intent
            case .lacks(let link): lacked.append(link)
            case .later: continue
            }
        }
        for link in lacked { if let intent = try ask(for: link, open) { return intent } }
        return .nothing
    }

    /// Suspended, returned, asked about, given to another department: whatever leads aside and back again.
    private mutating func detour(_ open: [TransitionRule]) throws -> Intent? {
        func isAside(_ rule: TransitionRule) -> Bool {
            ![.cancel, .reject, .reopen].contains(rule.kind) && !rule.guards.contains(.reviewVetoed)
                && !map.isAhead(rule, from: file.stage) && rule.to != file.stage
        }
        let isGivingUp = random.happens(perMille: Share.givenUp)
        let candidates = open.filter { isGivingUp ? [.cancel, .reject].contains($0.kind) : isAside($0) }
        let isLeft = isGivingUp || random.happens(perMille: Share.detour)
        guard isLeft, !candidates.isEmpty else { return nil }
        let rule = random.pick(candidates)
        if case .ready(let fields) = try prepare(rule) { return take(rule, fields) }
        return nil
    }

    /// Has a ticket opened whose result is needed here, once.
    private mutating func ask(for link: ProcedureMap.Link, _ open: [TransitionRule]) throws -> Intent? {
        let types = file.pack.ticketTypes.filter { $0.field(link.field) != nil }.map(\.id)
        guard let rule = open.first(where: { !Set($0.opens).isDisjoint(with: types) }),
            case .ready(let fields) = try prepare(rule)
        else { return nil }
        var intent = take(rule, fields)
        let isUnderWay = try file.children(types).contains { !file.hasEnded($0) }
        intent.opens = isUnderWay ? nil : rule.opens.first(where: types.contains)
        return intent
    }

    private mutating func take(_ rule: TransitionRule, _ fields: [String: Value]) -> Intent {
        var intent = Intent(.transition(rule.name, fields: fields))
        intent.role = rule.roles.isEmpty ? intent.role : random.pick(rule.roles)
        // Whoever plans does not approve.
        intent.person = (file.type.transitions.firstIndex(of: rule) ?? 0) % Self.people
        if !rule.opens.isEmpty, random.happens(perMille: Share.aside) { intent.opens = random.pick(rule.opens) }
        switch rule.kind {
        case .resume: intent.marks.append(.resumed)
        case .rollback: intent.marks.append(.rolledBack)
        default: break
        }
        if rule.guards.contains(where: { if case .within = $0 { true } else { false } }) {
            intent.marks.append(.doneInWindow)
        }
        if fields.keys.contains(where: { map.link($0) != nil }) { intent.marks.append(.resultUsed) }
        return intent
    }

    // MARK: Votes

    /// A vote for a department that has not been heard.
    mutating func vote() -> Intent? {
        guard let template = file.type.work.review else { return nil }
        let standing = ReviewStanding(of: file.state, template)
        let isOpen = file.type.transitions(from: file.stage).contains { $0.guards.contains(.reviewPassed) }
        guard isOpen, standing.outcome == .open else { return nil }
        // One that rejected may think better of it.
        let department = random.pick(standing.missing.isEmpty ? template.departments : standing.missing)
        let mayVeto = template.vetoing.contains(department)
        let isVeto = mayVeto && random.happens(perMille: standing.round == 1 ? 500 : 100)
        let isRejected = !isVeto && random.happens(perMille: 40)
        let choice: Vote.Choice = isVeto ? .veto : isRejected ? .reject : .approve
        var intent = Intent(
            .vote(department: department, choice, reason: choice == .approve ? "" : "not like this \(number)"))
        intent.role = department
        if standing.round > 1 { intent.marks.append(.votedAgain) }
        return intent
    }
}
