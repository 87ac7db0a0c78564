import HTTP
import Replication
import ServiceDesk
import Standards

/// Changes that the province refused: kept at both ends with the reason, and done again in one action by whoever may.
struct RefusalRoutes {
    static let limitMax = 500

    let gate: Gate

    var routes: [Route] {
        [
            gate.get("/api/refusals", for: .observer, Self.list),
            gate.post("/api/refusals/{change}/reinstate", for: gate.doingAgain, bodyBytesMax: 0, Self.reinstate),
        ]
    }

    private static func list(_ call: Call) throws -> Response {
        let reader = try QueryReader(call.request, ["limit"])
        let limit = try reader.integer("limit", in: 1...limitMax, default: 50)
        return try call.site.read { store in
            let wording = try Wording(store, of: call.site)
            let refusals = try store.refusals(limit: limit).map { refusal -> JSONValue in
                let view = TimelineView(
                    row: refusal.row, wording: wording, words: try wording.words(of: refusal.row))
                return try view.refusal(refusal.entry.change, because: refusal.reason)
            }
            return Answers.json(["refusals": .array(refusals)])
        }
    }

    private static func reinstate(_ call: Call) throws {
        guard let change = ChangeReference(call.request.parameter("change")) else {
            throw NodeError(
                .badRequest, "That is no change's name.",
                remedy: "`tributary refusals list` names the changes that were refused.")
        }
        let conditions = try Preconditions(call.request, actor: call.actor)
        call.write("reinstate") { session, now in
            let written = try call.desk(session.store, now: now).reinstate(
                refused: change, key: conditions.key, in: &session)
            return Answers.json(
                ["change": .string(written.change.reference.description), "ticket": .string(written.row.id.text)],
                headers: written.isReplay ? [("Idempotency-Replayed", "true")] : [])
        }
    }
}
