import HTTP
import ServiceDesk
import Standards

/// Figures over the tickets of the last days: how departments reply, how long work takes.
struct FigureRoutes {
    let gate: Gate

    var routes: [Route] {
        [
            gate.get("/api/departments", for: .observer, Self.departments),
            gate.get("/api/durations", for: .observer, Self.durations),
        ]
    }

    /// How long tickets of a type were open, by what a field of them says.
    private static func durations(_ call: Call) throws -> Response {
        let reader = try QueryReader(call.request, ["type", "by", "days"])
        let days = try reader.integer("days", in: 1...366, default: 30)
        guard let type = reader.text("type"), let field = reader.text("by") else {
            throw NodeError(
                .badRequest, "It is not said of which tickets, or by what.", remedy: "Send type and by, a field.")
        }
        let now = call.site.now()
        return try call.site.read { store in
            let from = now - Int64(days) * 86_400_000
            let (values, isCut) = try OpenDurations.list(
                of: type, by: field, opened: from..<now, in: store, shelf: call.site.domain.shelf, at: now)
            return Answers.json([
                "days": .integer(Int64(days)), "more": .bool(isCut),
                "values": .array(
                    values.map { durations in
                        [
                            "value": durations.value.map { .string($0) } ?? .null,
                            "tickets": .integer(Int64(durations.tickets)),
                            "averageMinutes": .integer(durations.average / 60_000),
                        ]
                    }),
            ])
        }
    }

    /// How departments answer what they are given, in the tickets that were opened within the last days.
    private static func departments(_ call: Call) throws -> Response {
        let days = try QueryReader(call.request, ["days"]).integer("days", in: 1...366, default: 30)
        let now = call.site.now()
        return try call.site.read { store in
            let from = now - Int64(days) * 86_400_000
            let (departments, isCut) = try DepartmentReplies.list(
                opened: from..<now, in: store, shelf: call.site.domain.shelf, at: now)
            return Answers.json([
                "days": .integer(Int64(days)), "more": .bool(isCut),
                "departments": .array(
                    departments.map { replies in
                        [
                            "department": .string(replies.department), "due": .integer(Int64(replies.due)),
                            "timely": .integer(Int64(replies.timely)), "given": .integer(Int64(replies.given)),
                            "accurate": .integer(Int64(replies.accurate)),
                        ]
                    }),
            ])
        }
    }
}
