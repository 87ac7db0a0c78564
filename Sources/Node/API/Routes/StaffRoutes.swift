import HTTP
import Replication
import ServiceDesk
import Standards

/// Who holds which role at a site, and what was done with one that had been taken away.
struct StaffRoutes {
    static let bodyBytesMax = 16 << 10

    let gate: Gate

    var routes: [Route] {
        [
            gate.get("/api/staff", for: .observer, Self.show),
            gate.post("/api/staff", for: .supervisor, bodyBytesMax: Self.bodyBytesMax, Self.change),
        ]
    }

    private static func show(_ call: Call) throws -> Response {
        let reader = try QueryReader(call.request, ["site"])
        let site = reader.text("site").map { SiteID($0) } ?? call.site.configuration.site
        return try call.site.read { store in
            let wording = try Wording(store, of: call.site)
            let roster = try Roster.current(of: site, in: store)
            let acts = try LateAct.list(at: site, in: store)
            let headers = roster.map { [("ETag", Preconditions.tag(wording.version(of: $0.row)))] } ?? []
            return Answers.json(try view(site, roster, acts, wording), headers: headers)
        }
    }

    private static func change(_ call: Call) throws {
        var reader = try BodyReader(call.request, ["site", "person", "grant", "revoke"])
        let named = reader.wordIfAny("site")
        let person = reader.word("person")
        let (granting, revoking) = (reader.texts("grant"), reader.texts("revoke"))
        try reader.finish()
        let site = named.map { SiteID($0) } ?? call.site.configuration.site
        let conditions = try Preconditions(call.request, actor: call.actor)
        call.write("staff") { session, now in
            let desk = call.desk(session.store, now: now)
            let shown = try conditions.shown {
                let row = try session.store.row(Roster.name(of: site))
                return RowVersion(origin: session.life.origin, version: row?.version ?? 0)
            }
            let outcome = try desk.staff(
                person, at: site, granting: granting, revoking: revoking, shown: shown, key: conditions.key,
                in: &session)
            switch outcome {
            case .changedSince(let stale): return try TicketRoutes.refuse(stale, call, session)
            case .written(let written):
                let wording = TicketRoutes.wording(call, session)
                let roster = try Roster.current(of: site, in: session.store)
                return Answers.json(
                    try view(site, roster, [], wording),
                    headers: [("ETag", Preconditions.tag(wording.version(of: written.row)))])
            }
        }
    }

    private static func view(
        _ site: SiteID, _ roster: Roster?, _ acts: [LateAct], _ wording: Wording
    ) throws -> JSONValue {
        [
            "site": .string(site.text), "begun": .bool(roster != nil),
            "people": .array(
                (roster?.people ?? []).map { person in
                    ["person": .string(person.person), "roles": .array(person.roles.map { .string($0) })]
                }),
            "lateActs": .array(
                acts.map { act in
                    [
                        "change": act.change.json, "entity": .string(act.entity.text), "site": .string(act.site),
                        "person": .string(act.person), "role": .string(act.role), "at": wording.time(act.time),
                    ]
                }),
        ]
    }
}
