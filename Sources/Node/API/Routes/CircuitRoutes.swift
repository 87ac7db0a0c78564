import HTTP
import Replication
import ServiceDesk
import Standards

/// Circuits: found by their numbers, registered, changed, retired.
struct CircuitRoutes {
    static let bodyBytesMax = 64 << 10

    let gate: Gate

    var routes: [Route] {
        [
            gate.get("/api/circuits", for: .observer, Self.list),
            gate.get("/api/circuits/{number}", for: .observer, Self.show),
            gate.post("/api/circuits/{number}", for: .supervisor, bodyBytesMax: Self.bodyBytesMax, Self.set),
        ]
    }

    private static func list(_ call: Call) throws -> Response {
        let reader = try QueryReader(call.request, ["number", "retired", "limit", "after"])
        var query = CircuitQuery()
        query.prefix = reader.text("number")
        query.withRetired = try reader.choice("retired", of: ["too"]) != nil
        query.limit = try reader.integer("limit", in: 1...CircuitQuery.limitMax, default: query.limit)
        query.after = reader.text("after")
        let asked = query
        return try call.site.read { store in
            let page = try asked.page(in: store)
            let wording = try Wording(store, of: call.site)
            return Answers.json([
                "circuits": .array(page.rows.map { .object(CircuitView(row: $0, wording: wording).summary) }),
                "next": page.next.map { .string($0) } ?? .null,
            ])
        }
    }

    private static func show(_ call: Call) throws -> Response {
        _ = try QueryReader(call.request, [])
        return try call.site.read { store in
            let row = try call.desk(store, now: call.site.now()).circuit(call.request.parameter("number"))
            let wording = try Wording(store, of: call.site)
            return Answers.json(
                ["circuit": try CircuitView(row: row, wording: wording).whole()],
                headers: [("ETag", Preconditions.tag(wording.version(of: row)))])
        }
    }

    private static func set(_ call: Call) throws {
        let change = try change(call.request)
        let conditions = try Preconditions(call.request, actor: call.actor)
        let number = call.request.parameter("number")
        call.write("circuit") { session, now in
            let desk = call.desk(session.store, now: now)
            let shown = try conditions.shown {
                let row = try session.store.row(CircuitBook.name(of: CircuitNumber.canonical(number)))
                return RowVersion(origin: session.life.origin, version: row?.version ?? 0)
            }
            let wording = TicketRoutes.wording(call, session)
            switch try desk.set(change, of: number, shown: shown, key: conditions.key, in: &session) {
            case .changedSince(let stale): return try TicketRoutes.refuse(stale, call, session)
            case .written(let written):
                var headers = [("ETag", Preconditions.tag(wording.version(of: written.row)))]
                if written.isReplay { headers.append(("Idempotency-Replayed", "true")) }
                let isNew = written.change.creation != nil && !written.isReplay
                return Answers.json(
                    ["circuit": CircuitView(row: written.row, wording: wording).answer],
                    status: isNew ? .created : .ok, headers: headers)
            }
        }
    }

    private static func change(_ request: Request) throws -> CircuitChange {
        var reader = try BodyReader(request, ["facts", "add", "remove", "reason"])
        var change = CircuitChange()
        change.facts = reader.fields("facts")
        change.adding = reader.texts("add").map { SiteID($0) }
        change.removing = reader.texts("remove").map { SiteID($0) }
        change.reason = reader.text("reason", atMost: DeskLimits.reasonLength, isOptional: true)
        try reader.finish()
        return change
    }
}
