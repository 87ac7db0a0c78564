import HTTP
import ServiceDesk
import Standards

/// The ticket types of the standard in force, as specifications. They are published as packs and not one by one, so
/// they are only read here.
struct SpecificationRoutes {
    let door: TroubleTicketDoor

    var routes: [Route] {
        door.routes(.get, "/troubleTicketSpecification", in: [.v5]) { $0.answer(.success(try Self.list($0))) }
            + door.routes(.get, "/troubleTicketSpecification/{id}", in: [.v5]) {
                $0.answer(.success(try Self.show($0)))
            }
    }

    private static func all(_ call: TroubleTicketCall) throws -> [SpecificationResource] {
        try call.site.read { store in
            let (shelf, now) = (call.site.domain.shelf, call.site.now())
            guard let pack = try shelf.current(in: store, at: now)?.pack else { return [] }
            let wording = try Wording(store, of: call.site)
            let effective = try StandardListing.all(in: store, shelf: shelf, at: now).first { $0.isCurrent }?.effective
            return pack.ticketTypes.map { type in
                SpecificationResource(
                    type: type, pack: pack, base: call.base, effective: wording.time(effective ?? 0))
            }
        }
    }

    private static func list(_ call: TroubleTicketCall) throws -> Response {
        let query = try ListQuery(call.request, attributes: SpecificationResource.names)
        let all = try all(call)
        let matching = all.filter { one in query.conditions.allSatisfy { $0.holds(of: one.members()) } }
        let sorted = query.sorted(matching) { $0.members() }
        let items = query.page(sorted).map { JSONValue.object($0.members(query.fields)) }
        return PageAnswer.response(items, total: sorted.count, query, of: call.request)
    }

    private static func show(_ call: TroubleTicketCall) throws -> Response {
        try ListQuery.refuseOthers(call.request, than: ["fields"])
        let fields = try ListQuery.fields(call.request, attributes: SpecificationResource.names)
        let id = call.request.parameter("id")
        guard let one = try all(call).first(where: { $0.type.id == id }) else {
            throw NodeError(
                .notFound, "The standard in force has no ticket type of that identifier.",
                remedy: "List them: GET \(call.base)/troubleTicketSpecification.")
        }
        return Answers.json(.object(one.members(fields)))
    }
}
