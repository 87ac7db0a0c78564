import SQLite

/// What a newer version wrote is kept as it came, and folded when this site's software has learned it.
extension SiteStore {
    /// Whether this version knows all that a change says: its kind, its fields, its edits and the rules that it names.
    func understands(_ change: Change) -> Bool {
        let kind = change.entity.kind
        if change.hasUnknownEdits { return false }
        if kind == .site || kind == .marker { return true }
        guard domain.authority(over: kind) != nil else { return false }
        return change.edits.allSatisfy { edit in
            switch edit {
            case .assign(let field, _), .add(let field, _), .remove(let field, _), .count(let field, _):
                domain.knows(field, of: kind)
            case .create, .transition, .vote, .grant, .revoke, .note, .attach, .request, .answer, .settle, .seal,
                .unknown:
                true
            }
        }
    }

    /// Remembers an entity that has to be folded again by a newer version, because of a change that has just been
    /// folded onto it.
    func noteLevel(of change: Change, on row: EntityRow) throws {
        guard !understands(change) else { return }
        try database.run(
            "INSERT OR IGNORE INTO not_understood VALUES (?, ?)", row.number, Int64(EditLevel.current))
    }

    /// Whether an entity was last folded by a version that knew less than this one.
    func isFoldedBelowLevel(_ entity: Int64) throws -> Bool {
        try database.first(
            "SELECT 1 FROM not_understood WHERE entity = ? AND level < ?", entity, Int64(EditLevel.current)
        ) { _ in true } ?? false
    }

    /// One of the entities that were last folded by a version that knew less than this one.
    func nextFoldedBelowLevel() throws -> (number: Int64, id: EntityID?)? {
        try database.first(
            """
            SELECT number, kind, id FROM not_understood JOIN entity ON entity.number = not_understood.entity
            WHERE level < ? LIMIT 1
            """, Int64(EditLevel.current)
        ) { (number: $0.int64(0), id: $0.entityID(kind: 1, id: 2)) }
    }

    /// Folds an entity by what this version knows, and lays it out.
    ///
    /// One that cannot be read is left as it is: it is for `verify` to report, and must not keep a site from starting.
    /// - Returns: how many changes were read again.
    func foldAtLevel(_ number: Int64, _ id: EntityID?) throws -> Int {
        var readAgain = 0
        var isUnderstood = false
        do {
            if let id, let row = try foldAgain(id) {
                readAgain = row.readAgain
                isUnderstood = try changes(of: number).allSatisfy(understands)
            }
        } catch is ReplicationError {}
        if isUnderstood {
            try database.run("DELETE FROM not_understood WHERE entity = ?", number)
        } else {
            try database.run(
                "UPDATE not_understood SET level = ? WHERE entity = ?", Int64(EditLevel.current), number)
        }
        return readAgain
    }
}
