import Replication
import Standards

extension Desk {
    /// Settles what this branch settles for itself; all of it at once.
    /// - Parameters:
    ///   - document: the overlay's JSON.
    ///   - shown: the version that the person was shown; nil for whoever has not looked.
    public func settle(
        overlay document: [UInt8], shown: RowVersion?, key: IdempotencyKey?, in session: inout Session
    ) throws -> (outcome: WriteOutcome?, findings: [Finding]) {
        let site = session.life.site
        guard !session.life.isHub else {
            throw DeskError(.notAllowed, "An overlay is a branch's.", remedy: "Publish a standard instead.")
        }
        let (overlay, findings) = BranchOverlay.check(document, beside: try standard().pack)
        guard overlay != nil else { return (nil, findings) }
        let name = OverlayBook.name(of: site)
        let text = String(decoding: document, as: UTF8.self)
        var edits: [Edit] = [.assign(OverlayField.document, .text(text))]
        if try store.row(name)?.state.exists != true {
            edits = [.create(Creation(label: site.text)), .assign(OverlayField.site, .text(site.text))] + edits
        }
        let draft = Draft(entity: name, edits: edits, actor: actor, key: key, shown: shown)
        return (try session.write(draft, at: now), [])
    }
}
