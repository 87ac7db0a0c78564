import Replication
import ServiceDesk
import Standards
import Testing

/// People at all sites who do what comes to their minds, with exchanges in between. What a desk refuses it refuses;
/// what it takes must fold the same everywhere.
struct RandomDeskRun {
    let province: DeskProvince
    private var random: DeskRandom
    private(set) var tickets: [EntityID] = []
    private(set) var written = 0
    private(set) var refused = 0

    init(seed: UInt64) throws {
        province = try DeskProvince()
        random = DeskRandom(seed: seed)
    }

    mutating func run(steps: Int) throws {
        for _ in 0..<steps {
            let site = random.pick(province.sites)
            switch random.below(100) {
            case ..<10: try open(at: site)
            case ..<14: try importRow(at: site)
            case ..<70: try act(at: site)
            case ..<76: try decide()
            case ..<90 where site !== province.hub: try exchange(site)
            default: try province.sync(random.pick(province.branches))
            }
        }
    }

    private mutating func open(at site: DeskSite) throws {
        let home = random.chance(70) && site !== province.hub ? site : random.pick(province.branches)
        let customer: NewTicket.Customer? = random.chance(50) ? .init(name: "马桂兰", phone: "1") : nil
        tickets.append(
            try province.open(
                random.pick(["complaint", "fault", "enquiry"]), at: site, for: home, customer: customer))
    }

    private mutating func importRow(at site: DeskSite) throws {
        let key = random.below(4)
        let home = province.branches[key % province.branches.count]
        do {
            let ticket = try province.importRow(
                "\(key)", at: site, for: home, ["subject": .text("row"), "openedAt": .integer(Int64(key))]
            ).row.id
            if !tickets.contains(ticket) { tickets.append(ticket) }
        } catch let error as ReplicationError where error.kind == .refused {
            // The ticket was here and has gone to another branch.
            refused += 1
        }
    }

    private mutating func act(at site: DeskSite) throws {
        let rows = try TicketQuery().page(in: site.store).rows
        guard !rows.isEmpty else { return }
        let row = random.pick(rows)
        do {
            try province.act(action(row.state), on: row.id, at: site)
            written += 1
        } catch is DeskError {
            refused += 1
        } catch let error as ReplicationError where error.kind == .refused {
            refused += 1
        }
        for ticket in tickets where try province.shown(ticket, at: province.hub) != nil {
            try province.checkOneOwner(of: ticket)
        }
    }

    private mutating func action(_ state: EntityState) throws -> TicketAction {
        let word = Value.text("\(random.below(3))")
        switch random.below(12) {
        case 0: return .assign(["subject": word])
        case 1: return .assign(["area": word, "contactPhone": word])
        case 2: return .note(Note(text: "n"))
        case 3, 4: return .offerTransfer(random.pick(province.branches).id)
        case 5, 6: return .acceptTransfer
        case 7: return .declineTransfer
        case 8:
            return .requestRefund(charge: "C\(random.below(3))", amount: 1 + Int64(random.below(60_000)), reason: "")
        case 9:
            guard let conflict = state.conflicts.first(where: { $0.settledBy == nil }) else { fallthrough }
            return random.chance(50) ? .settle(conflict.losing) : .reinstate(conflict.losing)
        default: return try step(state)
        }
    }

    /// Mostly a step that may be taken, with what it needs.
    private mutating func step(_ state: EntityState) throws -> TicketAction {
        let pack = try DeskPack.first().pack
        let type = try #require(state[TicketField.type].textValue.flatMap { pack.ticketType($0) })
        let open = type.transitions(from: state.stageName)
        let rule = random.pick(open.isEmpty || random.chance(20) ? type.transitions : open)
        var fields: [String: Value] = [:]
        for name in rule.requires where random.chance(90) {
            let options = type.field(name)?.options.map(\.id) ?? []
            fields[name] = .text(options.isEmpty ? "\(random.below(3))" : random.pick(options))
        }
        return .transition(rule.name, fields: fields)
    }

    private mutating func decide() throws {
        let open = try RequestStanding.list(in: province.hub.store, state: .open)
        guard !open.isEmpty else { return }
        try province.decide(random.pick(open).change.reference, random.chance(60) ? .granted : .refused)
    }

    /// Half an exchange: what is sent may be answered much later.
    private mutating func exchange(_ site: DeskSite) throws {
        if random.chance(50), try site.store.life().backlog > 0 {
            try province.exchange(.push, site)
        } else {
            try province.exchange(.poll, site)
        }
    }
}
