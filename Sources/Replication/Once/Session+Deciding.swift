import Hashing
import SQLite

/// The fields of a marker: keyed hashes only, so that it tells a site nothing but that a key has been decided.
enum MarkerField {
    static let outcome = Field(rawValue: 1)
    static let epochNumber = Field(rawValue: 2)
    static let epochRandom = Field(rawValue: 3)
}

/// Where a decision stands.
public enum Decision: Equatable, Sendable {
    /// The answer is part of the entity.
    case answered(Answer)
    /// The key is taken and its marker is on its way; the answer follows when enough sites have passed it.
    case marked
}

/// What must happen once: a request is an edit of an entity, the answer an append by the hub to that same entity.
///
/// For an approval the hub takes the natural key and writes a marker in one transaction. When the feed cursors of
/// enough sites have passed the marker, one transaction appends the answer and releases the effect, so that no
/// restore, rebuild or second hub can decide the key again. A refusal needs no marker and uses up no key.
extension Session {
    /// Decides a request; asking again returns what was decided.
    /// - Parameter hubKey: keys the hashes in the marker.
    public mutating func decide(
        _ request: ChangeReference, _ outcome: Answer.Outcome, reason: String, actor: String, hubKey: [UInt8],
        at milliseconds: Int64
    ) throws -> Decision {
        try requireReign()
        guard let entry = try store.entry(of: request), entry.isAdmitted, let row = try store.row(entry.change.entity),
            let asked = row.state.requests.first(where: { $0.by == request })?.request
        else {
            throw ReplicationError(
                .notFound, "There is no admitted request \(request) here.",
                remedy: "List the open ones at /api/decisions.")
        }
        if let answer = row.state.answer(to: request) { return .answered(answer) }
        try requireAuthorsWord(on: entry)
        try requireHoldersWord(on: row, request)
        try dropOvertakenMarks()
        switch try store.domain.claim(on: asked, in: database) {
        case .free: break
        case .held(let who):
            throw ReplicationError(.refused, who, remedy: "Nothing was decided; it can be when that has ended.")
        case .used(let why):
            let refused = Answer(request: request, outcome: .refused, reason: why)
            return .answered(try answer(refused, on: row.id, actor, at: milliseconds))
        }
        let isPerRequest = store.domain.mischief.contains(.refundKeyPerRequest)
        let key = Self.keyedHash(of: asked, isPerRequest ? hubKey + request.description.utf8 : hubKey)
        let taken = try database.first(
            "SELECT request_origin, request_sequence FROM once WHERE key = ?", key
        ) { ChangeReference(origin: OriginID(raw: $0.uint64(0)), sequence: $0.uint64(1)) }
        if taken == request { return .marked }
        if taken == nil, let earlier = try markedEarlier(key, request, hubKey) {
            guard earlier.isThis else {
                let why = "The same \(asked.purpose) was granted to another request in an earlier epoch."
                let refused = Answer(request: request, outcome: .refused, reason: why)
                return .answered(try answer(refused, on: row.id, actor, at: milliseconds))
            }
            try take(key, for: request, row, reason, actor, marker: earlier.number)
            try settleWitnessed(at: milliseconds)
            return try store.row(entry.change.entity)?.state.answer(to: request).map { .answered($0) } ?? .marked
        }
        guard outcome == .granted, taken == nil else {
            let why = taken == nil ? reason : "The same \(asked.purpose) has been granted to another request already."
            return .answered(
                try answer(
                    Answer(request: request, outcome: .refused, reason: why), on: row.id, actor, at: milliseconds))
        }
        let marker = try mark(key, request, hubKey, actor, at: milliseconds)
        try take(key, for: request, row, reason, actor, marker: marker)
        try settleWitnessed(at: milliseconds)
        return try store.row(entry.change.entity)?.state.answer(to: request).map { .answered($0) } ?? .marked
    }

    /// What another than its author has brought back may be invented: it is no ground for a decision until its author's
    /// site has been compared, or is given up.
    private func requireAuthorsWord(on entry: LogEntry) throws {
        guard try store.hasReturned() else { return }
        let isReturned = try database.first("SELECT 1 FROM returned WHERE position = ?", entry.position) { _ in true }
        let author = try store.site(of: entry.change.origin).flatMap { try store.peer(site: $0) }
        guard isReturned ?? false, !(author?.isCompared ?? false) else { return }
        throw ReplicationError(
            .behind, "Request \(entry.change.reference) was brought back by another site than the one that wrote it.",
            remedy: "It is decided when its own site has called. One that will not come back is declared lost: "
                + "tributary site lost SITE.")
    }

    /// A refusal has no marker that everybody would hold: whether an earlier hub has refused, only those who hold the
    /// entity can tell.
    private func requireHoldersWord(on row: EntityRow, _ request: ChangeReference) throws {
        guard try lacksHoldersWord(on: row) else { return }
        throw ReplicationError(
            .behind, "Not every site that may hold an answer to request \(request) has been heard in this epoch.",
            remedy: "It is decided when they have called. One that will not come back is declared lost: tributary site "
                + "lost SITE.")
    }

    private func lacksHoldersWord(on row: EntityRow) throws -> Bool {
        guard try store.hasUncompared() else { return false }
        // Of a site that had it and has it no longer, others must say where it went.
        let isMissed = try database.first(
            """
            SELECT 1 FROM member JOIN peer ON peer.number = member.site
            WHERE entity = ? AND is_whole = 0 AND enter <= 0 AND is_lost = 0 LIMIT 1
            """, row.number
        ) { _ in true }
        return try isMissed ?? isPostponed(row)
    }

    static func keyedHash(of request: OnceRequest, _ hubKey: [UInt8]) -> [UInt8] {
        var writer = ByteWriter()
        writer.text("once")
        writer.text(request.purpose)
        writer.text(request.key)
        return Array(HMACSHA256.authenticate(writer.bytes, key: hubKey).prefix(16))
    }

    private func take(
        _ key: [UInt8], for request: ChangeReference, _ row: EntityRow, _ reason: String, _ actor: String,
        marker: UInt64
    ) throws {
        try database.run(
            "INSERT INTO once VALUES (?, ?, ?, ?, ?, ?, ?, 0)", key, row.number, request.origin.raw, request.sequence,
            reason, actor, marker)
    }

    /// What the markers that came back say of a key: a hub that was lost may have died between marker and answer.
    private func markedEarlier(
        _ key: [UInt8], _ request: ChangeReference, _ hubKey: [UInt8]
    ) throws -> (number: UInt64, isThis: Bool)? {
        guard let entity = EntityID(kind: .marker, bytes: key), let row = try store.row(entity),
            let marker = try store.marker(of: row)
        else { return nil }
        let isThis = marker.outcome == .bytes(Self.keyedOutcome(of: request, hubKey))
        return (try admissionNumber(of: marker.change), isThis)
    }

    static func keyedOutcome(of request: ChangeReference, _ hubKey: [UInt8]) -> [UInt8] {
        var writer = ByteWriter()
        writer.text("answer")
        request.write(to: &writer)
        writer.byte(Answer.Outcome.granted.rawValue)
        return Array(HMACSHA256.authenticate(writer.bytes, key: hubKey).prefix(16))
    }

    /// - Returns: the feed number of the marker.
    private mutating func mark(
        _ key: [UInt8], _ request: ChangeReference, _ hubKey: [UInt8], _ actor: String, at milliseconds: Int64
    ) throws -> UInt64 {
        guard let entity = EntityID(kind: .marker, bytes: key) else {
            throw ReplicationError(.inconsistent, "A keyed hash is not 16 bytes long.", remedy: "Report this.")
        }
        let outcome = Self.keyedOutcome(of: request, hubKey)
        let draft = Draft(
            entity: entity,
            edits: [
                .create(Creation()), .assign(MarkerField.outcome, .bytes(outcome)),
                .assign(MarkerField.epochNumber, .integer(Int64(life.cursor.epoch.number))),
                .assign(MarkerField.epochRandom, .integer(Int64(bitPattern: life.cursor.epoch.random))),
            ], actor: actor)
        guard case .written(let written) = try write(draft, at: milliseconds) else {
            throw ReplicationError(.inconsistent, "A marker was not written.", remedy: "Report this.")
        }
        return try admissionNumber(of: written.change.reference)
    }

    func admissionNumber(of reference: ChangeReference) throws -> UInt64 {
        let number = try database.first(
            "SELECT admission FROM log WHERE origin = ? AND sequence = ?", try store.originNumber(reference.origin),
            reference.sequence
        ) { $0.uint64OrNil(0) }
        guard let number = number ?? nil else {
            throw ReplicationError(
                .inconsistent, "Change \(reference) is not admitted.", remedy: "Run `tributary verify`.")
        }
        return number
    }

    /// Gives up what was marked here under a key of which a marker has come back that counts instead.
    private func dropOvertakenMarks() throws {
        let open = try database.all("SELECT key, marker FROM once WHERE is_answered = 0 ORDER BY marker") {
            (key: $0.blob(0), marker: $0.uint64(1))
        }
        for item in open {
            guard let entity = EntityID(kind: .marker, bytes: item.key), let row = try store.row(entity),
                let marker = try store.marker(of: row), try admissionNumber(of: marker.change) != item.marker
            else { continue }
            try database.run("DELETE FROM once WHERE key = ?", item.key)
        }
    }

    private mutating func answer(
        _ answer: Answer, on entity: EntityID, _ actor: String, at milliseconds: Int64
    ) throws -> Answer {
        _ = try write(Draft(entity: entity, edits: [.answer(answer)], actor: actor), at: milliseconds)
        return answer
    }

    /// Appends the answers whose markers enough sites have passed, and releases their effects.
    mutating func settleWitnessed(at milliseconds: Int64) throws {
        guard !life.isGathering, life.doubt.isEmpty else { return }
        try countWitnesses()
        try dropOvertakenMarks()
        // Asked at every request, and hardly ever is anything open: the witnesses are looked up only when it is.
        let open = try database.all(
            """
            SELECT key, entity, request_origin, request_sequence, reason, actor, marker FROM once
            WHERE is_answered = 0 ORDER BY marker
            """
        ) { row in
            (
                key: row.blob(0), entity: row.int64(1),
                request: ChangeReference(origin: OriginID(raw: row.uint64(2)), sequence: row.uint64(3)),
                reason: row.text(4), actor: row.text(5), marker: row.uint64(6)
            )
        }
        guard !open.isEmpty, isContinuous(try unheardWitnesses()) else { return }
        // A revoked site can pass no marker any more: its revocation, on record, is the word that it is not waited for.
        let counting = try store.peers().filter { peer in
            try peer.isCounting && !(store.credential(of: peer.site)?.isRevoked ?? false)
        }
        let needed = min(ReplicationLimits.witnesses, counting.count)
        guard needed > 0 else { return }
        let isEarly = store.domain.mischief.contains(.releasesEarly)
        for item in open where isEarly || counting.count(where: { $0.feed.number >= item.marker }) >= needed {
            let row = try store.row(number: item.entity)
            // Marked by a hub that did not know yet that it was put back, and refused before it was.
            guard try !lacksHoldersWord(on: row) else { continue }
            guard row.state.answer(to: item.request)?.outcome != .refused else {
                try database.run("DELETE FROM once WHERE key = ?", item.key)
                continue
            }
            let granted = Answer(request: item.request, outcome: .granted, reason: item.reason)
            _ = try answer(granted, on: row.id, item.actor, at: milliseconds)
            try database.run("UPDATE once SET is_answered = 1 WHERE key = ?", item.key)
            let asked = row.state.requests.first { $0.by == item.request }?.request
            // Of an earlier epoch's marker nobody here knows whether its effect has left already.
            let isOfThisEpoch = try isOfThisEpoch(item.key)
            try database.run(
                "INSERT INTO outbox (key, purpose, entity, amount, request, state) VALUES (?, ?, ?, ?, ?, ?)", item.key,
                asked?.purpose ?? "", item.entity, asked?.amount ?? 0, item.request.description,
                (isOfThisEpoch ? Effect.State.pending : .uncertain).rawValue)
        }
    }

    private func isOfThisEpoch(_ key: [UInt8]) throws -> Bool {
        guard let entity = EntityID(kind: .marker, bytes: key), let row = try store.row(entity) else { return true }
        return try store.marker(of: row)?.epoch == life.cursor.epoch
    }

    /// A site counts once it has every earlier marker, and its joining is itself held by those that counted before.
    private func countWitnesses() throws {
        var hasChanged =
            try database.first("SELECT 1 FROM peer WHERE is_counting = 0 AND joined IS NOT NULL LIMIT 1") { _ in true }
            ?? false
        while hasChanged {
            hasChanged = false
            let peers = try store.peers()
            let counting = peers.filter(\.isCounting)
            // Whoever was declared lost, or has to compare first, would be waited for in vain.
            for peer in peers where !peer.isCounting && !peer.isLost && !peer.isDropped {
                guard let joined = peer.joined, peer.feed.number >= joined else { continue }
                let holders = counting.count { $0.feed.number >= joined }
                guard holders >= min(ReplicationLimits.witnesses, counting.count) else { continue }
                try database.run("UPDATE peer SET is_counting = 1 WHERE number = ?", peer.number)
                hasChanged = true
                break
            }
        }
    }
}
