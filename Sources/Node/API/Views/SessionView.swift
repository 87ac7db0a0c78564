import Replication
import ServiceDesk
import Standards

/// What a page needs to know of whoever looks at it.
enum SessionView {
    static func json(_ identity: Identity, _ configuration: NodeConfiguration, _ store: SiteStore) throws -> JSONValue {
        let roster = try Roster.current(of: configuration.site, in: store)
        var members: [String: JSONValue] = [
            "name": .string(identity.actor), "access": identity.permission.level.map { .string("\($0)") } ?? .null,
            "csrf": .null, "site": .string(configuration.site.text), "role": .string(configuration.role),
            "roles": .array((roster?.roles(of: identity.actor) ?? []).map { .string($0) }),
            "mustChangePassword": .bool(identity.mustChangePassword),
        ]
        if let hub = configuration.hub { members["hub"] = .string(hub) }
        if case .session(_, let csrf) = identity.proof { members["csrf"] = .string(csrf) }
        return .object(members)
    }
}
