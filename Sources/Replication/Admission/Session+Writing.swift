import Hashing
import SQLite

/// What came of a draft.
public enum WriteOutcome: Sendable {
    case written(Written)
    /// The author was shown something older than what a field, set element, state, vote or grant of the draft is now:
    /// nothing was written.
    case changedSince(ChangedSince)
}

public struct Written: Sendable {
    public let change: Change
    public let row: EntityRow
    /// The same request had been carried out before; nothing new was written.
    public let isReplay: Bool

    public init(change: Change, row: EntityRow, isReplay: Bool) {
        self.change = change
        self.row = row
        self.isReplay = isReplay
    }
}

extension Session {
    /// Writes a change of this site.
    /// - Parameter milliseconds: province time.
    public mutating func write(_ draft: Draft, at milliseconds: Int64) throws -> WriteOutcome {
        if let key = draft.key, let replay = try replay(of: key) { return .written(replay) }
        // What is created is hardly ever there: it is looked for only when writing it as new has failed.
        if draft.edits.contains(where: { if case .create = $0 { true } else { false } }) {
            let before = life
            do {
                return try write(draft, onto: EntityRow(unheard: draft.entity), at: milliseconds)
            } catch is EntityExists {
                life = before
            }
        }
        return try write(draft, onto: store.rowOrNew(draft.entity), at: milliseconds)
    }

    private mutating func write(
        _ draft: Draft, onto held: EntityRow, at milliseconds: Int64
    ) throws -> WriteOutcome {
        var row = held
        guard !life.isStandby else {
            throw ReplicationError(
                .refused, "\(life.site) is a standby: it keeps a copy of everything, and takes no work.",
                remedy: Life.whereToWrite)
        }
        guard !row.isWithdrawn else {
            throw ReplicationError(
                .refused, "Entity \(draft.entity.text) has left this site.",
                remedy: "Ask the site that owns it now, or the province.")
        }
        if let stale = try changedSince(draft, row) { return .changedSince(stale) }
        let stamp = life.clock.tick(milliseconds: try stampTime(milliseconds))
        let change = Change(
            origin: life.origin, sequence: life.chain.number + 1, stamp: stamp, entity: draft.entity,
            seen: (draft.seen ?? row.state.vector).without(life.origin), actor: draft.actor,
            key: draft.key?.bytes ?? [], edits: draft.edits
        ).sealed(with: store.sealKey)
        try change.validate()
        do {
            try require(change, on: row)
        } catch  where held.number == 0 {
            // What is wrong with it as new need not be wrong with it as one more change.
            guard try store.row(draft.entity) == nil else { throw EntityExists() }
            throw error
        }
        try append(change, to: &row, at: milliseconds)
        return .written(Written(change: change, row: row, isReplay: false))
    }

    /// What has changed, of all that a draft touches, since its author looked; nil if nothing has, or if the draft does
    /// not say what was shown.
    ///
    /// ``write(_:at:)`` asks by itself. Whoever checks a draft against the present state first must ask before: a
    /// person who looked too long ago is told of that, and not of what has come in between.
    public func changedSince(_ draft: Draft) throws -> ChangedSince? {
        // Most who write were shown nothing: then the row need not be read for it.
        guard draft.shown != nil else { return nil }
        return try store.row(draft.entity).flatMap { try changedSince(draft, $0) }
    }

    private func changedSince(_ draft: Draft, _ row: EntityRow) throws -> ChangedSince? {
        if store.domain.mischief.contains(.ignoresShown) { return nil }
        return try draft.shown.flatMap { try store.changedSince($0, draft, row, origin: life.origin) }
    }

    /// The judgement that the hub will make, made here first, so that a person hears of it at once.
    private func require(_ change: Change, on row: EntityRow) throws {
        guard row.state.exists || change.creation != nil else {
            throw ReplicationError(
                .notFound, "There is no entity \(change.entity.text) here.",
                remedy: "Check the number; a ticket of another branch is not held here.")
        }
        guard life.isHub || change.levelNeeded(store.domain.levels) <= max(1, life.hubProtocol) else {
            throw ReplicationError(
                .refused, "The hub does not know this kind of edit yet (it speaks protocol \(life.hubProtocol)).",
                remedy: "Upgrade the hub first.")
        }
        let author = Author(site: life.site, isHub: life.isHub, isMember: true)
        switch try store.judge(change, before: row.state, author: author) {
        case .admit: return
        case .wait(let needs):
            throw ReplicationError(
                .refused, "This site does not know \(needs).",
                remedy: "Upgrade this site, or wait for its next exchange.")
        case .refuse(let reason):
            throw ReplicationError(.refused, reason, remedy: "Nothing was written.")
        }
    }

    private mutating func append(_ change: Change, to row: inout EntityRow, at milliseconds: Int64) throws {
        life.chain.append(life.isHub && store.domain.mischief.contains(.forgetsChain) ? .zero : change.hash)
        hasWritten = true
        try store.keepCheckpoint(of: life.origin, life.chain)
        let position: Int64
        if life.isHub {
            position = try admit(change, onto: &row, waitingAt: nil, from: nil, at: milliseconds)
        } else {
            position = try store.keep(change, onto: &row, condition: Schema.Condition.pending, admission: nil)
        }
        if let key = IdempotencyKey(bytes: change.key) {
            try database.run("INSERT INTO idempotency VALUES (?, ?, ?)", key.name, key.content, position)
        }
    }

    /// What a request with this key did when it was carried out before; nil if it has not been.
    ///
    /// ``write(_:at:)`` asks by itself. Whoever checks a request first must ask before: what was allowed then may not
    /// be allowed from where the request itself has led.
    /// - Throws: ``ReplicationError`` of kind `keyReused` when the key came with another request.
    public func replay(of key: IdempotencyKey) throws -> Written? {
        let earlier = try database.first("SELECT content, position FROM idempotency WHERE name = ?", key.name) {
            (content: $0.blob(0), position: $0.int64(1))
        }
        guard let earlier else { return nil }
        if earlier.content == key.content, let erased = try store.erasedRequest(at: earlier.position) {
            return erased
        }
        guard earlier.content == key.content, let entry = try store.entry(at: earlier.position),
            let row = try store.row(entry.change.entity)
        else {
            throw ReplicationError(
                .keyReused, "This idempotency key was used for another request.",
                remedy: "Use a new key for a new request, and the old one only to repeat the old one.")
        }
        return Written(change: entry.change, row: row, isReplay: true)
    }
}

extension SiteStore {
    /// A request that was carried out and of whose entity the copy was erased: all that is left of it is its name and
    /// what it was about.
    fileprivate func erasedRequest(at position: Int64) throws -> Written? {
        try database.first(
            """
            SELECT kind, erased_request.id, origin.id, sequence FROM erased_request
            JOIN log ON log.position = erased_request.position JOIN origin ON origin.number = log.origin
            WHERE erased_request.position = ? AND condition = 4
            """, position
        ) { row in
            guard let entity = row.entityID(kind: 0, id: 1) else { return nil }
            let change = Change(
                origin: OriginID(raw: row.uint64(2)), sequence: row.uint64(3), stamp: .zero, entity: entity, edits: [])
            var gone = EntityRow(unheard: entity)
            gone.isWithdrawn = true
            return Written(change: change, row: gone, isReplay: true)
        } ?? nil
    }
}
