import Replication
import Standards

/// Whether somebody may do something by the roles that the person holds at a site.
///
/// At the hub a change is judged by what its site could know: a right counts that was taken away and of which the site
/// had not heard when the change was made.
struct RoleCheck {
    enum Standing: Equatable {
        /// The person holds a role that is needed, or the site has no roster.
        case held
        /// Only because the site had not heard that this role was taken away.
        case unheard(role: String)
        case missing
    }

    let store: SiteStore
    let site: SiteID
    let actor: String
    /// What is being judged; nil for what is only being asked.
    let change: ChangeReference?

    /// - Parameter roles: any of them; any at all when empty.
    func standing(needing roles: [String]) throws -> Standing {
        // What a customer may do is for ``CustomerActRules`` to say: it holds no role and needs none.
        if actor == DeskActor.customer { return .held }
        guard let roster = try Roster.current(of: site, in: store), !store.domain.mischief.contains(.ignoresRoles)
        else { return .held }
        let held = roster.roles(of: actor)
        if held.contains(where: { roles.isEmpty || roles.contains($0) }) { return .held }
        let unheard = try unheard(in: roster).first { role in
            roles.isEmpty || role == Roster.open.role || roles.contains(role)
        }
        return unheard.map { .unheard(role: $0) } ?? .missing
    }

    /// The roles that count for the person; nil when everybody may do anything.
    func roles() throws -> [String]? {
        guard let roster = try Roster.current(of: site, in: store) else { return nil }
        let unheard = try unheard(in: roster)
        return unheard.contains(Roster.open.role) ? nil : roster.roles(of: actor) + unheard
    }

    private func unheard(in roster: Roster) throws -> [String] {
        guard let change else { return [] }
        return try roster.revocations(of: actor).filter { try !store.hadHeard(of: $0.by, site, before: change) }
            .map(\.role)
    }

    /// Up to how much the person may decide; nil when there is no limit.
    func authority(_ kind: AuthorityKind, in pack: StandardPack) throws -> Int? {
        guard let roles = try roles() else { return nil }
        return pack.organisation.roles.filter { roles.contains($0.id) }.compactMap { $0.authority[kind] }.max() ?? 0
    }
}
