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
        let words = ["state", "type", "home", "category", "source", "department", "due", "sort"]
        let days = ["open", "opened", "closed"]
        let reader = try QueryReader(
            call.request,
            words + days + ["number", "customer", "conflicts", "attention", "announcement", "status", "assignee"]
                + ["limit", "after"])
        var query = TicketQuery()
        query.state = reader.text("state")
        query.type = reader.text("type")
        query.home = reader.text("home")
        query.category = reader.text("category")
        query.source = reader.text("source")
        query.number = reader.text("number")?.uppercased()
        query.customer = try reader.value("customer", "the identifier of a customer") { text in
            EntityID(kind: .customer, text: text.lowercased())
        }
        query.hasConflicts = try reader.choice("conflicts", of: ["open"]) != nil
        query.attention = try reader.choice("attention", of: TicketQuery.Attention.allCases.map(\.rawValue)).flatMap(
            TicketQuery.Attention.init)
        let announced = try reader.value("announcement", "current or the identifier of one", Announced.init)
        query.limit = try reader.integer("limit", in: 1...TicketQuery.limitMax, default: query.limit)
        query.department = reader.text("department")
        query.status = try reader.choice("status", of: TicketStatus.allCases.map(\.rawValue))
        query.assignee = reader.text("assignee")
        query.standing = try reader.choice("due", of: DueStanding.allCases.map(\.rawValue)).flatMap(DueStanding.init)
        query.isOpen = try reader.choice("open", of: ["true"]) != nil
        query.openedOn = try reader.value("opened", Self.aDay, Self.day)
        query.closedOn = try reader.value("closed", Self.aDay, Self.day)
        let orders = TicketQuery.Order.allCases.map(\.rawValue)
        let order = try reader.choice("sort", of: orders).flatMap(TicketQuery.Order.init) ?? .opened
        query.order = order
        query.after = try reader.value("after", "a cursor that a page of this order has given") { text in
            TicketQuery.Place(text).flatMap { $0.order == order ? $0 : nil }
        }
        query.now = call.site.now()
        let (parts, shelf) = (query, call.site.domain.shelf)
        return try call.site.read { store in
            var asked = parts
            asked.announced = try announced?.hits(in: store, of: call.site, at: parts.now)
            if asked.openedOn != nil {
                let zone = try shelf.current(in: store, at: asked.now)?.pack.calendar?.zone ?? .chinaStandard
                asked.zoneMinutes = zone.minutes
            }
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

    private static let aDay = "a day such as 2026-02-14"

    private static func day(_ text: String) -> Int64? { CivilDate(text: text).map { Int64($0.daysSince1970) } }

    /// The announcements whose tickets are asked for.
    private enum Announced: Sendable {
        case current
        case one(EntityID)

        init?(_ text: String) {
            if text == "current" {
                self = .current
            } else if let id = EntityID(kind: .announcement, text: text.lowercased()) {
                self = .one(id)
            } else {
                return nil
            }
        }

        func hits(in store: SiteStore, of site: Site, at now: Int64) throws -> AnnouncementHits {
            let pack = try site.domain.shelf.current(in: store, at: now)?.pack
            guard case .one(let id) = self else {
                return try AnnouncementHits(currentIn: store, pack: pack, at: now)
            }
            guard let row = try store.row(id), !row.isWithdrawn, let announcement = Announcement(row) else {
                throw QueryReader.wrong("announcement names none that is known here")
            }
            return AnnouncementHits([announcement], pack: pack)
        }
    }

    private static func show(_ call: Call) throws -> Response {
        _ = try QueryReader(call.request, [])
        return try call.site.read { store in
            let now = call.site.now()
            let row = try call.desk(store, now: now).ticket(call.request.parameter("ticket"))
            let wording = try Wording(store, of: call.site)
            return Answers.json(
                ["ticket": try TicketView(row: row, wording: wording).whole(at: now)],
                headers: [("ETag", Preconditions.tag(wording.version(of: row)))])
        }
    }
}
