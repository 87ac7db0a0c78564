import HTTP
import Replication
import ServiceDesk
import Standards

/// What branches may pay out by themselves, and what they have paid.
struct AllowanceRoutes {
    static let bodyBytesMax = 16 << 10

    let gate: Gate

    var routes: [Route] {
        [
            gate.get("/api/allowances", for: .observer, Self.list),
            gate.get("/api/allowances/{allowance}", for: .observer, Self.show),
            gate.post("/api/allowances", for: .supervisor, bodyBytesMax: Self.bodyBytesMax, Self.grant),
            gate.post("/api/allowances/{allowance}", for: .supervisor, bodyBytesMax: Self.bodyBytesMax, Self.act),
            gate.post("/api/tickets/{ticket}/payments", for: .clerk, bodyBytesMax: Self.bodyBytesMax, Self.pay),
        ]
    }

    private static func list(_ call: Call) throws -> Response {
        _ = try QueryReader(call.request, [])
        return try call.site.read { store in
            let wording = try Wording(store, of: call.site)
            return Answers.json([
                "allowances": .array(try AllowanceBook.all(in: store).map { try view($0, wording, isWhole: false) })
            ])
        }
    }

    private static func show(_ call: Call) throws -> Response {
        _ = try QueryReader(call.request, [])
        return try call.site.read { store in
            let wording = try Wording(store, of: call.site)
            let allowance = try call.desk(store, now: call.site.now())
                .allowance(call.request.parameter("allowance"))
            return Answers.json(["allowance": try view(allowance, wording, isWhole: true)])
        }
    }

    private static func grant(_ call: Call) throws {
        var reader = try BodyReader(call.request, ["site", "prefix", "amountFen"])
        let (site, prefix, fen) = (reader.word("site"), reader.word("prefix"), reader.integer("amountFen"))
        try reader.finish()
        let identifier = Draws.identifier(at: call.site.now())
        write(call) { desk, session, key in
            try desk.grantAllowance(
                to: SiteID(site), charges: prefix, fen: fen, key: key, identifier: identifier, in: &session)
        }
    }

    private static func act(_ call: Call) throws {
        var reader = try BodyReader(call.request, ["action", "amountFen"])
        let action = reader.choice("action", of: ["raise", "return", "writeOff"])
        let fen = action == "raise" ? reader.integer("amountFen") : 0
        try reader.finish()
        let name = call.request.parameter("allowance")
        write(call) { desk, session, key in
            switch action {
            case "raise": try desk.raise(allowance: name, by: fen, key: key, in: &session)
            case "return": try desk.returnAllowance(name, key: key, in: &session)
            default: try desk.writeOff(allowance: name, key: key, in: &session)
            }
        }
    }

    private static func pay(_ call: Call) throws {
        var reader = try BodyReader(call.request, ["charge", "amountFen", "reason"])
        let charge = reader.text("charge", atMost: DeskLimits.chargeLength)
        let fen = reader.integer("amountFen")
        let reason = reader.text("reason", atMost: DeskLimits.reasonLength)
        try reader.finish()
        let ticket = call.request.parameter("ticket")
        write(call) { desk, session, key in
            try desk.pay(charge: charge, fen: fen, reason: reason, for: ticket, key: key, in: &session)
        }
    }

    private static func write(
        _ call: Call, _ job: @escaping @Sendable (Desk, inout Session, IdempotencyKey?) throws -> Written
    ) {
        let conditions: Preconditions
        do { conditions = try Preconditions(call.request, actor: call.actor) } catch {
            return call.answer(.failure(error))
        }
        call.write("allowance") { session, now in
            let desk = call.desk(session.store, now: now)
            let written = try job(desk, &session, conditions.key)
            let allowance = try desk.allowance(written.row.id.text)
            let wording = TicketRoutes.wording(call, session)
            return Answers.json(["allowance": try view(allowance, wording, isWhole: true)])
        }
    }

    private static func view(_ allowance: RefundAllowance, _ wording: Wording, isWhole: Bool) throws -> JSONValue {
        var members: [String: JSONValue] = [
            "allowance": .string(allowance.row.id.text), "site": .string(allowance.site),
            "prefix": .string(allowance.prefix), "grantedFen": .integer(allowance.grantedFen),
            "spentFen": .integer(allowance.spentFen), "leftFen": .integer(allowance.leftFen),
            "state": .string(
                allowance.isReturned
                    ? "returned" : allowance.isWrittenOff ? "writtenOff" : allowance.isRecalled ? "recalled" : "out"),
            "payments": .integer(Int64(allowance.payments.count)),
        ]
        guard isWhole else { return .object(members) }
        members["taken"] = .array(allowance.taken.map { .string($0) })
        members["payments"] = .array(
            allowance.payments.map { payment in
                [
                    "charge": .string(payment.charge), "amountFen": .integer(payment.fen),
                    "reason": .string(payment.reason), "change": payment.by.json,
                ]
            })
        return .object(members)
    }
}
