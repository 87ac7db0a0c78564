import Hashing
import SQLite

extension SiteStore {
    public func row(_ id: EntityID) throws -> EntityRow? {
        try database.first(
            "SELECT number, version, sum, is_withdrawn, state FROM entity WHERE id = ? AND kind = ?", id.bytes,
            Int64(id.kind.rawValue)
        ) { row in
            EntityRow(
                number: row.int64(0), id: id, version: row.uint64(1), sum: try row.digest(2),
                state: try EntityState(encoded: row.blob(4)), isWithdrawn: row.bool(3))
        }
    }

    public func row(number: Int64) throws -> EntityRow {
        let row = try database.first(
            "SELECT kind, id, version, sum, is_withdrawn, state FROM entity WHERE number = ?", number
        ) { row in
            guard let id = EntityID(kind: EntityKind(rawValue: UInt8(row.int(0))), bytes: row.blob(1)) else {
                throw ReplicationError(
                    .inconsistent, "Entity \(number) has an identifier that is not 16 bytes long.",
                    remedy: "Run `tributary verify`.")
            }
            return EntityRow(
                number: number, id: id, version: row.uint64(2), sum: try row.digest(3),
                state: try EntityState(encoded: row.blob(5)), isWithdrawn: row.bool(4))
        }
        guard let row else {
            throw ReplicationError(
                .inconsistent, "Entity \(number) is named and not there.", remedy: "Run `tributary verify`.")
        }
        return row
    }

    /// The row of an entity, empty if nothing has been heard of it.
    func rowOrNew(_ id: EntityID) throws -> EntityRow {
        if let row = try row(id) { return row }
        let state = EntityState()
        try database.run(
            "INSERT INTO entity (kind, id, version, is_withdrawn, sum, state) VALUES (?, ?, 0, 0, ?, ?)",
            Int64(id.kind.rawValue), id.bytes, Digest128.zero, state.encoded)
        return EntityRow(
            number: database.lastInsertedRowID, id: id, version: 0, sum: .zero, state: state, isWithdrawn: false)
    }

    func save(_ row: EntityRow) throws {
        try database.run(
            "UPDATE entity SET version = ?, is_withdrawn = ?, sum = ?, state = ? WHERE number = ?", row.version,
            row.isWithdrawn, row.sum, row.state.encoded, row.number)
        changed?.insert(row)
        try project(row)
    }

    private func project(_ row: EntityRow) throws {
        if row.id.kind == .site { try projectDirectory(row) }
        try domain.project(row, isVisible: row.state.exists && !row.isWithdrawn, in: database)
    }

    /// Folds a change that is already in the log onto its row: onto the stored state if it sorts last, from the log
    /// otherwise.
    /// - Returns: how many changes had to be read again.
    @discardableResult
    func fold(_ change: Change, onto row: inout EntityRow) throws -> Int {
        row.version += 1
        var read = 0
        if Fold.takesFastPath(change, onto: row.state) {
            Fold.apply(change, to: &row.state)
        } else {
            let changes = try changes(of: row.number)
            row.state = Fold.state(of: changes)
            read = changes.count
        }
        try save(row)
        return read
    }

    /// Folds an entity again from the log: after a refusal or a reissue, and in `verify`.
    func foldAgain(_ row: inout EntityRow) throws {
        row.version += 1
        row.state = Fold.state(of: try changes(of: row.number))
        try save(row)
    }
}
