import HTTP
import ServiceDesk
import Standards

/// The accounts of this site.
struct AccountRoutes {
    static let bodyBytesMax = 4 << 10

    let gate: Gate

    var routes: [Route] {
        [
            gate.get("/api/accounts", for: .administrator, Self.list),
            gate.post("/api/accounts", for: .administrator, bodyBytesMax: Self.bodyBytesMax, Self.make),
            gate.post("/api/accounts/{name}", for: .administrator, bodyBytesMax: Self.bodyBytesMax, Self.change),
            gate.route(.delete, "/api/accounts/{name}", for: .administrator, bodyBytesMax: 0, Self.remove),
            gate.post("/api/invitations", for: .administrator, bodyBytesMax: 0, Self.invite),
            gate.get("/api/sign-ins", for: .administrator, Self.signIns),
        ]
    }

    private static func list(_ call: Call) throws -> Response {
        _ = try QueryReader(call.request, [])
        let (view, book) = (AccountView(call.site), call.site.access)
        let accounts = try call.site.read { try AccessTables($0.database).accounts() }
        return Answers.json([
            "accounts": .array(
                accounts.map { account in
                    // Failures that were not answered yet count already.
                    var shown = account
                    shown.backoff = book.backoff(of: account.name)
                    return view.json(shown, sessions: book.sessionCount(of: account.name, at: view.now))
                })
        ])
    }

    private static func make(_ call: Call) throws {
        var reader = try BodyReader(call.request, ["name", "access", "password"])
        let name = PersonName.checked(reader.text("name", atMost: AccessLimits.openBodyBytes)) ?? ""
        if reader.has("name") && name.isEmpty { reader.report("name", Flaw(PersonName.rule)) }
        let access = AccessLevel(
            rawValue: reader.choice("access", of: AccessLevel.allCases.map(\.rawValue)))
        let password = try AccountWork.password(&reader, of: name)
        guard let access else { return try reader.finish() }
        try reader.finish()
        AccountWork(call: call, name: name).make(access, password: password)
    }

    private static func change(_ call: Call) throws {
        var reader = try BodyReader(call.request, ["access", "password", "reset", "locked", "unlock"])
        var wish = AccountWish()
        if reader.has("access") {
            wish.access = AccessLevel(
                rawValue: reader.choice("access", of: AccessLevel.allCases.map(\.rawValue)))
        }
        let name = PersonName.asked(call.request.parameter("name"))
        wish.password = try AccountWork.password(&reader, of: name)
        wish.resets = reader.flag("reset") ?? false
        wish.locked = reader.flag("locked")
        wish.forgives = reader.flag("unlock") ?? false
        if wish.resets && wish.password != nil { reader.report("reset", "is given together with a password") }
        try reader.finish()
        AccountWork(call: call, name: name).change(wish)
    }

    private static func remove(_ call: Call) throws {
        AccountWork(call: call, name: PersonName.asked(call.request.parameter("name"))).remove()
    }

    /// A link that makes an administrator; one that was made before is good no longer.
    private static func invite(_ call: Call) throws {
        let view = AccountView(call.site)
        let site = call.site
        call.changeAccess("link") { tables in
            let origin = try site.store(tables.database).life().origin
            let key = try tables.invite(nil, origin: origin, at: view.now)
            try tables.record(call.record(nil, .linkMade, by: call.actor))
            return (Answers.json(["link": view.link(key, for: nil)], status: .created), [])
        }
    }

    private static func signIns(_ call: Call) throws -> Response {
        let reader = try QueryReader(call.request, ["limit"])
        let limit = try reader.integer("limit", in: 1...1_000, default: 100)
        let view = AccountView(call.site)
        let records = try call.site.read { try AccessTables($0.database).records(atMost: limit) }
        return Answers.json(["signIns": .array(records.map(view.json))])
    }
}
