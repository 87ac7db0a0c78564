import Hashing
import SQLite

/// A hub that was restored, rebuilt or promoted begins a new epoch. First it gathers: every site is compared and brings
/// what the hub has lost, and until enough have it judges and decides nothing.
extension Session {
    /// Begins an epoch above every one that was heard of: an act of an operator.
    /// - Parameters:
    ///   - number: at least this; 0 for one above those that this database knows.
    ///   - random: 64 bits that the shell has drawn; so is `origin`.
    ///   - reason: what the operator did, in words.
    public mutating func beginEpoch(
        atLeast number: UInt32, random: UInt64, origin: OriginID, because reason: String, actor: String,
        at milliseconds: Int64
    ) throws {
        guard life.isHub else {
            throw ReplicationError(
                .refused, "\(life.site) is a branch; only a hub begins an epoch.",
                remedy: "Run this on the hub's folder.")
        }
        try renewOrigin(origin, because: reason, at: milliseconds)
        life.cursor = FeedCursor(
            epoch: Epoch(
                number: max(number, min(max(life.cursor.epoch.number, life.heardEpoch), .max - 1) + 1), random: random),
            chain: .start)
        life.heardEpoch = life.cursor.epoch.number
        life.doubt = ""
        life.hasTakenOver = false
        try gather()
        try beginTimekeeping(at: milliseconds)
        try announceHub(actor: actor, at: milliseconds)
    }

    /// While a hub gathers it has given nothing to anybody, and may go above what it hears of without an operator.
    mutating func rise(above epoch: Epoch, at milliseconds: Int64) throws {
        let own = life.cursor.epoch
        let above = min(epoch.number, .max - 1) + 1
        life.cursor = FeedCursor(epoch: Epoch(number: above, random: own.random), chain: .start)
        life.heardEpoch = life.cursor.epoch.number
        try record(
            "epoch", of: life.site,
            "A site has followed epoch \(epoch.number); this hub goes on in \(life.cursor.epoch.number).",
            at: milliseconds)
        try gather()
    }

    private mutating func gather() throws {
        life.isGathering = true
        try database.run("DELETE FROM feed WHERE site <> 0")
        try database.run(
            """
            UPDATE peer SET feed = 0, feed_digest = ?, watermark = 0, is_compared = is_lost
            """, Digest128.zero)
        try database.run("UPDATE member SET is_whole = 0, enter = 0")
        try database.run("UPDATE withdrawal SET number = 0, sequence = NULL")
        try database.run("UPDATE taken_right SET number = 0, origin = NULL, sequence = NULL")
        try database.run(
            "UPDATE outbox SET state = ? WHERE state <> ?", Effect.State.uncertain.rawValue, Effect.State.sent.rawValue)
        // Its number of admission is one of another epoch.
        try database.run("DELETE FROM backup")
        store.forgetMembers()
        try releaseUnjoined()
        // Without anybody to wait for there is nothing to gather.
        if try !isWaitingForSites() { life.isGathering = false }
    }

    /// The hub's own entry names every origin that has written as the hub.
    private mutating func announceHub(actor: String, at milliseconds: Int64) throws {
        let entity = Self.directoryEntity(of: life.site)
        guard try store.row(entity)?.state.exists ?? false else { return }
        _ = try write(
            Draft(entity: entity, edits: [.add(SiteField.origins, life.origin.value)], actor: actor), at: milliseconds)
    }

    /// Sites of the directory that have never joined hold nothing: nobody waits for them. One that did join and whose
    /// joining is lost makes itself known when it calls.
    func releaseUnjoined() throws {
        for peer in try store.peers() where !peer.isCompared && peer.origin == nil {
            guard let entry = try store.directoryEntry(of: peer.site), !entry.hasJoined else { continue }
            try database.run("UPDATE peer SET is_compared = 1 WHERE number = ?", peer.number)
            store.memo?.hasUncompared = nil
        }
    }

    /// Whether so many sites that count are not compared yet that a decision of an earlier epoch might be unknown here.
    func isWaitingForSites() throws -> Bool {
        let all = try store.peers()
        let peers = all.filter { !$0.isLost }
        // One that joined after the backup may have counted too; what it says when it comes tells.
        let counting = peers.filter { $0.isCounting || !$0.isCompared }
        let needed = min(ReplicationLimits.witnesses, counting.count)
        guard needed > 0 else {
            guard peers.isEmpty else { return false }
            // A hub that knows of nobody waits for the first, and one whose directory has not come back for another
            // than those that were declared lost.
            return try all.isEmpty || store.row(Self.directoryEntity(of: life.site)) == nil
        }
        return counting.count { !$0.isCompared } >= needed
    }

    mutating func endGathering(at milliseconds: Int64) throws {
        guard life.isGathering, try !isWaitingForSites() else { return }
        life.isGathering = false
        try record(
            "epoch", of: life.site, "Enough sites are compared: this hub judges and decides again.", at: milliseconds)
        // A hub that was built anew could not name itself in a directory that had not come back.
        if try store.site(of: life.origin) == nil { try announceHub(actor: "epoch", at: milliseconds) }
        try judgeAllWaiting(at: milliseconds)
    }

    /// What an administrator says of a site that will not come back: nobody waits for it any longer.
    public mutating func declareLost(_ site: SiteID, actor: String, at milliseconds: Int64) throws {
        guard let peer = try store.peer(site: site) else {
            throw ReplicationError(
                .notFound, "The directory has no site \(site).", remedy: "List them: tributary site list.")
        }
        // What it has read is no second copy of anything any more: if it comes back after all, it compares.
        let wasFed = peer.isCompared && peer.joined != nil
        if wasFed { try dropFeed(of: peer) }
        try database.run(
            "UPDATE peer SET is_lost = 1, is_compared = 1, is_counting = 0, is_dropped = ? WHERE number = ?",
            wasFed || peer.isDropped, peer.number)
        store.memo?.hasUncompared = nil
        try record(
            "site lost", of: site, "\(site) was declared lost by \(actor). It \(peer.lastWords).",
            at: milliseconds)
        try releaseUnjoined()
        try endGathering(at: milliseconds)
        try enterPostponed()
    }

    /// Stops this hub until an operator has begun a new epoch: it has lost what it once had, or another hub has begun
    /// to reign.
    mutating func doubt(_ reason: String, of site: SiteID, at milliseconds: Int64) throws {
        guard life.doubt.isEmpty else { return }
        life.doubt = reason
        try record("hub stopped", of: site, reason, at: milliseconds)
    }

    /// A hub decides nothing while it does not know what was decided.
    func requireReign() throws {
        guard life.doubt.isEmpty else { throw Self.doubtful(life.doubt) }
        guard !life.isGathering else {
            let missing = try store.peers().filter { !$0.isCompared }.map(\.site.text).joined(separator: ", ")
            throw ReplicationError(
                .behind, "The hub has begun epoch \(life.cursor.epoch.number) and waits for \(missing).",
                remedy: "It decides again when enough of them have been heard. One that will not come back is declared "
                    + "lost: tributary site lost SITE.")
        }
        let unheard = try unheardWitnesses()
        guard isContinuous(unheard) else {
            let names = unheard.silent.map(\.text).joined(separator: ", ")
            throw ReplicationError(
                .behind,
                "Since this hub was started it has not heard \(names): its database may have been put back.",
                remedy: "It decides when enough of them have called. One that will not come back is declared lost: "
                    + "tributary site lost SITE.")
        }
    }

    /// The sites that count as witnesses, and those of them that this start of the hub has not heard.
    func unheardWitnesses() throws -> (counting: Int, silent: [SiteID]) {
        let rows = try database.all(
            "SELECT site, heard_start FROM peer WHERE is_counting = 1 AND is_lost = 0 ORDER BY site"
        ) { (site: SiteID($0.text(0)), start: $0.int64(1)) }
        let counting = try rows.filter { try !(store.credential(of: $0.site)?.isRevoked ?? false) }
        return (counting.count, counting.filter { $0.start != Int64(life.start) }.map(\.site))
    }

    /// Whether so many witnesses have been heard that one of them would have told of a decision that was lost with a
    /// put-back disk.
    func isContinuous(_ witnesses: (counting: Int, silent: [SiteID])) -> Bool {
        witnesses.silent.count < max(1, min(ReplicationLimits.witnesses, witnesses.counting))
    }

    static func doubtful(_ reason: String) -> ReplicationError {
        ReplicationError(
            .behind, "This hub neither exchanges nor decides: \(reason).",
            remedy: "Its administrator begins a new epoch: stop the hub, then `tributary hub restore --help`.")
    }

    /// No entity gains a site while one of its audience is not compared: that one may know better.
    func isPostponed(_ row: EntityRow) throws -> Bool {
        guard try store.hasUncompared(), !store.domain.mischief.contains(.sendsDownEarly) else { return false }
        guard case .sites(let sites) = try store.audience(of: row) else { return false }
        return try sites.contains { try store.peer(site: $0).map { !$0.isCompared } ?? false }
    }

    /// Lets enter what had to wait for others.
    mutating func enterPostponed() throws {
        let rows = try database.all(
            """
            SELECT member.entity, member.site, member.enter FROM member JOIN peer ON peer.number = member.site
            WHERE member.is_whole = 0 AND member.enter <= 0 AND peer.is_compared = 1 AND peer.is_lost = 0
            ORDER BY member.entity, member.site
            """
        ) { (entity: $0.int64(0), site: $0.int64(1), isDoubtful: $0.int64(2) < 0) }
        let hasUncompared = try store.hasUncompared()
        for item in rows where !(item.isDoubtful && hasUncompared) {
            let row = try store.row(number: item.entity)
            guard try !isPostponed(row) else { continue }
            let number = nextNumber()
            try queue(
                FeedEntry(number: number, content: .enter(row.id, sum: row.sum)), for: item.site, entity: row.number)
            try database.run(
                "UPDATE member SET enter = ? WHERE entity = ? AND site = ?", number, item.entity, item.site)
        }
        store.forgetMembers()
    }
}

extension SiteStore {
    /// Whether an epoch has begun and a site is not compared yet.
    func hasUncompared() throws -> Bool {
        let memo = memo
        if let known = memo?.hasUncompared { return known }
        let found =
            try database.first("SELECT EXISTS (SELECT 1 FROM peer WHERE is_compared = 0)") { $0.bool(0) } ?? false
        memo?.hasUncompared = found
        return found
    }
}
