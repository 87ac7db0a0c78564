import Standards

extension Telling {
    private static let amountFen: Int64 = 3_600

    /// Two counters ask for a refund of the same charge.
    func refundsAsked() throws -> String {
        let charge = "CHG-\(key("1"))"
        var tickets: [(site: ProvinceSite, ticket: String)] = []
        for site in [cast.capital, cast.killed] {
            guard let ticket = complaints[site.id]?.last else { continue }
            try counter(site).act(
                [
                    "action": "requestRefund", "charge": .string(charge), "amountFen": .integer(Self.amountFen),
                    "reason": "重复扣费",
                ], on: ticket)
            tickets.append((site, ticket))
        }
        refund = Refund(charge: charge, amountFen: Self.amountFen, tickets: tickets)
        refundsRequested = tickets.count
        let names = tickets.map(\.site.name).joined(separator: " and, again, in ")
        return "a refund of one charge, \(Self.amountFen) fen, is asked for in \(names)"
    }

    /// The hub grants the first; the second finds the charge used up.
    func refundsDecided() throws -> String {
        guard let refund else { return "" }
        let open = try Patience.wait("both requests are at the hub", seconds: Self.settleSeconds) {
            let open = try decisions(refund.charge).filter { $0["state"]?.stringValue == "open" }
            return open.count == refund.tickets.count ? open : nil
        }
        for decision in open { try grant(decision) }
        let decided = try Patience.wait("both requests are decided", seconds: Self.settleSeconds) {
            let decided = try decisions(refund.charge).filter {
                ["granted", "refused"].contains($0["state"]?.stringValue)
            }
            return decided.count == refund.tickets.count ? decided : nil
        }
        let refused = decided.filter { $0["state"]?.stringValue == "refused" }
        let reason = refused.first?["answerReason"]?.stringValue ?? ""
        try Story.check(
            refused.count == 1 && decided.count == 2 && !reason.isEmpty,
            "one is granted, the other refused with a reason")
        try waitUntilAnswered(refund)
        refundsPaid = try Patience.wait("the refund is paid", seconds: Self.settleSeconds) {
            let paid = payments()
            return paid == 0 ? nil : paid
        }
        try Story.check(refundsPaid == 1, "the charge is paid back once")
        return
            "the hub grants both: one is paid, once; the other is refused: "
            + PlainText.cut(PlainText.line(reason), to: 60)
    }

    /// A ticket changes hands and has one owner at every moment.
    func ticketTransferred() throws -> String {
        guard let ticket = complaints[cast.giver.id]?.first else { return "" }
        let giver = counter(cast.giver)
        let taker = counter(cast.capital)
        try giver.act(["action": "offerTransfer", "to": .string(cast.capital.id)], on: ticket)
        try Patience.wait(until: "\(cast.capital.id) sees the offer", seconds: Self.settleSeconds) {
            try taker.ticketIfAny(ticket)?["transferTo"]?.stringValue == cast.capital.id
        }
        try taker.act(["action": "acceptTransfer"], on: ticket)
        try Patience.wait(until: "every site names the new owner", seconds: Self.settleSeconds) {
            try [hubCounter, taker, giver].allSatisfy { counter in
                guard let shown = try counter.ticketIfAny(ticket) else { return counter.site === cast.giver }
                return shown["owner"]?.stringValue == cast.capital.id && shown["home"]?.stringValue == cast.capital.id
            }
        }
        return
            "a ticket of \(cast.giver.name) is offered to \(cast.capital.name) and accepted: one owner, "
            + "whoever is asked"
    }

    private func decisions(_ charge: String) throws -> [JSONValue] {
        let all = try province.hub.client.get("/api/decisions").json["decisions"]?.arrayValue ?? []
        return all.filter { $0["charge"]?.stringValue == charge }
    }

    /// Grants a request; where the hub will not grant a charge twice, it is refused with the hub's own words.
    private func grant(_ decision: JSONValue) throws {
        let request = decision["request"] ?? .null
        do {
            try decide(request, "granted", "核实无误")
        } catch let error as CommandError where error.status == 409 {
            try decide(request, "refused", "该笔费用已退")
        }
    }

    private func decide(_ request: JSONValue, _ outcome: String, _ reason: String) throws {
        _ = try province.hub.client.post(
            "/api/decisions", ["request": request, "outcome": .string(outcome), "reason": .string(reason)])
        ledger.recordOther()
    }

    /// Both branches read the answer on their own ticket.
    private func waitUntilAnswered(_ refund: Refund) throws {
        for (site, ticket) in refund.tickets {
            try Patience.wait(until: "\(site.id) reads the answer", seconds: Self.settleSeconds) {
                let requests = try counter(site).ticket(ticket)["requests"]?.arrayValue ?? []
                return requests.contains {
                    $0["charge"]?.stringValue == refund.charge && $0["outcome"]?.stringValue != nil
                }
            }
        }
    }

    /// Payments that the refund channel holds; the story has caused every one of them.
    private func payments() -> Int {
        let bytes = (try? InputFile.bytes(province.hub.data + "/payments.jsonl", limit: 1 << 20)) ?? []
        return bytes.split(separator: UInt8(ascii: "\n")).filter { line in
            let payment = try? JSONValue(parsing: Array(line), sizeLimit: 64 * 1024)
            return payment?["amountFen"]?.intValue == Int(Self.amountFen)
        }.count
    }
}
