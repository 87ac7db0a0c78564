/// As whom a request comes, before anything of it is taken.
enum CallerStanding: Equatable {
    /// The database of its site that was announced last, in this epoch.
    case fed
    /// Another database of its site has been announced since: it may send.
    case superseded
    /// It has not compared with this epoch's hub yet.
    case ofEarlierEpoch
    case refused(ReplicationError)

    var refusal: ReplicationError? {
        if case .refused(let error) = self { return error }
        return nil
    }
}

extension Session {
    /// The peer that calls. A hub that was rebuilt from nothing knows its sites by their credentials until the
    /// directory has come back.
    func caller(_ site: SiteID, _ request: ExchangeRequest) throws -> Peer {
        if let peer = try store.peer(site: site) { return peer }
        guard life.isGathering else {
            throw ReplicationError(
                .forked, "The directory has no site \(site).",
                remedy: "Add it at the hub: tributary site add \(site).")
        }
        try enrolAgain(site)
        guard let peer = try store.peer(site: site) else {
            throw ReplicationError(
                .inconsistent, "A peer was made and is not there.", remedy: "Run `tributary verify`.")
        }
        return peer
    }

    /// Holds the request's epoch and origin against what is known here. A hub that learns from it that it was put back
    /// stops; that is kept although the request is refused.
    mutating func meet(
        _ request: ExchangeRequest, of peer: Peer, at milliseconds: Int64
    ) throws -> CallerStanding {
        let epoch = request.cursor.epoch
        let own = life.cursor.epoch
        guard epoch == own || epoch == .none else {
            return try meetOther(epoch, request, of: peer, at: milliseconds)
        }
        if request.lane == .compare { return .fed }
        // To a hub that was rebuilt nobody has announced anything; by then the directory may name this very database.
        let isUnheard = peer.origin == nil && !peer.isCompared
        guard peer.origin == request.origin || isUnheard else {
            let isKnown = try store.site(of: request.origin) == peer.site
            // A new database that has not been announced yet measures the time first.
            if request.lane == .hello && request.protocols.highest >= ProtocolRange.sections && !isKnown {
                return .ofEarlierEpoch
            }
            let error = ReplicationError(
                request.protocols.highest >= ProtocolRange.sections ? .superseded : .forked,
                "Origin \(request.origin) is not the one that \(peer.site) announced last.",
                remedy:
                    "Two databases of one site are alive, or an old one was started: stop one of the two. If it is the "
                    + "other, type here: tributary branch keep --help.")
            guard isKnown, request.lane != .poll, error.kind == .superseded else { return .refused(error) }
            return .superseded
        }
        guard !peer.isDropped else {
            return .refused(
                ReplicationError(
                    .feedDropped,
                    "\(peer.site) was away longer, or had more to read, than its feed is kept for.",
                    remedy: "It compares with the hub by itself; what it has not sent is kept."))
        }
        guard peer.isCompared else {
            // What it was told in an earlier epoch says nothing of this hub. A comparison that was cut off goes on.
            if request.lane == .hello { return .ofEarlierEpoch }
            // One that had never called before the epoch began takes it for its first, and compares when it is told.
            return .refused(
                ReplicationError(
                    .feedDropped, "\(peer.site) has not been compared in epoch \(own.number).",
                    remedy: "It compares with the hub by itself; what it has not sent is kept."))
        }
        if let reason = try sayBehind(stored: request.acknowledged, read: request.cursor.chain, request.origin, peer) {
            // A site may be mistaken, or lie. What this hub has confirmed itself is no claim.
            if try isProved(request, of: peer) { try doubt(reason, of: peer.site, at: milliseconds) }
            return .refused(Self.doubtful(reason))
        }
        return .fed
    }

    private mutating func meetOther(
        _ epoch: Epoch, _ request: ExchangeRequest, of peer: Peer, at milliseconds: Int64
    ) throws -> CallerStanding {
        if epoch.number >= life.cursor.epoch.number {
            let isProved = proves(request, epoch, of: peer)
            // What a hub that gathers has is taken from its sites, so it may go above what they say: a little.
            let isNear = epoch.number < life.cursor.epoch.number &+ ReplicationLimits.epochsAhead
            guard isProved || (life.isGathering && isNear) else {
                return .refused(
                    ReplicationError(
                        .foreign,
                        "\(peer.site) has followed epoch \(epoch.number), of which this hub, in "
                            + "\(life.cursor.epoch.number), has no proof.",
                        remedy: "If another hub with the same key is alive, one of the two has to be stopped."))
            }
            life.heardEpoch = max(life.heardEpoch, epoch.number)
            guard life.isGathering else {
                let reason = "\(peer.site) has followed epoch \(epoch.number), which another hub has begun"
                try doubt(reason, of: peer.site, at: milliseconds)
                return .refused(Self.doubtful(reason))
            }
            try rise(above: epoch, at: milliseconds)
        }
        guard request.lane == .hello, request.protocols.highest >= ProtocolRange.sections else {
            return .refused(
                ReplicationError(
                    request.protocols.highest >= ProtocolRange.sections ? .foreign : .forked,
                    "The site has followed epoch \(epoch.number); this hub is in \(life.cursor.epoch.number).",
                    remedy: "The site opens its exchange anew and compares; one before version 2 has to be upgraded."))
        }
        if peer.isCompared {
            // It was declared lost, and is back.
            try store.database.run(
                "UPDATE peer SET is_compared = 0, is_lost = 0, feed = 0, feed_digest = ? WHERE number = ?",
                Chain.start.digest, peer.number)
            try store.database.run("UPDATE member SET is_whole = 0, enter = 0 WHERE site = ?", peer.number)
            try store.database.run("DELETE FROM feed WHERE site = ?", peer.number)
            store.memo?.hasUncompared = nil
            store.forgetMembers()
        }
        return .ofEarlierEpoch
    }

    /// Whether a hub with this one's key has begun an epoch: it has given this site a receipt in it.
    private func proves(_ request: ExchangeRequest, _ epoch: Epoch, of peer: Peer) -> Bool {
        guard let receipt = request.receipt, receipt.epoch == epoch else { return false }
        return receipt.proven(for: peer.site, key: store.sealKey).stored != nil
    }

    /// Whether the hub's own receipt says the same.
    private func isProved(_ request: ExchangeRequest, of peer: Peer) throws -> Bool {
        guard let receipt = request.receipt, receipt.epoch == life.cursor.epoch, receipt.origin == request.origin else {
            return false
        }
        let proven = receipt.proven(for: peer.site, key: store.sealKey)
        return try sayBehind(
            stored: proven.stored ?? .start, read: proven.feed ?? .start, request.origin, peer) != nil
    }

    /// Why this hub must have lost something if it has stored and given out so much; nil if it need not.
    private func sayBehind(stored: Chain, read: Chain, _ origin: OriginID, _ peer: Peer) throws -> String? {
        let tip = try store.tip(of: origin)
        if stored.number > tip.number {
            return "\(peer.site) was told that \(stored.number) of its changes are held, and "
                + "\(tip.number) are here: this database was put back"
        }
        guard read.number >= peer.feed.number, read != peer.feed else { return nil }
        if read.number > life.admission {
            return "\(peer.site) has read its feed up to \(read.number), and \(life.admission) was given out here: "
                + "this database was put back"
        }
        guard try store.feedChain(of: peer, at: read.number) != read else { return nil }
        return "\(peer.site) has read another feed up to \(read.number) than this hub has given it: this "
            + "database was put back"
    }
}
