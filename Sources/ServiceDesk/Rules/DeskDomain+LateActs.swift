import Replication

extension DeskDomain {
    /// At the hub: keeps a list of what stands only because its site had not heard that a role was taken away.
    func noteLateAct(_ change: Change, before state: EntityState, in store: SiteStore) throws {
        guard change.entity.kind != .staff, try Roster.anyIsHeld(in: store),
            let site = try store.site(of: change.origin),
            try store.directoryEntry(of: site)?.isBranch == true, try Roster.current(of: site, in: store) != nil,
            let row = try store.row(change.entity)
        else { return }
        let rules = TicketRules(shelf: shelf, store: store)
        let needed = change.entity.kind == .ticket ? try rules.rolesNeeded(by: change, before: state) : []
        let check = RoleCheck(store: store, site: site, actor: change.actor, change: change.reference)
        guard case .unheard(let role) = try check.standing(needing: needed) else { return }
        try LateAct(
            change: change.reference, entity: change.entity, site: site.text, person: change.actor, role: role,
            time: change.stamp.milliseconds
        ).note(in: store.database, of: row.number)
    }
}
