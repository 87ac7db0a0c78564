import HTTP
import Replication
import SQLite
import Standards

/// Event subscriptions. What TMF calls a hub is a place to subscribe at, and nothing of the province's hub.
struct HubRoutes {
    static let bodyBytesMax = 16 * 1024

    let door: TroubleTicketDoor

    var routes: [Route] {
        door.routes(.post, "/hub", bodyBytesMax: Self.bodyBytesMax, Self.subscribe)
            + door.routes(.get, "/hub/{id}", in: [.v5]) { $0.answer(.success(try Self.show($0))) }
            + door.routes(.delete, "/hub/{id}", Self.end)
    }

    private static func subscribe(_ call: TroubleTicketCall) throws {
        try ListQuery.refuseOthers(call.request, than: [])
        let body = try call.json(["application/json"]).value
        var said = try members(body, call.dialect)
        let callback = said["callback"]?.stringValue ?? ""
        _ = try CallbackAddress(callback)
        let query = said["query"]?.stringValue ?? ""
        _ = try EventFilter(query, call.dialect)
        if call.dialect == .v5 { said["@type"] = said["@type"] ?? "Hub" }
        let (id, text) = (Secrets.hex(Secrets.random(bytes: 16)), JSONValue.object(said).text())
        let (dialect, base) = (call.dialect, call.base)
        write(call) { database in
            try checkRoom(database, callback, query, dialect)
            try EventRecorder.begin(in: database)
            let newest = try EventRecorder.newest(in: database)
            try database.run(
                """
                INSERT INTO subscription (id, edition, base, callback, query, said, next) VALUES (?, ?, ?, ?, ?, ?, ?)
                """, id, dialect.rawValue, base, callback, query, text, newest)
            guard let one = try Subscription.of(id, in: database) else {
                throw NodeError(.busy, "The subscription was not kept.", remedy: "Try again.")
            }
            return Answers.json(one.json, status: .created, headers: [("Location", "\(base)/hub/\(id)")])
        }
    }

    private static func members(_ body: JSONValue, _ dialect: Dialect) throws -> [String: JSONValue] {
        var members: [(name: String, shape: Shape)] = [("callback", .text), ("query", .text)]
        if dialect == .v5 { members += TicketAttribute.typed(nil) }
        let shape = Shape.object(members, required: dialect == .v5 ? ["callback", "@type"] : ["callback"])
        let problems = shape.problems(body, at: "subscription")
        guard problems.isEmpty, (body["query"]?.stringValue ?? "").utf8.count <= Subscription.queryBytesMax else {
            let all = problems.isEmpty ? "query has more than \(Subscription.queryBytesMax) bytes" : nil
            throw NodeError(
                .badRequest, "The subscription is not right: \(all ?? problems.joined(separator: "; ")).",
                remedy: "Correct it and send it again.")
        }
        return body.objectValue ?? [:]
    }

    private static func checkRoom(
        _ database: Database, _ callback: String, _ query: String, _ dialect: Dialect
    ) throws {
        let all = try Subscription.all(in: database)
        guard all.count < Subscription.subscriptionsMax else {
            throw NodeError(
                .notNow, "There are \(Subscription.subscriptionsMax) subscriptions already.", remedy: "End one first.")
        }
        guard !all.contains(where: { $0.callback == callback && $0.query == query && $0.dialect == dialect }) else {
            throw NodeError(
                .notNow, "There is a subscription of that callback and query.", remedy: "End it first, or use it.")
        }
    }

    private static func show(_ call: TroubleTicketCall) throws -> Response {
        try ListQuery.refuseOthers(call.request, than: [])
        let one = try call.site.read { try Subscription.of(call.request.parameter("id"), in: $0.database) }
        guard let one else { throw notFound }
        return Answers.json(one.json)
    }

    private static func end(_ call: TroubleTicketCall) throws {
        try ListQuery.refuseOthers(call.request, than: [])
        let id = call.request.parameter("id")
        write(call) { database in
            guard try database.run("DELETE FROM subscription WHERE id = ?", id) == 1 else { throw notFound }
            try EventRecorder.endIfNobodyIsLeft(in: database)
            return Response(status: .noContent)
        }
    }

    private static func write(
        _ call: TroubleTicketCall, _ job: @escaping @Sendable (Database) throws -> Response
    ) {
        call.site.storage.write("subscription", job) { call.answer($0) }
    }

    private static let notFound = NodeError(
        .notFound, "There is no subscription of that identifier.", remedy: "Subscribe: POST …/hub.")
}
