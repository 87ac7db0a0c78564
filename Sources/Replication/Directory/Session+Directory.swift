import Hashing
import SQLite

/// What the directory says of a place.
public struct SiteDescription: Sendable {
    public let site: SiteID
    public let isHub: Bool
    /// Whether it is to hold a copy of everything and to take no work.
    public let isStandby: Bool
    public let nameZH: String
    public let nameEN: String
    public let divisionCode: String
    public let ticketLetters: String

    public init(
        site: SiteID, isHub: Bool, isStandby: Bool = false, nameZH: String, nameEN: String, divisionCode: String,
        ticketLetters: String
    ) {
        self.site = site
        self.isHub = isHub
        self.isStandby = isStandby
        self.nameZH = nameZH
        self.nameEN = nameEN
        self.divisionCode = divisionCode
        self.ticketLetters = ticketLetters
    }

    fileprivate var role: String { isHub ? "hub" : isStandby ? "standby" : "branch" }
}

/// The directory: one entity a site, written by the hub alone and known to everyone.
extension Session {
    public static func directoryEntity(of site: SiteID) -> EntityID {
        let hash = SHA256.hash(Array("site \(site.text)".utf8))
        return EntityID(kind: .site, bytes: Array(hash.prefix(16))) ?? EntityID(kind: .site, high: 0, low: 0)
    }

    /// Adds a site to the directory, or corrects what it says. The hub adds itself first.
    public mutating func add(_ description: SiteDescription, actor: String, at milliseconds: Int64) throws {
        let entity = Self.directoryEntity(of: description.site)
        let exists = try store.row(entity)?.state.exists ?? false
        let fields: [(Field, Value)] = [
            (SiteField.id, .text(description.site.text)), (SiteField.role, .text(description.role)),
            (SiteField.nameZH, .text(description.nameZH)), (SiteField.nameEN, .text(description.nameEN)),
            (SiteField.divisionCode, .text(description.divisionCode)),
            (SiteField.ticketLetters, .text(description.ticketLetters)), (SiteField.serial, .integer(1)),
            (SiteField.isRevoked, .bool(false)),
        ]
        var edits: [Edit] = exists ? [] : [.create(Creation(label: description.site.text))]
        // A correction says nothing of the credential: a revoked site stays revoked.
        let isCredential: Set<Field> = [SiteField.serial, SiteField.isRevoked]
        edits += fields.filter { !exists || !isCredential.contains($0.0) }.map { .assign($0.0, $0.1) }
        if description.isHub { edits.append(.add(SiteField.origins, life.origin.value)) }
        _ = try write(Draft(entity: entity, edits: edits, actor: actor), at: milliseconds)
        guard !description.isHub, try store.peer(site: description.site) == nil else { return }
        try database.run(
            "INSERT INTO peer (site, feed, feed_digest) VALUES (?, 0, ?)", description.site.text, Digest128.zero)
        store.memo?.forgetDirectory()
        try store.noteStandby(description.site, description.isStandby)
        if description.isStandby { try recordSentEffects(actor: actor, at: milliseconds) }
    }

    /// A site announces the origin it drew. Whatever the province holds for it enters its feed anew, so a machine that
    /// replaces another gets everything that had left it.
    /// - Parameter willCompare: whether the site is to compare instead, since it begins with a ``Snapshot``.
    public mutating func join(
        _ site: SiteID, origin: OriginID, willCompare: Bool = false, actor: String, at milliseconds: Int64
    ) throws {
        guard let peer = try store.peer(site: site) else {
            throw ReplicationError(
                .notFound, "The directory has no site \(site).",
                remedy: "Add it at the hub: tributary site add \(site).")
        }
        if peer.origin == origin { return }
        if let previous = peer.origin {
            try record(
                "joined anew", of: site,
                "\(site) has joined with an empty database in place of \(previous), which \(peer.lastWords).",
                at: milliseconds)
        }
        let taken = try store.peer(of: origin)
        guard taken == nil, origin != life.origin else {
            throw ReplicationError(
                .forked, "Origin \(origin) has been announced before.",
                remedy: "Join in a new folder: an origin is drawn once and belongs to one database.")
        }
        _ = try store.originNumber(origin, site: site)
        let draft = Draft(
            entity: Self.directoryEntity(of: site), edits: [.add(SiteField.origins, origin.value)], actor: actor)
        guard case .written(let written) = try write(draft, at: milliseconds) else { return }
        try database.run(
            """
            UPDATE peer SET origin = ?, joined = ?, is_counting = 0, feed = 0, feed_digest = ?, watermark = 0,
                is_compared = 1, is_lost = 0, backlog = 0 WHERE number = ?
            """, origin.raw, try admissionNumber(of: written.change.reference), Digest128.zero, peer.number)
        try database.run("DELETE FROM feed WHERE site = ?", peer.number)
        // The new database has never held what had left the old one: nothing that it says of it is from before.
        try database.run("UPDATE withdrawal SET sequence = 0 WHERE site = ?", peer.number)
        try forgetHearings(of: peer)
        // So nobody waits for what the old one knew: it is lost.
        store.memo?.hasUncompared = nil
        if peer.isStandby {
            try enterAllAnew(peer)
        } else if willCompare {
            try dropFeed(of: peer)
            try database.run("UPDATE peer SET is_dropped = 1 WHERE number = ?", peer.number)
        } else {
            try enterAnew(peer)
        }
        guard !peer.isCompared else { return }
        try endGathering(at: milliseconds)
        try enterPostponed()
    }

    /// Everything that a site may see enters its feed anew, as if it held nothing. What others may know better, who are
    /// not compared yet, waits for them.
    public mutating func enterAnew(_ peer: Peer) throws {
        let members = try database.all(
            "SELECT entity, enter FROM member WHERE site = ? ORDER BY entity", peer.number
        ) { (entity: $0.int64(0), isDoubtful: $0.int64(1) < 0) }
        let hasUncompared = try store.hasUncompared()
        for member in members {
            let row = try store.row(number: member.entity)
            if hasUncompared, try member.isDoubtful || isPostponed(row) {
                try database.run(
                    "UPDATE member SET enter = ?, is_whole = 0 WHERE entity = ? AND site = ?",
                    member.isDoubtful ? -1 as Int64 : 0, member.entity, peer.number)
                continue
            }
            let entry = FeedEntry(number: nextNumber(), content: .enter(row.id, sum: row.sum))
            try queue(entry, for: peer.number, entity: member.entity)
            try database.run(
                "UPDATE member SET enter = ?, is_whole = 0 WHERE entity = ? AND site = ?", entry.number, member.entity,
                peer.number)
        }
        store.forgetMembers()
    }

    /// Revokes a site's credential: its serial goes up, so what was derived from the old one is worth nothing.
    public mutating func revoke(_ site: SiteID, actor: String, at milliseconds: Int64) throws {
        let entity = Self.directoryEntity(of: site)
        guard let row = try store.row(entity), row.state.exists else {
            throw ReplicationError(
                .notFound, "The directory has no site \(site).", remedy: "List them: tributary site list.")
        }
        let serial = (row.state[SiteField.serial].integerValue ?? 1) + 1
        let edits: [Edit] = [
            .assign(SiteField.serial, .integer(serial)), .assign(SiteField.isRevoked, .bool(true)),
        ]
        _ = try write(Draft(entity: entity, edits: edits, actor: actor), at: milliseconds)
    }

    /// A revoked site may be enrolled again, under its new serial.
    public mutating func restoreAccess(of site: SiteID, actor: String, at milliseconds: Int64) throws {
        let edits: [Edit] = [.assign(SiteField.isRevoked, .bool(false))]
        _ = try write(
            Draft(entity: Self.directoryEntity(of: site), edits: edits, actor: actor), at: milliseconds)
        if try store.standbys().contains(site) { try recordSentEffects(actor: actor, at: milliseconds) }
    }
}

extension SiteStore {
    /// The serial of a site's credential in force, and whether it may be used.
    public func credential(of site: SiteID) throws -> (serial: Int64, isRevoked: Bool)? {
        guard let row = try row(Session.directoryEntity(of: site)), row.state.exists else { return nil }
        return (row.state[SiteField.serial].integerValue ?? 1, row.state[SiteField.isRevoked].boolValue ?? false)
    }
}
