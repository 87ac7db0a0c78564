import Hashing

/// All that a change holds, in one place that its copies share: a change is handed from step to step while it is
/// judged, folded and stored, and a copy then costs one count.
final class ChangeContent: Sendable {
    let origin: OriginID
    let sequence: UInt64
    let stamp: Stamp
    let entity: EntityID
    let seen: VersionVector
    let actor: String
    let key: [UInt8]
    let edits: [Edit]
    let creation: Creation?
    let transition: Transition?
    let hasUnknownEdits: Bool
    let storedBody: [UInt8]
    let hash: Digest128

    /// - Parameters:
    ///   - storedBody: what seen, actor, key and edits encode to.
    ///   - hash: as stored with the change, where that may be believed; computed when nil.
    init(
        origin: OriginID, sequence: UInt64, stamp: Stamp, entity: EntityID, seen: VersionVector, actor: String,
        key: [UInt8], edits: [Edit], storedBody: [UInt8], hash: Digest128?
    ) {
        self.origin = origin
        self.sequence = sequence
        self.stamp = stamp
        self.entity = entity
        self.seen = seen
        self.actor = actor
        self.key = key
        self.edits = edits
        self.storedBody = storedBody
        var (creation, transition, hasUnknownEdits) = (nil as Creation?, nil as Transition?, false)
        for edit in edits {
            switch edit {
            case .create(let found):
                creation = creation ?? found
                if found.foldRules == nil { hasUnknownEdits = true }
            case .transition(let found): transition = transition ?? found
            case .unknown: hasUnknownEdits = true
            default: break
            }
        }
        self.creation = creation
        self.transition = transition
        self.hasUnknownEdits = hasUnknownEdits
        self.hash = hash ?? Change.hash(origin, sequence, stamp, entity, storedBody)
    }
}
