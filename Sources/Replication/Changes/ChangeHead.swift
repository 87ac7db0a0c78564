import Hashing

/// What a change in the log is known by, without what it says.
public struct ChangeHead: Hashable, Sendable {
    public let origin: OriginID
    public let sequence: UInt64
    public let stamp: Stamp
    public let entity: EntityID
    public let hash: Digest128

    public var reference: ChangeReference { ChangeReference(origin: origin, sequence: sequence) }
}
