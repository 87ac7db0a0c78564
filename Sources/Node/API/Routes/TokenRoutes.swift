import HTTP
import ServiceDesk
import Standards

/// The tokens of other systems.
struct TokenRoutes {
    static let bodyBytesMax = 4 << 10

    let gate: Gate

    var routes: [Route] {
        [
            gate.get("/api/api-tokens", for: .administrator) { call in
                _ = try QueryReader(call.request, [])
                let view = AccountView(call.site)
                let tokens = try call.site.read { try AccessTables($0.database).tokens() }
                return Answers.json(["tokens": .array(tokens.map(view.json))])
            },
            gate.post("/api/api-tokens", for: .administrator, bodyBytesMax: Self.bodyBytesMax, Self.make),
            gate.route(.delete, "/api/api-tokens/{name}", for: .administrator, bodyBytesMax: 0, Self.remove),
        ]
    }

    private static func make(_ call: Call) throws {
        var reader = try BodyReader(call.request, ["name", "scopes"])
        let name = PersonName.checked(reader.text("name", atMost: AccessLimits.openBodyBytes)) ?? ""
        if reader.has("name") && name.isEmpty { reader.report("name", Flaw(PersonName.rule)) }
        let words = reader.texts("scopes")
        let scopes = TokenScope.allCases.filter { words.contains($0.rawValue) }
        if scopes.isEmpty || !words.allSatisfy({ TokenScope(rawValue: $0) != nil }) {
            let known = TokenScope.allCases.map(\.rawValue).joined(separator: ", ")
            reader.report("scopes", "is not a list of at least one of \(known)")
        }
        try reader.finish()
        let view = AccountView(call.site)
        call.changeAccess("token") { tables in
            guard !(try tables.isTaken(name)) else {
                throw NodeError(
                    .notNow, "An account or a token of this site acts under that name already.",
                    remedy: "Choose another.")
            }
            guard try tables.tokens().count < AccessLimits.apiTokens else {
                throw NodeError(
                    .notNow, "This site has \(AccessLimits.apiTokens) tokens, which is the most.",
                    remedy: "Remove one that is no longer used: tributary token list.")
            }
            let secret = APIToken.prefix + Secrets.hex(Secrets.random(bytes: APIToken.secretBytes))
            let token = APIToken(
                name: name, digest: Secrets.hash(secret), scopes: scopes, made: view.now, maker: call.actor)
            try tables.put(token)
            try tables.record(call.record(name, .tokenMade, by: call.actor))
            let body: JSONValue = ["token": view.json(token), "secret": .string(secret)]
            return (Answers.json(body, status: .created), [.token(token)])
        }
    }

    private static func remove(_ call: Call) throws {
        let name = PersonName.asked(call.request.parameter("name"))
        call.changeAccess("token removed") { tables in
            guard try tables.removeToken(name) else {
                throw NodeError(.notFound, "This site has no such token.", remedy: "List them: GET /api/api-tokens.")
            }
            try tables.record(call.record(name, .tokenRemoved, by: call.actor))
            return (Response(status: .noContent), [.tokenRemoved(name)])
        }
    }
}
