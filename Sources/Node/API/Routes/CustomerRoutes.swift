import HTTP
import Replication
import ServiceDesk
import Standards

/// Customers: what is known of them, their grade and how it came about, what access is recommended to them.
struct CustomerRoutes {
    static let bodyBytesMax = 16 << 10

    let gate: Gate

    var routes: [Route] {
        [
            gate.get("/api/customers/{customer}", for: .observer, Self.show),
            gate.post("/api/customers/{customer}", for: .clerk, bodyBytesMax: Self.bodyBytesMax, Self.note),
        ]
    }

    private static func show(_ call: Call) throws -> Response {
        _ = try QueryReader(call.request, [])
        return try call.site.read { store in
            let now = call.site.now()
            let row = try call.desk(store, now: now).customer(call.request.parameter("customer"))
            let wording = try Wording(store, of: call.site)
            let view = try CustomerView(row: row, wording: wording, now: now, shelf: call.site.domain.shelf)
            return Answers.json(
                ["customer": try view.json], headers: [("ETag", Preconditions.tag(wording.version(of: row)))])
        }
    }

    private static func note(_ call: Call) throws {
        var reader = try BodyReader(call.request, ["facts"])
        let facts = reader.fields("facts")
        try reader.finish()
        let conditions = try Preconditions(call.request, actor: call.actor)
        let name = call.request.parameter("customer")
        call.write("customer") { session, now in
            let desk = call.desk(session.store, now: now)
            let shown = try conditions.shown {
                RowVersion(origin: session.life.origin, version: try desk.customer(name).version)
            }
            let wording = TicketRoutes.wording(call, session)
            switch try desk.note(facts, of: name, shown: shown, key: conditions.key, in: &session) {
            case .changedSince(let stale): return try TicketRoutes.refuse(stale, call, session)
            case .written(let written):
                let view = try CustomerView(
                    row: written.row, wording: wording, now: now, shelf: call.site.domain.shelf)
                return Answers.json(
                    ["customer": try view.json],
                    headers: [("ETag", Preconditions.tag(wording.version(of: written.row)))])
            }
        }
    }
}
