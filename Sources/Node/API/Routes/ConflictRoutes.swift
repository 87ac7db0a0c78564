import HTTP
import Replication
import ServiceDesk
import Standards

/// Conflicts: listed alike at every site, counted, and settled or reinstated in one action each.
struct ConflictRoutes {
    let gate: Gate

    var routes: [Route] {
        [
            gate.get("/api/conflicts", for: .observer, Self.list),
            gate.get("/api/conflicts/counts", for: .observer, Self.count),
            gate.post("/api/conflicts/{change}/settle", for: .clerk, bodyBytesMax: 0) { call in
                try Self.resolve(call, "settle") { desk, losing, shown, key, session in
                    try desk.settle(conflict: losing, shown: shown, key: key, in: &session)
                }
            },
            gate.post("/api/conflicts/{change}/reinstate", for: gate.doingAgain, bodyBytesMax: 0) { call in
                try Self.resolve(call, "reinstate") { desk, losing, shown, key, session in
                    try desk.reinstate(conflict: losing, shown: shown, key: key, in: &session)
                }
            },
        ]
    }

    /// Pages are by ticket, so that the conflicts of one ticket stay together; a page may hold more conflicts than
    /// `limit`. Beside them stands each ticket's version, for `If-Match`: that is the node's own, and no part of what
    /// every site lists alike.
    private static func list(_ call: Call) throws -> Response {
        let reader = try QueryReader(call.request, ["open", "site", "ticket", "limit", "after"])
        var query = ConflictQuery()
        query.standing =
            switch try reader.choice("open", of: ["true", "false", "all"]) {
            case "all"?: .all
            case "false"?: .settled
            default: .open
            }
        query.site = reader.text("site").map { SiteID($0) }
        query.limit = try reader.integer("limit", in: 1...TicketQuery.limitMax, default: query.limit)
        query.after = try reader.value("after", "a cursor that a page has given") { TicketQuery.Place($0) }
        let (asked, ticket) = (query, reader.text("ticket"))
        return try call.site.read { store in
            let wording = try Wording(store, of: call.site)
            if let site = asked.site, try store.directoryEntry(of: site) == nil, site != wording.life.site {
                throw NodeError(
                    .notFound, "The directory has no such site.", remedy: "`tributary site list` lists those it has.")
            }
            let page =
                try ticket.map { name in
                    let row = try call.desk(store, now: call.site.now()).ticket(name)
                    return (conflicts: try asked.list(of: row, in: store), next: nil)
                } ?? asked.page(in: store)
            return Answers.json(try json(page.conflicts, next: page.next, wording))
        }
    }

    private static func json(
        _ conflicts: [ConflictListing], next: TicketQuery.Place?, _ wording: Wording
    ) throws -> JSONValue {
        var tags: [String: JSONValue] = [:]
        for row in conflicts.map(\.row) {
            tags[row.id.text] = .string(Preconditions.tag(wording.version(of: row)))
        }
        return [
            "conflicts": .array(try conflicts.map { try ConflictView($0, wording).json }), "etags": .object(tags),
            "next": next.map { .string($0.text) } ?? .null,
        ]
    }

    private static func count(_ call: Call) throws -> Response {
        _ = try QueryReader(call.request, [])
        return try call.site.read { store in
            let wording = try Wording(store, of: call.site)
            let view = ConflictCountsView(
                counts: try ConflictCounts(of: store), wording: wording,
                words: try wording.wordsInForce(at: call.site.now()))
            return Answers.json(try view.json)
        }
    }

    private typealias Action =
        @Sendable (
            Desk, ChangeReference, RowVersion?, IdempotencyKey?, inout Session
        ) throws -> ResolutionOutcome

    private static func resolve(_ call: Call, _ name: String, _ action: @escaping Action) throws {
        guard let losing = ChangeReference(call.request.parameter("change")) else {
            throw NodeError(
                .badRequest, "That is no change's name.",
                remedy: "`tributary conflicts` names the losing change of each conflict.")
        }
        let conditions = try Preconditions(call.request, actor: call.actor)
        call.write(name) { session, now in
            let shown = try conditions.shown {
                let row = try session.store.entry(of: losing).flatMap { try session.store.row($0.change.entity) }
                return RowVersion(origin: session.life.origin, version: row?.version ?? 0)
            }
            switch try action(call.desk(session.store, now: now), losing, shown, conditions.key, &session) {
            case .changedSince(let stale): return try TicketRoutes.refuse(stale, call, session)
            case .resolved(let resolution):
                let wording = TicketRoutes.wording(call, session)
                var headers = [("ETag", Preconditions.tag(wording.version(of: resolution.row)))]
                if resolution.isReplay { headers.append(("Idempotency-Replayed", "true")) }
                return Answers.json(try json(resolution, wording), headers: headers)
            }
        }
    }

    private static func json(_ resolution: Resolution, _ wording: Wording) throws -> JSONValue {
        [
            "ticket": .object(try TicketView(row: resolution.row, wording: wording).form()),
            "done": .array(resolution.done.map { ["losing": $0.losing.json, "change": $0.by.json] }),
            "left": .array(
                resolution.left.map { left in
                    [
                        "losing": left.losing.json, "step": left.step.map { .string($0) } ?? .null,
                        "reason": .string(left.reason),
                    ]
                }),
        ]
    }
}
