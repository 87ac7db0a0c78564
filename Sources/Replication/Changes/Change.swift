import Hashing

/// One atomic edit of one entity by one origin: the only thing that replicates.
///
/// A change has one form in every copy and every epoch. What has not left its site may be issued again by its author
/// with another stamp; what has left never changes.
public struct Change: Hashable, Sendable {
    private let content: ChangeContent

    public var origin: OriginID { content.origin }
    /// Contiguous from 1 within the origin.
    public var sequence: UInt64 { content.sequence }
    public var stamp: Stamp { content.stamp }
    public var entity: EntityID { content.entity }
    /// The entity's version vector as the node held it in the transaction that wrote this, its own origin left out.
    public var seen: VersionVector { content.seen }
    /// The person or system that acted.
    public var actor: String { content.actor }
    /// The client's idempotency key, so that it survives a restore; empty for none.
    public var key: [UInt8] { content.key }
    public var edits: [Edit] { content.edits }
    /// The edit that brings the entity into being, if there is one.
    public var creation: Creation? { content.creation }
    /// The edit that moves the entity, if there is one.
    public var transition: Transition? { content.transition }
    /// Whether it takes a role away.
    var revokes: Bool {
        edits.contains { edit in
            if case .revoke = edit { true } else { false }
        }
    }
    /// Whether this version does not know one of the edits, or the rules that its creation names.
    public var hasUnknownEdits: Bool { content.hasUnknownEdits }
    /// What a log row keeps beside its columns: seen, actor, key and edits. Made once, since hash, log and limits all
    /// ask for it.
    var storedBody: [UInt8] { content.storedBody }
    /// SHA-256 of the encoded change cut to 128 bits: chains, sums and proofs are made of these.
    public var hash: Digest128 { content.hash }

    private init(_ content: ChangeContent) { self.content = content }

    public init(
        origin: OriginID, sequence: UInt64, stamp: Stamp, entity: EntityID, seen: VersionVector = VersionVector(),
        actor: String = "", key: [UInt8] = [], edits: [Edit]
    ) {
        self.init(
            ChangeContent(
                origin: origin, sequence: sequence, stamp: stamp, entity: entity, seen: seen, actor: actor, key: key,
                edits: edits, storedBody: Self.body(seen, actor, key, edits), hash: nil))
    }

    /// Changes are equal when their bytes are.
    public static func == (left: Change, right: Change) -> Bool {
        left.position == right.position && left.sequence == right.sequence && left.entity == right.entity
            && left.storedBody == right.storedBody
    }

    public func hash(into hasher: inout Hasher) { hasher.combine(hash) }

    /// What the log keeps of it in `body`: seen, actor, key and edits, and nothing of its time or place.
    public var bodyAsStored: [UInt8] { storedBody }

    public var reference: ChangeReference { ChangeReference(origin: origin, sequence: sequence) }

    /// *Covers* means named in `seen`, or earlier by the same origin.
    public func covers(_ reference: ChangeReference) -> Bool {
        reference.origin == origin ? reference.sequence <= sequence : seen.covers(reference)
    }

    /// Whether this change folds after another: the order (stamp, origin), which respects causality because a hybrid
    /// clock never lets an effect sort before its cause.
    public func sorts(after other: FoldPosition) -> Bool { position > other }

    public var position: FoldPosition { FoldPosition(stamp: stamp, origin: origin) }

    /// The same change at another time: for its author only, and only before it has left the site.
    public func issuedAgain(at stamp: Stamp) -> Change {
        Change(
            ChangeContent(
                origin: origin, sequence: sequence, stamp: stamp, entity: entity, seen: seen, actor: actor, key: key,
                edits: edits, storedBody: storedBody, hash: nil))
    }

    /// The canonical bytes, whatever batch or row the change travelled in.
    public var encoded: [UInt8] { Self.encoded(origin, sequence, stamp, entity, storedBody) }

    static func hash(
        _ origin: OriginID, _ sequence: UInt64, _ stamp: Stamp, _ entity: EntityID, _ body: [UInt8]
    ) -> Digest128 {
        encoded(origin, sequence, stamp, entity, body).withUnsafeBytes { SHA256.digest128($0) }
    }

    private static func encoded(
        _ origin: OriginID, _ sequence: UInt64, _ stamp: Stamp, _ entity: EntityID, _ body: [UInt8]
    ) -> [UInt8] {
        var writer = ByteWriter(reserving: body.count + 48)
        writer.fixed64(origin.raw)
        writer.varint(sequence)
        writer.fixed64(stamp.raw)
        writer.byte(entity.kind.rawValue)
        writer.fixed64(entity.high)
        writer.fixed64(entity.low)
        writer.raw(body)
        return writer.bytes
    }

    private static func body(
        _ seen: VersionVector, _ actor: String, _ key: [UInt8], _ edits: [Edit]
    ) -> [UInt8] {
        var writer = ByteWriter(reserving: 512)
        seen.write(to: &writer)
        writer.text(actor)
        writer.block(key)
        writer.varint(edits.count)
        for edit in edits {
            writer.byte(edit.tag)
            writer.block { edit.writeBody(to: &$0) }
        }
        return writer.bytes
    }

    /// - Parameter hash: as stored with the change, where that may be believed; computed when nil.
    init(
        origin: OriginID, sequence: UInt64, stamp: Stamp, entity: EntityID, storedBody: [UInt8], hash: Digest128? = nil
    ) throws {
        var reader = ByteReader(storedBody)
        let seen = try VersionVector(from: &reader)
        let actor = try reader.text()
        let key = try reader.block()
        let count = try reader.count(atMost: ReplicationLimits.editsInChange)
        guard let edits = reader.readRest({ Self.edits(count, untilEndOf: &$0) }) else {
            throw ReplicationError.malformed("The edits of a change are not whole.")
        }
        self.init(
            ChangeContent(
                origin: origin, sequence: sequence, stamp: stamp, entity: entity, seen: seen, actor: actor, key: key,
                edits: edits, storedBody: storedBody, hash: hash))
    }

    private static func edits(_ count: Int, untilEndOf cursor: inout ByteCursor) -> [Edit]? {
        var edits: [Edit] = []
        edits.reserveCapacity(count)
        for _ in 0..<count {
            guard let tag = cursor.byte(), let body = cursor.block() else { return nil }
            edits.append(Edit(tag: tag, untilEndOf: body))
        }
        return edits
    }

    /// Refuses what no author of ours writes, whatever its content means.
    public func validate() throws {
        func require(_ holds: Bool, _ kind: ReplicationError.Kind, _ message: String) throws {
            guard holds else {
                throw ReplicationError(
                    kind, "Change \(reference): \(message)", remedy: "Split it, or correct what writes it.")
            }
        }
        try require(!edits.isEmpty, .malformed, "it has no edits.")
        try require(edits.count <= ReplicationLimits.editsInChange, .oversized, "it has more than 256 edits.")
        try require(entity.kind != .nothing, .malformed, "its entity is of no kind.")
        try require(sequence > 0, .malformed, "its sequence is 0.")
        try require(sequence <= ReplicationLimits.sequenceMax, .malformed, "its sequence is over 48 bits.")
        try require(
            stamp.milliseconds <= Stamp.millisecondsMax, .malformed, "it is stamped beyond the year 6429.")
        try require(actor.utf8.count <= ReplicationLimits.bytesInActor, .oversized, "its actor is over 256 bytes.")
        try require(seen[origin] == 0, .malformed, "it names its own origin in what it has seen.")
        try require(
            seen.entries.count <= ReplicationLimits.originsInSeen, .oversized, "it has seen more than 1,024 origins.")
        var creations = 0
        var transitions = 0
        for edit in edits {
            if case .create = edit { creations += 1 }
            if case .transition = edit { transitions += 1 }
        }
        try require(creations <= 1 && transitions <= 1, .malformed, "it creates or moves its entity twice.")
        try require(
            storedBody.count <= ReplicationLimits.bytesInChange, .oversized, "it is over 1 MiB when encoded.")
    }
}

/// Where a change stands in the fold of its entity.
public struct FoldPosition: Hashable, Comparable, Sendable {
    public let stamp: Stamp
    public let origin: OriginID

    public init(stamp: Stamp, origin: OriginID) {
        self.stamp = stamp
        self.origin = origin
    }

    public static func < (left: FoldPosition, right: FoldPosition) -> Bool {
        (left.stamp, left.origin) < (right.stamp, right.origin)
    }
}
