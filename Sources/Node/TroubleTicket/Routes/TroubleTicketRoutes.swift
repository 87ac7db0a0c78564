import HTTP
import Replication
import ServiceDesk
import Standards

/// Trouble tickets: taken, listed, shown, patched, deleted.
struct TroubleTicketRoutes {
    /// Bytes of a new ticket and of a patch.
    static let bodyBytesMax = 256 * 1024
    private static let patchTypes = [
        "application/merge-patch+json", "application/json", "application/json-patch+json",
    ]

    let door: TroubleTicketDoor

    var routes: [Route] {
        door.routes(.get, "/troubleTicket") { $0.answer(.success(try Self.list($0))) }
            + door.routes(.post, "/troubleTicket", bodyBytesMax: Self.bodyBytesMax, Self.open)
            + door.routes(.get, "/troubleTicket/{id}") { $0.answer(.success(try Self.show($0))) }
            + door.routes(.patch, "/troubleTicket/{id}", bodyBytesMax: Self.bodyBytesMax, Self.patch)
            + door.routes(.delete, "/troubleTicket/{id}", for: .administrator, Self.delete)
    }

    private static func list(_ call: TroubleTicketCall) throws -> Response {
        let query = try ListQuery(call.request, attributes: TicketAttribute.names(of: call.dialect))
        return try call.site.read { store in
            let wording = try Wording(store, of: call.site)
            let search = TicketSearch(query: query, store: store, shelf: call.site.domain.shelf) { row, wanted in
                try call.resource(row, wording).members(wanted)
            }
            let found = try search.found()
            let items = try found.rows.map { try call.resource($0, wording).json(query.fields) }
            return PageAnswer.response(items, total: found.total, query, of: call.request)
        }
    }

    private static func show(_ call: TroubleTicketCall) throws -> Response {
        try ListQuery.refuseOthers(call.request, than: ["fields"])
        let fields = try fields(call)
        return try call.site.read { store in
            let row = try call.call.desk(store, now: call.site.now()).ticket(call.request.parameter("id"))
            return try answer(row, call, try Wording(store, of: call.site), fields)
        }
    }

    private static func fields(_ call: TroubleTicketCall) throws -> Set<String>? {
        try ListQuery.fields(call.request, attributes: TicketAttribute.names(of: call.dialect))
    }

    private static func answer(
        _ row: EntityRow, _ call: TroubleTicketCall, _ wording: Wording, _ fields: Set<String>?, status: Status = .ok,
        headers: [(String, String)] = []
    ) throws -> Response {
        let tag = ("ETag", Preconditions.tag(wording.version(of: row)))
        return Answers.json(
            try call.resource(row, wording).json(fields), status: status, headers: headers + [tag])
    }

    private static func open(_ call: TroubleTicketCall) throws {
        try ListQuery.refuseOthers(call.request, than: ["fields"])
        let fields = try fields(call)
        let creation = try TicketCreation(call.json(["application/json"]).value, dialect: call.dialect)
        let sent = try Preconditions(call.request, actor: call.call.actor).key
        let named = creation.externalName.map { name in
            IdempotencyKey(client: "tmf621 \(call.call.actor)", key: name, content: creation.content)
        }
        let (key, time) = (sent ?? named, call.site.now())
        let (identifier, customer) = (Draws.identifier(at: time), Draws.identifier(at: time))
        call.write("trouble ticket") { session, now in
            // Before anything is asked of the standard of today.
            if let key, let earlier = try session.replay(of: key) {
                return try replayed(earlier, call, session, fields)
            }
            let configuration = call.site.configuration
            let pack = try call.site.domain.shelf.current(in: session.store, at: now)?.pack
            let order = try creation.order(pack, home: configuration.isHub ? nil : configuration.site)
            try Intake.put(order.files, into: session.store, at: now)
            let desk = call.call.desk(session.store, now: now)
            let written = try desk.open(
                order.ticket, key: key, identifier: identifier, customerIdentifier: customer, in: &session)
            guard !written.isReplay else { return try replayed(written, call, session, fields) }
            var row = written.row
            if !order.revision.isEmpty,
                case .written(let revised) = try desk.revise(
                    order.revision, of: row.id.text, shown: nil, key: nil, in: &session)
            {
                row = revised.row
            }
            let wording = call.wording(session)
            let location = ("Location", try call.resource(row, wording).href)
            return try answer(row, call, wording, fields, status: .created, headers: [location])
        }
    }

    /// A ticket that was asked for before, as it is now.
    private static func replayed(
        _ earlier: Written, _ call: TroubleTicketCall, _ session: Session, _ fields: Set<String>?
    ) throws -> Response {
        guard earlier.row.state.exists, !earlier.row.isWithdrawn else {
            throw NodeError(
                .notNow, "The ticket of this request has left this site.", remedy: "Ask the branch that owns it now.")
        }
        let wording = call.wording(session)
        let headers = [
            ("Location", try call.resource(earlier.row, wording).href), ("Idempotency-Replayed", "true"),
        ]
        return try answer(earlier.row, call, wording, fields, status: .created, headers: headers)
    }

    private static func patch(_ call: TroubleTicketCall) throws {
        try ListQuery.refuseOthers(call.request, than: ["fields"])
        let fields = try fields(call)
        let (type, body) = try call.json(patchTypes)
        let operations = type == "application/json-patch+json" ? try JSONPatch(body) : nil
        guard operations != nil || body.objectValue != nil else {
            throw NodeError(.badRequest, "The patch is \(body.kindName).", remedy: "Send a JSON object.")
        }
        let conditions = try Preconditions(call.request, actor: call.call.actor)
        call.write("trouble ticket") { session, now in
            if let key = conditions.key, let earlier = try session.replay(of: key) {
                return try answer(earlier.row, call, call.wording(session), fields)
            }
            let desk = call.call.desk(session.store, now: now)
            let row = try desk.ticket(call.request.parameter("id"))
            let shown = try conditions.shown { RowVersion(origin: session.life.origin, version: row.version) }
            let resource = try call.resource(row, call.wording(session))
            let before = try resource.members()
            let after =
                try operations?.apply(to: .object(before)) ?? MergePatch.apply(body, to: .object(before))
            guard let after = after.objectValue else {
                throw NodeError(.badRequest, "The patch leaves no object.", remedy: "Patch the ticket's attributes.")
            }
            var patch = TicketPatch(resource, before: before, after: after, isExact: operations != nil)
            let revision = try patch.revision()
            guard !revision.isEmpty else { return try answer(row, call, call.wording(session), fields) }
            try Intake.put(patch.files, into: session.store, at: now)
            switch try desk.revise(revision, of: row.id.text, shown: shown, key: conditions.key, in: &session) {
            case .written(let written): return try answer(written.row, call, call.wording(session), fields)
            case .changedSince(let stale):
                return Fault.response(try TicketRoutes.refuse(stale, call.call, session), in: call.dialect)
            }
        }
    }

    private static func delete(_ call: TroubleTicketCall) throws {
        try ListQuery.refuseOthers(call.request, than: [])
        let conditions = try Preconditions(call.request, actor: call.call.actor)
        call.write("trouble ticket") { session, now in
            if let key = conditions.key, try session.replay(of: key) != nil { return Response(status: .noContent) }
            let desk = call.call.desk(session.store, now: now)
            let row = try desk.ticket(call.request.parameter("id"))
            let shown = try conditions.shown { RowVersion(origin: session.life.origin, version: row.version) }
            guard let revision = try TicketDeletion.revision(of: try call.resource(row, call.wording(session))) else {
                return Response(status: .noContent)
            }
            switch try desk.revise(revision, of: row.id.text, shown: shown, key: conditions.key, in: &session) {
            case .written: return Response(status: .noContent)
            case .changedSince(let stale):
                return Fault.response(try TicketRoutes.refuse(stale, call.call, session), in: call.dialect)
            }
        }
    }
}
