import HTTP
import Replication
import SQLite
import Standards

/// How the node is: for people, and for whoever watches it.
struct StatusRoutes {
    let gate: Gate
    let report: @Sendable () -> ExchangeReport

    var routes: [Route] {
        let (site, report) = (gate.site, report)
        return [
            gate.get("/api/status", for: .observer) { call in
                _ = try QueryReader(call.request, [])
                return try call.site.read { store in
                    Answers.json(
                        try StatusReport.json(
                            store, configuration: call.site.configuration, shelf: call.site.domain.shelf,
                            report: report(), mode: call.site.storage.writer.state, jobs: call.site.jobs.report(),
                            now: call.site.now()))
                }
            },
            Route(.get, "/healthz", bodyBytesMax: 0) { _, responder in
                responder.send(Answers.unstored(Answers.json(["status": "ok"])))
            },
            Route(.get, "/readyz", bodyBytesMax: 0) { request, responder in
                responder.send(Self.readiness(of: site, request))
            },
        ]
    }

    /// Whether tickets can be taken here. The line to the hub has no part in it.
    private static func readiness(of site: Site, _ request: Request) -> Response {
        do {
            var reasons: [String] = []
            if let reason = StatusReport.reason(site.storage.writer.state) { reasons.append(reason) }
            let standard = try site.read { store in
                try site.domain.shelf.current(in: store, at: site.now())?.name
            }
            if standard == nil { reasons.append("no standard has reached this site yet") }
            let body: JSONValue = [
                "ready": .bool(reasons.isEmpty), "reasons": .array(reasons.map { .string($0) }),
            ]
            return Answers.unstored(Answers.json(body, status: reasons.isEmpty ? .ok : .serviceUnavailable))
        } catch {
            return Problems.response(to: error, of: request, log: site.log)
        }
    }
}
