import Replication
import Standards

/// Who may write an overlay, and what it may be.
///
/// Whether a limit is looser than the standard's is looked at where it is written and not here: the standard may have
/// changed meanwhile, and the strictest wins whatever an overlay says.
enum OverlayRules {
    static func judge(_ change: Change, before state: EntityState, author: Author) -> Judgement {
        let site = (state.exists ? state[OverlayField.site] : change.assigned(OverlayField.site) ?? .null).textValue
        guard let site, change.entity == OverlayBook.name(of: SiteID(site)), author.site.text == site, !author.isHub
        else { return .refuse("An overlay is its branch's own. Let the branch change it.") }
        if state.exists, let moved = change.assigned(OverlayField.site), moved != .text(site) {
            return .refuse("An overlay stays its branch's. Let each branch have its own.")
        }
        guard let document = change.assigned(OverlayField.document) else { return .admit }
        guard let text = document.textValue, BranchOverlay.read(Array(text.utf8)) != nil else {
            return .refuse("The overlay cannot be read. Check it with `tributary overlay check`.")
        }
        return .admit
    }
}
