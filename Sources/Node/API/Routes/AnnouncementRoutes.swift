import HTTP
import Replication
import ServiceDesk
import Standards

/// Announcements: listed everywhere, published and withdrawn at the hub.
struct AnnouncementRoutes {
    static let bodyBytesMax = 32 << 10

    let gate: Gate

    var routes: [Route] {
        [
            gate.get("/api/announcements", for: .observer, Self.list),
            gate.post("/api/announcements", for: .supervisor, bodyBytesMax: Self.bodyBytesMax, Self.publish),
            gate.post(
                "/api/announcements/{announcement}/withdraw", for: .supervisor, bodyBytesMax: Self.bodyBytesMax,
                Self.withdraw),
        ]
    }

    private static func list(_ call: Call) throws -> Response {
        let reader = try QueryReader(call.request, ["state", "site", "category"])
        var query = AnnouncementQuery()
        let state = try reader.choice("state", of: ["current", "open", "all"]) ?? "open"
        query.withPast = state == "all"
        query.isCurrent = state == "current"
        query.site = reader.text("site")
        let category = reader.text("category")
        let asked = query
        let now = call.site.now()
        return try call.site.read { store in
            var query = asked
            let pack = try call.site.domain.shelf.current(in: store, at: now)?.pack
            query.lineage = category.map { pack?.lineage(of: $0) ?? [] }
            let wording = try Wording(store, of: call.site)
            let found = try query.list(in: store, at: now)
            return Answers.json([
                "announcements": .array(
                    found.map { AnnouncementView(announcement: $0, wording: wording).json(at: now) }
                ),
                "now": wording.time(now), "dataAsOf": try DataAsOfView.json(wording),
            ])
        }
    }

    private static func publish(_ call: Call) throws {
        try call.requireHub("Announcements are published")
        let new = try read(call.request)
        let identifier = Draws.identifier(at: call.site.now())
        try write(call, isNew: true) { desk, session, key in
            try desk.announce(new, key: key, identifier: identifier, in: &session)
        }
    }

    private static func withdraw(_ call: Call) throws {
        try call.requireHub("Announcements are withdrawn")
        var reader = try BodyReader(call.request, ["reason"])
        let reason = reader.text("reason", atMost: DeskLimits.reasonLength, isOptional: true)
        try reader.finish()
        let name = call.request.parameter("announcement")
        try write(call, isNew: false) { desk, session, key in
            try desk.withdraw(announcement: name, reason: reason, key: key, in: &session)
        }
    }

    private static func write(
        _ call: Call, isNew: Bool,
        _ job: @escaping @Sendable (Desk, inout Session, IdempotencyKey?) throws -> Written
    ) throws {
        let conditions = try Preconditions(call.request, actor: call.actor)
        call.write("announcement") { session, now in
            let written = try job(call.desk(session.store, now: now), &session, conditions.key)
            let wording = TicketRoutes.wording(call, session)
            let view = Announcement(written.row).map {
                AnnouncementView(announcement: $0, wording: wording).json(at: now)
            }
            return Answers.json(
                ["announcement": view ?? .null], status: isNew && !written.isReplay ? .created : .ok,
                headers: written.isReplay ? [("Idempotency-Replayed", "true")] : [])
        }
    }

    private static func read(_ request: Request) throws -> NewAnnouncement {
        var reader = try BodyReader(
            request, ["wording", "zh", "en", "sites", "categories", "area", "from", "until", "ticket"])
        var new = NewAnnouncement()
        new.wording = reader.wordIfAny("wording")
        new.zh = reader.text("zh", atMost: ApprovedWording.lengthLimit, isOptional: true)
        new.en = reader.text("en", atMost: ApprovedWording.lengthLimit, isOptional: true)
        new.sites = reader.texts("sites").map { SiteID($0) }
        new.categories = reader.texts("categories")
        new.area = reader.text("area", atMost: DeskLimits.announcementAreaLength, isOptional: true)
        new.from = time("from", &reader)
        new.until = time("until", &reader) ?? 0
        if !reader.has("until") { reader.report("until", .required) }
        new.ticket = reader.wordIfAny("ticket")
        try reader.finish()
        return new
    }

    private static func time(_ name: String, _ reader: inout BodyReader) -> Int64? {
        guard let text = reader.wordIfAny(name) else { return nil }
        let time = InstantText.milliseconds(text)
        let example = InstantText.example
        if time == nil { reader.report(name, Flaw("is not a time such as \(example)", .notATime, [example])) }
        return time
    }
}
