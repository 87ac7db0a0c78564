import HTTP
import Replication
import ServiceDesk
import Standards

/// What must happen once: listed everywhere, decided at the hub.
struct DecisionRoutes {
    static let reasonLengthMax = 1_000
    static let bodyBytesMax = 16 << 10

    let gate: Gate

    var routes: [Route] {
        [
            gate.get("/api/decisions", for: .observer, Self.list),
            gate.post("/api/decisions", for: .supervisor, bodyBytesMax: Self.bodyBytesMax, Self.decide),
        ]
    }

    private static func list(_ call: Call) throws -> Response {
        let reader = try QueryReader(call.request, ["state", "limit", "after"])
        let state = try reader.choice("state", of: RequestStanding.State.allCases.map(\.rawValue))
            .flatMap { RequestStanding.State(rawValue: $0) }
        let limit = try reader.integer(
            "limit", in: 1...RequestStanding.limitMax, default: RequestStanding.limitMax)
        let after = try reader.value("after", "a cursor that a page has given") { RequestStanding.Cursor($0) }
        return try call.site.read { store in
            let wording = try Wording(store, of: call.site)
            let page = try RequestStanding.page(in: store, state: state, limit: limit, after: after)
            return Answers.json([
                "decisions": .array(try page.standings.map { try DecisionView.json($0, wording) }),
                "next": page.next.map { .string($0.text) } ?? .null,
                "total": .integer(Int64(try RequestStanding.count(in: store, state: state))),
            ])
        }
    }

    private static func decide(_ call: Call) throws {
        try call.requireHub("Requests are decided")
        var reader = try BodyReader(call.request, ["request", "outcome", "reason"])
        let named = reader.reference("request")
        let outcome = reader.choice("outcome", of: ["granted", "refused"])
        let reason = reader.text("reason", atMost: reasonLengthMax, isOptional: true)
        try reader.finish()
        guard let named else { throw NodeError(.badRequest, "No request is named.", remedy: "Name one.") }
        call.write("decide") { session, now in
            try HubStanding(session.store, contradiction: call.site.contradiction).requireDeciding()
            if let asked = try RequestStanding.find(named, in: session.store)?.request {
                try call.desk(session.store, now: now).checkAuthority(over: asked, at: session.life.site)
            }
            _ = try session.decide(
                named, outcome == "granted" ? .granted : .refused, reason: reason, actor: call.actor,
                hubKey: call.site.hubKey, at: now)
            guard let standing = try RequestStanding.find(named, in: session.store) else {
                throw NodeError(
                    .notFound, "There is no request \(named) here.",
                    remedy: "`tributary decisions list` lists those there are.")
            }
            let wording = Wording(
                session.store, life: session.life, shelf: call.site.domain.shelf,
                timeZone: call.site.configuration.timeZone)
            return Answers.json(["decision": try DecisionView.json(standing, wording)])
        }
    }
}
