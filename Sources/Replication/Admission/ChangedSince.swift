import SQLite

/// What has changed between the version that a person was shown and what is held now, where their edit touches it.
public struct ChangedSince: Sendable {
    public struct Item: Sendable {
        public enum Subject: Hashable, Sendable {
            case field(Field)
            case element(Field, Value)
            case stage
            case votes(round: UInt32)
            case role(String)
        }

        public let subject: Subject
        /// As the person was shown it.
        public let shown: Value
        /// As it is now.
        public let current: Value
        /// As the person would have it.
        public let wanted: Value
    }

    public let row: EntityRow
    public let items: [Item]
}

extension SiteStore {
    private static let refusedSince: SQL =
        positionsOfEntity + """
            SELECT log.position FROM mine CROSS JOIN log ON log.position = mine.position
            JOIN verdict ON verdict.position = log.position WHERE log.version <= ?2 AND verdict.version > ?2
            """

    /// Compares what the author was shown with what is held, for everything that the draft touches.
    ///
    /// A version counted by another origin is from before a restore, or from another node: everything counts as
    /// changed.
    func changedSince(
        _ shown: RowVersion, _ draft: Draft, _ row: EntityRow, origin: OriginID
    ) throws -> ChangedSince? {
        if shown.origin == origin && shown.version == row.version { return nil }
        var old = EntityState()
        if shown.origin == origin {
            old = try state(of: row.number, shownAs: shown.version)
        }
        let items = draft.edits.compactMap { Self.item($0, old: old, new: row.state) }
        return items.isEmpty ? nil : ChangedSince(row: row, items: items)
    }

    /// The state as this site showed it under an earlier row version, with what has been refused since; empty, so that
    /// everything counts as changed, if stamps have been corrected since: that order of changes is gone.
    private func state(of entity: Int64, shownAs version: UInt64) throws -> EntityState {
        let entries = try entries(of: entity)
        if entries.contains(where: { $0.isCorrected && $0.version > version }) { return EntityState() }
        let undone = try database.all(
            Self.refusedSince, entity, version
        ) { $0.int64(0) }
        let refused = try undone.compactMap { try entry(at: $0)?.change }
        return Fold.state(of: entries.filter { $0.version <= version }.map(\.change) + refused)
    }

    private static func item(_ edit: Edit, old: EntityState, new: EntityState) -> ChangedSince.Item? {
        switch edit {
        case .assign(let field, let value):
            guard old.fields[field] != new.fields[field] else { return nil }
            return .init(subject: .field(field), shown: old[field], current: new[field], wanted: value)
        case .add(let field, let value), .remove(let field, let value):
            let before = old.elements(of: field).contains(value)
            let after = new.elements(of: field).contains(value)
            guard before != after else { return nil }
            var wanted = false
            if case .add = edit { wanted = true }
            return .init(
                subject: .element(field, value), shown: .bool(before), current: .bool(after), wanted: .bool(wanted))
        case .transition(let transition):
            guard old.stage != new.stage else { return nil }
            return .init(
                subject: .stage, shown: .text(old.stageName), current: .text(new.stageName),
                wanted: .text(transition.to))
        case .vote(let vote):
            let before = old.votes.count { $0.vote.round == vote.round }
            let after = new.votes.count { $0.vote.round == vote.round }
            guard before != after else { return nil }
            return .init(
                subject: .votes(round: vote.round), shown: .integer(Int64(before)), current: .integer(Int64(after)),
                wanted: .null)
        case .grant(let grant), .revoke(let grant):
            let before = old.holds(grant.role, person: grant.person)
            let after = new.holds(grant.role, person: grant.person)
            guard before != after else { return nil }
            return .init(subject: .role(grant.role), shown: .bool(before), current: .bool(after), wanted: .null)
        case .create, .count, .note, .attach, .request, .answer, .settle, .seal, .unknown: return nil
        }
    }
}
