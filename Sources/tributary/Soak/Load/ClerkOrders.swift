import Standards

/// Turns a step of the plan into a call, from what the node shows at that moment.
struct ClerkOrders: Sendable {
    /// Rows of the lists that clerks look at.
    private static let listRows = "50"
    /// Charges that are in dispute at a time; several counters ask for the same, so that each must be paid only once.
    private static let chargesAtOnce: UInt64 = 4
    private static let chargeSeconds = 10.0
    private static let amountFen: Int64 = 3_600

    let isAtHub: Bool
    /// Every branch, in the order of the topology.
    let branches: [String]
    let pack: StandardPack
    let pool: TicketPool
    /// What makes the charges of this run its own.
    let run: String
    var maker: TicketMaker

    /// - Returns: nil when there is nothing to work on.
    mutating func order(for step: ClerkStep, key: String, at counter: Counter) throws -> ClerkOrder? {
        let draw = step.draw
        switch step.kind {
        case .take: return .take(newTicket(draw))
        case .note: return ticket(draw, counter).map { .note("回访记录 \(key)", ticket: $0) }
        case .assign: return ticket(draw, counter).map { .act(assignment(draw), ticket: $0) }
        case .step: return try ticket(draw, counter).flatMap { try advance($0, draw, counter) }
        case .offer:
            let others = branches.filter { $0 != counter.site.id }
            return ticket(draw, counter).map { .offer(to: others[Int(draw >> 32) % others.count], ticket: $0) }
        case .accept: return try accept(counter)
        case .askRefund: return ticket(draw, counter).map { .act(refund(step), ticket: $0) }
        case .decide: return try decision(draw, counter)
        case .settle: return try settlement(draw, counter)
        case .show: return ticket(draw, counter).map { .read("/api/tickets/\(NodeClient.segment($0))", [:]) }
        case .list: return list(draw)
        case .verify: return .read("/api/verify", [:])
        }
    }

    /// A branch works on what it has taken or been given, the hub on anything.
    private func ticket(_ draw: UInt64, _ counter: Counter) -> String? {
        let site = isAtHub ? branches[Int(draw >> 40) % branches.count] : counter.site.id
        return pool.pick(at: site, draw)
    }

    private mutating func newTicket(_ draw: UInt64) -> JSONValue {
        guard isAtHub, case .object(var body) = maker.next() else { return maker.next() }
        body["home"] = .string(branches[Int(draw >> 40) % branches.count])
        return .object(body)
    }

    private func assignment(_ draw: UInt64) -> JSONValue {
        let grades = ["diamond", "gold", "silver", "ordinary"]
        let fields: JSONValue =
            draw >> 32 & 1 == 0
            ? ["customerGrade": .string(grades[Int(draw >> 33 & 3)])]
            : ["postcode": .string(String(750_000 + (draw >> 34) % 6_000)), "address": .string("文化西路 \(draw >> 50) 号")]
        return ["action": "assign", "fields": fields]
    }

    /// A step that the ticket's procedure allows from where the node shows it, with what the step requires.
    private func advance(_ ticket: String, _ draw: UInt64, _ counter: Counter) throws -> ClerkOrder? {
        guard let shown = try counter.ticketIfAny(ticket), let state = shown["state"]?.stringValue,
            let type = pack.ticketType(shown["type"]?.stringValue ?? "")
        else { return nil }
        let rules = type.transitions(from: state)
        guard !rules.isEmpty else { return nil }
        let rule = rules[Int(draw >> 32) % rules.count]
        let fields = rule.requires.compactMap(type.field).map { ($0.id, Self.value(of: $0, draw)) }
        return .act(
            [
                "action": "transition", "name": .string(rule.name),
                "fields": .object(Dictionary(fields, uniquingKeysWith: { first, _ in first })),
            ], ticket: ticket)
    }

    private static func value(of field: FormField, _ draw: UInt64) -> JSONValue {
        switch field.kind {
        case .text, .file, .set: .string("处理记录 \(draw >> 44)")
        case .choice: .string(field.options[Int(draw >> 40) % field.options.count].id)
        case .integer: .integer(Int64(draw >> 50))
        case .boolean: .bool(draw >> 63 == 1)
        case .time: "2026-11-22T08:00:00.000+08:00"
        }
    }

    private func accept(_ counter: Counter) throws -> ClerkOrder? {
        guard let ticket = pool.takeOffer(to: counter.site.id) else { return nil }
        var isHere = false
        // An offer that has not arrived yet is looked for again later.
        defer { if !isHere { pool.offer(ticket, to: counter.site.id) } }
        isHere = try counter.ticketIfAny(ticket)?["transferTo"]?.stringValue == counter.site.id
        return isHere ? .accept(ticket: ticket) : nil
    }

    private func refund(_ step: ClerkStep) -> JSONValue {
        let charge = "CHG-\(run)-\(Int(step.at / Self.chargeSeconds))-\((step.draw >> 32) % Self.chargesAtOnce)"
        return [
            "action": "requestRefund", "charge": .string(charge), "amountFen": .integer(Self.amountFen),
            "reason": "重复扣费",
        ]
    }

    private func decision(_ draw: UInt64, _ counter: Counter) throws -> ClerkOrder? {
        let open = try counter.site.client.get("/api/decisions", [("state", "open"), ("limit", Self.listRows)]).json
        guard let all = open["decisions"]?.arrayValue, !all.isEmpty else { return nil }
        let chosen = all[Int(draw >> 32) % all.count]
        return .decide(request: chosen["request"] ?? .null, charge: chosen["charge"]?.stringValue ?? "")
    }

    private func settlement(_ draw: UInt64, _ counter: Counter) throws -> ClerkOrder? {
        let open = try counter.site.client.get("/api/conflicts", [("limit", Self.listRows)]).json
        guard let all = open["conflicts"]?.arrayValue, !all.isEmpty else { return nil }
        let chosen = all[Int(draw >> 32) % all.count]
        guard let ticket = chosen["ticket"]?.stringValue, let losing = chosen["losing"]?["change"] else { return nil }
        let action = draw >> 62 == 0 ? "reinstate" : "settle"
        return .act(["action": .string(action), "losing": losing], ticket: ticket)
    }

    private func list(_ draw: UInt64) -> ClerkOrder {
        switch draw >> 61 {
        case 0, 1: .read("/api/tickets", ["limit": Self.listRows, "state": "inProgress"])
        case 2: .read("/api/conflicts", ["limit": Self.listRows])
        case 3: .read("/api/decisions", ["limit": Self.listRows])
        case 4: .read("/api/refusals", ["limit": Self.listRows])
        case 5: .read("/api/status", [:])
        default: .read("/api/tickets", ["limit": Self.listRows])
        }
    }
}
