import HTTP
import Replication
import ServiceDesk
import Standards

/// Tickets: taken, listed, shown, worked.
struct TicketRoutes {
    let gate: Gate

    var routes: [Route] {
        [
            gate.post("/api/tickets", for: .clerk, Self.open),
            gate.get("/api/tickets", for: .observer, Self.list),
            gate.get("/api/tickets/{ticket}", for: .observer, Self.show),
            gate.post("/api/tickets/{ticket}/actions", for: .clerk, Self.act),
        ]
    }

    private static func open(_ call: Call) throws {
        let configuration = call.site.configuration
        let ticket = try NewTicket(call.request, home: configuration.isHub ? nil : configuration.site)
        if configuration.isHub && ticket.fields["supervised"] != nil { try call.identity.require(.supervisor) }
        let conditions = try Preconditions(call.request, actor: call.actor)
        let time = call.site.now()
        let (identifier, customer) = (Draws.identifier(at: time), Draws.identifier(at: time))
        call.write("open") { session, now in
            let written = try call.desk(session.store, now: now).open(
                ticket, key: conditions.key, identifier: identifier, customerIdentifier: customer, in: &session)
            var headers = [("Location", "/api/tickets/\(written.row.id.text)")]
            if written.isReplay { headers.append(("Idempotency-Replayed", "true")) }
            return try answer(
                written.row, call, session, status: written.isReplay ? .ok : .created, headers: headers)
        }
    }

    private static func act(_ call: Call) throws {
        let action = try TicketAction(call.request)
        // At a branch nobody may, which its desk says better.
        if call.site.configuration.isHub && action.isIntervention { try call.identity.require(.supervisor) }
        let conditions = try Preconditions(call.request, actor: call.actor)
        let ticket = call.request.parameter("ticket")
        call.write("act") { session, now in
            let desk = call.desk(session.store, now: now)
            let shown = try conditions.shown {
                RowVersion(origin: session.life.origin, version: try desk.ticket(ticket).version)
            }
            switch try desk.act(action, on: ticket, shown: shown, key: conditions.key, in: &session) {
            case .written(let written):
                let headers = written.isReplay ? [("Idempotency-Replayed", "true")] : []
                return try answer(written.row, call, session, status: .ok, headers: headers)
            case .changedSince(let stale): return try refuse(stale, call, session)
            }
        }
    }

    static func wording(_ call: Call, _ session: Session) -> Wording {
        Wording(
            session.store, life: session.life, shelf: call.site.domain.shelf,
            timeZone: call.site.configuration.timeZone)
    }

    private static func answer(
        _ row: EntityRow, _ call: Call, _ session: Session, status: Status, headers: [(String, String)]
    ) throws -> Response {
        let wording = wording(call, session)
        let body: JSONValue = ["ticket": .object(try TicketView(row: row, wording: wording).form())]
        return Answers.json(
            body, status: status, headers: headers + [("ETag", Preconditions.tag(wording.version(of: row)))])
    }

    /// That the ticket is no longer as it was shown, with both values.
    static func refuse(_ stale: ChangedSince, _ call: Call, _ session: Session) throws -> Response {
        let wording = wording(call, session)
        var response = Answers.problem(
            .preconditionFailed,
            detail: "The ticket has changed since it was shown. Nothing was written. Compare, then send again with the "
                + "ETag of now.",
            extra: ["changed": ChangedView.json(stale, try wording.words(of: stale.row))])
        response.headers["ETag"] = Preconditions.tag(wording.version(of: stale.row))
        return response
    }

    private static func list(_ call: Call) throws -> Response {
        let reader = try QueryReader(call.request, TicketFilters.names + ["limit", "after"])
        let filters = try TicketFilters(reader, at: call.site.now())
        let (order, usual) = (filters.query.order, filters.query.limit)
        let limit = try reader.integer("limit", in: 1...TicketQuery.limitMax, default: usual)
        let after = try reader.value("after", "a cursor that a page of this order has given") { text in
            TicketQuery.Place(text).flatMap { $0.order == order ? $0 : nil }
        }
        let shelf = call.site.domain.shelf
        return try call.site.read { store in
            var asked = try filters.query(in: store, shelf)
            (asked.limit, asked.after) = (limit, after)
            let page = try asked.page(in: store)
            let wording = try Wording(store, of: call.site)
            let due = try DueView(wording, now: asked.now)
            var text = JSONWriter()
            try text.object { text in
                text.member("dataAsOf", try DataAsOfView.json(wording))
                text.member("next", page.next.map { .string($0.text) } ?? JSONValue.null)
                text.member("now", wording.time(asked.now))
                text.member("staleDueTimes", Int64(due.staleCount))
                text.name("tickets")
                try text.array { text in for row in page.rows { try due.write(row, to: &text) } }
                text.member("total", Int64(try asked.count(in: store)))
            }
            return Response.json(text.bytes)
        }
    }

    private static func show(_ call: Call) throws -> Response {
        _ = try QueryReader(call.request, [])
        return try call.site.read { store in
            let now = call.site.now()
            let desk = call.desk(store, now: now)
            let row = try desk.ticket(call.request.parameter("ticket"))
            let wording = try Wording(store, of: call.site)
            return Answers.json(
                ["ticket": try TicketView(row: row, wording: wording).whole(at: now, for: desk)],
                headers: [("ETag", Preconditions.tag(wording.version(of: row)))])
        }
    }
}
