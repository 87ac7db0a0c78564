import HTTP
import ServiceDesk
import Standards

/// Conflicts that nobody has settled yet.
struct ConflictRoutes {
    let gate: Gate

    var routes: [Route] { [gate.get("/api/conflicts", Self.list)] }

    /// Pages are by ticket, so that the conflicts of one ticket stay together; a page may hold more conflicts than
    /// `limit`.
    private static func list(_ call: Call) throws -> Response {
        let reader = try QueryReader(call.request, ["open", "limit", "after"])
        guard try reader.choice("open", of: ["true", "false"]) != "false" else {
            throw NodeError(
                .badRequest, "Settled conflicts are not listed.", remedy: "They are shown with their ticket.")
        }
        let limit = try reader.integer("limit", in: 1...TicketQuery.limitMax, default: 50)
        let after = try reader.value("after", "a cursor that a page has given") { TicketQuery.Place($0) }
        return try call.site.read { store in
            let page = try ConflictListing.open(in: store, limit: limit, after: after)
            let wording = try Wording(store, of: call.site)
            return Answers.json([
                "conflicts": .array(
                    try page.conflicts.map { try ConflictView($0, wording, wording.words(of: $0.row)).json }),
                "next": page.next.map { .string($0.text) } ?? .null,
            ])
        }
    }
}
