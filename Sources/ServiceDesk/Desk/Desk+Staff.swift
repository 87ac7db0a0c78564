import Replication
import Standards

extension Desk {
    /// Gives roles to a person of a site and takes others away, all of it at once. At the hub it begins the site's
    /// roster.
    /// - Parameter shown: the version of the roster that the person was shown; nil for whoever has not looked.
    public func staff(
        _ person: String, at site: SiteID, granting: [String], revoking: [String], shown: RowVersion?,
        key: IdempotencyKey?, in session: inout Session
    ) throws -> WriteOutcome {
        guard !granting.isEmpty || !revoking.isEmpty else {
            throw DeskError(.invalid, "No role is named.", remedy: "Name a role to grant or to revoke.")
        }
        guard try store.directoryEntry(of: site) != nil || site == session.life.site else {
            throw DeskError(
                .invalid, "The directory has no such site.", remedy: "List them: GET /api/sites.",
                problems: [.init(field: "site", problem: "is not a site of this province")])
        }
        let name = Roster.name(of: site)
        var edits: [Edit] = revoking.map { .revoke(Grant(person: person, role: $0)) }
        edits += granting.map { .grant(Grant(person: person, role: $0)) }
        if try Roster.current(of: site, in: store) == nil {
            guard session.life.isHub else {
                throw DeskError(
                    .notAllowed, "The roster of \(site) has not been begun.",
                    remedy: "Ask the province to name its first people.")
            }
            edits =
                [
                    .create(Creation(label: site.text)), .assign(StaffField.site, .text(site.text)),
                    .revoke(Roster.open),
                ] + edits
        }
        return try session.write(Draft(entity: name, edits: edits, actor: actor, key: key, shown: shown), at: now)
    }

    /// Whether whoever acts holds one of the roles, as far as this site knows.
    func checkRole(_ roles: [String], at site: SiteID) throws {
        guard try !holds(roles, at: site) else { return }
        throw DeskError(
            .notAllowed, StaffRules.explanation(roles, at: site),
            remedy: "`tributary staff list` shows who holds what.")
    }

    /// The same as a question.
    func holds(_ roles: [String], at site: SiteID) throws -> Bool {
        try RoleCheck(store: store, site: site, actor: actor, change: nil).standing(needing: roles) != .missing
    }
}
