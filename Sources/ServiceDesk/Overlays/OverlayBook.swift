import Hashing
import Replication
import Standards

/// What branches settle for themselves beside the standard, as far as it is held here: a branch has its own, the hub
/// and a standby everybody's.
public enum OverlayBook {
    /// The entity that holds a branch's overlay; no other site can make one of that name.
    public static func name(of site: SiteID) -> EntityID {
        let hash = SHA256.hash(Array("overlay of \(site.text)".utf8))
        return EntityID(kind: .overlay, bytes: Array(hash.prefix(16))) ?? EntityID(kind: .overlay, high: 0, low: 0)
    }

    /// The overlay of a branch as it is now; nil when it has none.
    public static func current(of site: SiteID, in store: SiteStore) throws -> (row: EntityRow, document: String)? {
        guard let row = try store.row(name(of: site)), row.state.exists, !row.isWithdrawn,
            let document = row.state[OverlayField.document].textValue
        else { return nil }
        return (row, document)
    }

    /// The overlay as it was at a time: a ticket is measured by what was promised when it was opened.
    /// - Parameter milliseconds: since 1970.
    public static func overlay(
        of site: SiteID, at milliseconds: Int64, in store: SiteStore
    ) throws -> BranchOverlay? {
        let document = try history(of: site, in: store).last { $0.from <= milliseconds }?.document
        return document.flatMap { BranchOverlay.read(Array($0.utf8)) }
    }

    /// What the overlay was from when on, in the order of time; empty when the branch has none.
    static func history(of site: SiteID, in store: SiteStore) throws -> [(from: Int64, document: String?)] {
        guard let row = try store.row(name(of: site)), row.state.exists, !row.isWithdrawn else { return [] }
        var state = EntityState()
        let changes = try store.changes(of: row.number).sorted { $0.position < $1.position }
        return changes.map { change in
            Fold.apply(change, to: &state)
            return (change.stamp.milliseconds, state[OverlayField.document].textValue)
        }
    }
}
