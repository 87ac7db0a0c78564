import Replication
import Standards

extension DeskDomain {
    /// At the hub: a refund that whoever asked for it may decide needs nobody's approval.
    func noteAuthority(_ change: Change, in store: SiteStore) throws {
        guard change.entity.kind == .ticket, try Roster.anyIsHeld(in: store) else { return }
        for case .request(let request) in change.edits {
            guard let site = try store.site(of: change.origin),
                let pack = try shelf.current(in: store, at: change.stamp.milliseconds)?.pack
            else { continue }
            // What was taken away unheard lets an act stand; it pays out nothing.
            let check = RoleCheck(store: store, site: site, actor: change.actor, change: nil)
            guard let most = try check.authority(.refundFen, in: pack), request.amount <= Int64(most) else { continue }
            try store.database.run(
                "INSERT OR IGNORE INTO due_decision VALUES (?, ?)", change.origin.raw, change.sequence)
        }
    }
}
