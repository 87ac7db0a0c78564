import HTTP
import Replication
import Standards

/// What happened to the identity of databases, and what healed or did not.
struct IncidentRoutes {
    let gate: Gate

    var routes: [Route] {
        [
            gate.get("/api/incidents", for: .observer) { call in
                let limit = try QueryReader(call.request, ["limit"]).integer(
                    "limit", in: 1...ReplicationLimits.incidentsKept, default: 50)
                return try call.site.read { store in
                    let wording = try Wording(store, of: call.site)
                    let incidents = try store.incidents(limit: limit).map { IncidentView.json($0, wording) }
                    return Answers.json(["incidents": .array(incidents)])
                }
            }
        ]
    }
}
