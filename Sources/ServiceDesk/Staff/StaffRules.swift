import Replication
import Standards

/// Who may give a role to whom, and whether what somebody did was theirs to do.
struct StaffRules {
    let shelf: PackShelf
    let store: SiteStore

    /// Judges a change of a roster. The province begins it; a branch gives what the standard lets a holder of one role
    /// give.
    func judge(_ change: Change, before state: EntityState, author: Author) throws -> Judgement {
        let site = (state.exists ? state[StaffField.site] : change.assigned(StaffField.site) ?? .null).textValue
        guard let site, change.entity == Roster.name(of: SiteID(site)), author.isHub || author.site.text == site else {
            return .refuse("A roster is of one site, and named after it. Give the role at that site, or at the hub.")
        }
        guard author.isHub || state.exists else {
            return .refuse("A site's roster is begun by the province. Ask the hub.")
        }
        guard let pack = try shelf.current(in: store, at: change.stamp.milliseconds)?.pack else {
            return .wait("a standard that names the roles")
        }
        if state.holdings.count + change.edits.count > Roster.holdingsLimit {
            return .refuse("A roster has at most \(Roster.holdingsLimit) people and roles. Split the site.")
        }
        for edit in change.edits {
            if let refusal = try judge(edit, of: change, site, pack, author) { return .refuse(refusal) }
        }
        return .admit
    }

    private func judge(
        _ edit: Edit, of change: Change, _ site: String, _ pack: StandardPack, _ author: Author
    ) throws -> String? {
        switch edit {
        case .create, .seal: return nil
        case .assign(StaffField.site, let value):
            return value == .text(site) ? nil : "A roster stays its site's. Let each site have its own."
        case .revoke(let grant) where author.isHub && grant == Roster.open: return nil
        case .grant(let grant), .revoke(let grant):
            guard (1...Roster.personLength).contains(grant.person.unicodeScalars.count), grant.person != "*",
                DeskLimits.problem(grant.person, longestLength: Roster.personLength) == nil
            else { return "A person's name has 1 to \(Roster.personLength) characters. Correct it." }
            // What the standard no longer knows can still be taken away.
            if case .grant = edit, !pack.organisation.roles.contains(where: { $0.id == grant.role }) {
                return "Standard \(pack.version) has no such role. `tributary standards show` lists them."
            }
            if author.isHub { return nil }
            let givers = pack.organisation.roles.filter { $0.grants.contains(grant.role) }.map(\.id)
            let check = RoleCheck(store: store, site: author.site, actor: change.actor, change: change.reference)
            guard !givers.isEmpty, try check.standing(needing: givers) != .missing else {
                return "Whoever did this may not give or take role \(grant.role) here. Ask the province."
            }
            return nil
        default: return "A roster holds roles and nothing else."
        }
    }

    /// Why an act is not its author's to do; nil when it is.
    func refusal(of change: Change, needing roles: [String], author: Author) throws -> Judgement? {
        guard !Self.isMachine(change, author) else { return nil }
        let check = RoleCheck(store: store, site: author.site, actor: change.actor, change: change.reference)
        guard try check.standing(needing: roles) == .missing else { return nil }
        return .refuse(Self.explanation(roles, at: author.site))
    }

    static func explanation(_ roles: [String], at site: SiteID) -> String {
        let what = roles.isEmpty ? "no role" : "none of the roles \(roles.joined(separator: ", "))"
        return "Whoever did this holds \(what) at \(site). Let somebody who does do it, or ask for the role."
    }

    /// The hub's own consequences and answers are nobody's act.
    static func isMachine(_ change: Change, _ author: Author) -> Bool {
        author.isHub
            && (change.actor == DeskActor.hub
                || change.edits.allSatisfy { edit in
                    switch edit {
                    case .answer, .seal: true
                    default: false
                    }
                })
    }
}
