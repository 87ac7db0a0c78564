import Hashing
import SQLite

/// A stream of this site that is being held against what the hub has of it.
struct OwnStream {
    let origin: OriginID
    /// Up to here both have the same, as far as is known.
    let common: UInt64
    /// The hub's last number; nil before it has said so.
    let tip: UInt64?
}

/// The site's end of comparing its streams: every change that it wrote under any of its origins, and what became of it,
/// is at the hub afterwards, once.
extension Session {
    private static let openStream: SQL = """
        SELECT origin.id, common, tip FROM own_stream JOIN origin ON origin.number = own_stream.origin
        WHERE is_settled = 0 ORDER BY own_stream.number LIMIT 1
        """

    func openStream() throws -> OwnStream? {
        try database.first(Self.openStream) {
            OwnStream(origin: OriginID(raw: $0.uint64(0)), common: $0.uint64(1), tip: $0.uint64OrNil(2))
        }
    }

    /// What is to be asked of the hub about a stream; nil when nothing is left to ask.
    mutating func step(of stream: OwnStream) throws -> CompareRequest? {
        if let tip = stream.tip, stream.common == tip {
            return try part(of: stream.origin, after: tip).map { .deliver($0) }
        }
        return .claim(try claim(of: stream))
    }

    /// Evenly spread points: the hub names the last that it has too, and what comes after it.
    private func claim(of stream: OwnStream) throws -> StreamClaim {
        let end = try store.tip(of: stream.origin).number
        let step = max(1, (end - stream.common) / UInt64(ReplicationLimits.pointsInClaim / 2))
        var numbers = Array(stride(from: stream.common, through: end, by: UInt64.Stride(step))) + [end]
        if let tip = stream.tip, tip < end { numbers.append(tip) }
        let points = try store.chains(of: stream.origin, at: Set(numbers.filter { $0 > 0 }).sorted())
        let pending = try database.first(
            "SELECT min(sequence) FROM log WHERE origin = ? AND condition = 0", try store.originNumber(stream.origin)
        ) { $0.uint64(0) }
        return StreamClaim(origin: stream.origin, pendingFrom: pending ?? 0, points: points)
    }

    /// The next changes that the hub lacks, with what became of them. What nobody has judged yet of the present stream
    /// goes the usual way.
    private func part(of origin: OriginID, after number: UInt64) throws -> StreamPart? {
        let local = try store.originNumber(origin)
        var end = try store.tip(of: origin).number
        if origin == life.origin {
            end =
                try database.first(
                    "SELECT max(sequence) FROM log WHERE origin = ? AND condition <> 0", local, map: { $0.uint64(0) }
                ) ?? 0
        }
        guard number < end else { return nil }
        var items: [StreamPart.Item] = []
        var bytes = 0
        try store.forEachItem(of: local, after: number, upTo: end) { item in
            bytes += (item.change?.storedBody.count ?? 0) + 40
            guard items.isEmpty || bytes <= ReplicationLimits.bytesInBatch else { return false }
            items.append(item)
            return items.count < ReplicationLimits.changesInBatch / 2
        }
        return StreamPart(origin: origin, before: try store.chain(of: origin, at: number), items: items)
    }

    /// Takes what the hub says of a stream.
    /// - Parameter fresh: an origin that may be taken if the two have parted.
    mutating func take(
        _ standing: StreamStanding, of claim: StreamClaim, fresh: OriginID, at milliseconds: Int64
    ) throws {
        let end = try store.tip(of: claim.origin).number
        let agreed = try adoptTimes(standing.further, of: claim.origin, after: standing.common)
        // Asked once more, the hub sees that it agrees, and repeats its verdicts.
        if agreed > 0 {
            let reached = standing.common + UInt64(agreed)
            try makeDigestsFit(claim.origin, after: standing.common, upTo: reached, at: milliseconds)
            return try note(claim.origin, common: reached, tip: nil)
        }
        let common = standing.common
        let limit = min(end, standing.tip)
        if common < limit, isParted(standing, of: claim) {
            return try part(claim.origin, after: common, upTo: limit, fresh: fresh, at: milliseconds)
        }
        guard common == limit else { return try note(claim.origin, common: common, tip: standing.tip) }
        if standing.tip > end, claim.origin == life.origin {
            return try renewOrigin(
                fresh,
                because: "The hub holds \(standing.tip) changes of origin \(life.origin), and \(end) are here: this "
                    + "database was put back or copied", at: milliseconds)
        }
        if claim.origin != life.origin { try correctTimes(of: claim.origin, after: common, now: milliseconds) }
        try note(claim.origin, common: common, tip: common)
        if claim.origin == life.origin {
            life.acknowledged = try store.chain(of: claim.origin, at: common)
            life.markedSent = max(life.markedSent, common)
        }
        if try part(of: claim.origin, after: common) == nil { try settle(claim.origin) }
    }

    /// Whether the hub was asked about the very next change and has another there.
    private func isParted(_ standing: StreamStanding, of claim: StreamClaim) -> Bool {
        !standing.further.isEmpty || claim.points.contains { $0.number == standing.common + 1 }
    }

    /// The hub has other changes under the numbers after `common`: these here are issued again.
    /// - Parameter taken: the last of those numbers that this site has used too.
    private mutating func part(
        _ origin: OriginID, after common: UInt64, upTo taken: UInt64, fresh: OriginID, at milliseconds: Int64
    ) throws {
        let reason =
            "The hub holds other changes of origin \(origin) after number \(common) than this site has written: this "
            + "database was put back or copied"
        // What an earlier hub had admitted has its time, and what was done after it keeps its number. Among the changes
        // of the present stream it would be given a later one.
        let isNew = try !store.hasAdmitted(of: origin, after: common, upTo: taken)
        let target = try nameForIssuingAgain(origin, above: common)
        if origin == life.origin {
            try renewOrigin(fresh, because: reason, at: milliseconds)
            guard isNew else { return }
            try reissue(above: common, takenUpTo: taken, of: origin, as: target ?? fresh)
            if target == nil { try correctTimes(of: fresh, after: 0, now: milliseconds) }
        } else {
            let isFree = isNew && life.chain.number == 0
            if !isFree { try record("issued again", of: life.site, reason, at: milliseconds) }
            try reissue(above: common, takenUpTo: taken, of: origin, as: target ?? (isFree ? life.origin : fresh))
            if isFree && target == nil { try correctTimes(of: life.origin, after: 0, now: milliseconds) }
        }
        try note(origin, common: 0, tip: nil)
    }

    /// An origin for what is issued again that follows from what it is: two databases that were put back from one copy
    /// issue the same again under the same numbers, so that it is known again and not there twice.
    /// - Returns: nil where this database has something under that origin already.
    private func nameForIssuingAgain(_ origin: OriginID, above common: UInt64) throws -> OriginID? {
        var writer = ByteWriter()
        writer.text("issued again")
        writer.fixed64(origin.raw)
        writer.fixed64(common)
        // Without its time, which is corrected in one of them and not yet in the other.
        try store.forEachRow(of: origin, after: common) { _, _, hash, entry in
            writer.raw(entry.map { $0.change.entity.bytes + $0.change.storedBody } ?? hash.bytes)
            return false
        }
        let name = SHA256.hash(writer.bytes).prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        let target = OriginID(raw: max(1, name))
        let isTaken = try database.first(
            "SELECT 1 FROM log JOIN origin ON origin.number = log.origin WHERE origin.id = ? LIMIT 1", target.raw
        ) { _ in true }
        return isTaken ?? false || target == life.origin ? nil : target
    }

    private func note(_ origin: OriginID, common: UInt64, tip: UInt64?) throws {
        try database.run(
            "UPDATE own_stream SET common = ?, tip = ? WHERE origin = ?", common, tip, try store.originNumber(origin))
    }

    mutating func settle(_ origin: OriginID) throws {
        try database.run(
            "UPDATE own_stream SET is_settled = 1 WHERE origin = ?", try store.originNumber(origin))
    }

    /// A part was delivered.
    mutating func take(_ stored: Chain, of origin: OriginID) throws {
        let isKnown = store.domain.mischief.contains(.knowsByNumber)
        guard try isKnown || store.chain(of: origin, at: stored.number) == stored else {
            // It says so when it is asked once more, with what it holds there.
            return try note(origin, common: 0, tip: nil)
        }
        if origin == life.origin {
            life.acknowledged = stored
            life.markedSent = max(life.markedSent, stored.number)
        }
        try note(origin, common: stored.number, tip: stored.number)
        if try part(of: origin, after: stored.number) == nil { try settle(origin) }
    }
}

extension SiteStore {
    /// Whether any of a stream's changes is known to be admitted.
    func hasAdmitted(of origin: OriginID, after number: UInt64, upTo end: UInt64) throws -> Bool {
        try database.first(
            "SELECT 1 FROM log WHERE origin = ? AND sequence > ? AND sequence <= ? AND condition = ? LIMIT 1",
            try originNumber(origin), number, end, Schema.Condition.admitted
        ) { _ in true } ?? false
    }

    /// A stream's changes with what became of them.
    func forEachItem(
        of origin: Int64, after number: UInt64, upTo end: UInt64, _ body: (StreamPart.Item) throws -> Bool
    ) throws {
        let rows: SQL = """
            SELECT position, condition, hash FROM log WHERE origin = ? AND sequence > ? AND sequence <= ?
            ORDER BY sequence
            """
        try database.forEach(rows, values: [origin, number, end]) { row in
            let condition = row.int64(1)
            // What the disk has damaged keeps its place, and no more: nobody did what it says now.
            guard condition != Schema.Condition.emptied, let entry = try provenEntry(at: row.int64(0)) else {
                return try body(.emptied(try row.digest(2)))
            }
            switch condition {
            case Schema.Condition.admitted: return try body(.admitted(entry.change))
            case Schema.Condition.refused:
                let reason = try database.first("SELECT reason FROM verdict WHERE position = ?", entry.position) {
                    $0.text(0)
                }
                return try body(.refused(entry.change, reason: reason ?? ""))
            default: return try body(.pending(entry.change))
            }
        }
    }
}
