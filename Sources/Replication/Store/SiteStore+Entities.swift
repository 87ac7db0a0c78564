import Hashing
import SQLite

/// An entity's row, and how its state is kept: the state as stored is the fold up to a position of the log, and what
/// came after it, a few changes at most, is folded onto it whenever the row is read.
extension SiteStore {
    public func row(_ id: EntityID) throws -> EntityRow? {
        try stored(id).map { try complete($0.row, stored: $0.state) }
    }

    /// A row without what its changes make of it, and its state as stored.
    private func stored(_ id: EntityID) throws -> (row: EntityRow, state: [UInt8])? {
        try database.first(
            "SELECT number, version, sum, is_withdrawn, last, folded, state FROM entity WHERE id = ? AND kind = ?",
            adding: { parameters in
                parameters.add(high: id.high, low: id.low)
                parameters.add(Int64(id.kind.rawValue))
            }, map: { row in (row: try Self.row(row, id), state: row.blob(6)) })
    }

    /// The site's own small number for an entity; nil if nothing has been heard of it.
    func number(of id: EntityID) throws -> Int64? {
        try database.first(
            "SELECT number FROM entity WHERE id = ? AND kind = ?",
            adding: { parameters in
                parameters.add(high: id.high, low: id.low)
                parameters.add(Int64(id.kind.rawValue))
            }, map: { $0.int64(0) })
    }

    public func row(number: Int64) throws -> EntityRow {
        let stored = try database.first(
            """
            SELECT number, version, sum, is_withdrawn, last, folded, state, kind, id FROM entity WHERE number = ?
            """, number
        ) { row in
            guard let id = EntityID(kind: EntityKind(rawValue: UInt8(clamping: row.int(7))), bytes: row.blob(8)) else {
                throw ReplicationError(
                    .inconsistent, "Entity \(number) has an identifier that is not 16 bytes long.",
                    remedy: "Run `tributary verify`.")
            }
            return (row: try Self.row(row, id), state: row.blob(6))
        }
        guard let stored else {
            throw ReplicationError(
                .inconsistent, "Entity \(number) is named and not there.", remedy: "Run `tributary verify`.")
        }
        return try complete(stored.row, stored: stored.state)
    }

    private static func row(_ row: Row, _ id: EntityID) throws -> EntityRow {
        EntityRow(
            number: row.int64(0), id: id, version: row.uint64(1), sum: try row.digest(2), state: EntityState(),
            isWithdrawn: row.bool(3), last: row.int64(4), folded: row.int64(5))
    }

    /// Folds what came after the stored state onto it. Each of these changes sorted last when it came: any other
    /// makes the state be stored anew.
    private func complete(_ row: EntityRow, stored: [UInt8]) throws -> EntityRow {
        var row = row
        if !stored.isEmpty { row.state = try EntityState(encoded: stored) }
        var changes: [Change] = []
        var position = row.last
        while position > row.folded {
            let step = try step(at: position, of: row.id)
            row.tail += 1
            if let change = step.change { changes.append(change) }
            position = step.previous
        }
        for change in changes.reversed() {
            guard Fold.takesFastPath(change, onto: row.state) else {
                throw ReplicationError(
                    .inconsistent, "Change \(change.reference) does not follow what its entity is stored as.",
                    remedy: "Run `tributary verify`.")
            }
            Fold.apply(change, to: &row.state)
        }
        if row.state.hasUnknownEdits, try isFoldedBelowLevel(row.number) { try foldFromLog(&row) }
        return row
    }

    /// The row of an entity, empty and not stored yet if nothing has been heard of it.
    func rowOrNew(_ id: EntityID) throws -> EntityRow {
        try row(id) ?? EntityRow(unheard: id)
    }

    /// Saves a row of which something else than its changes has changed.
    func save(_ row: inout EntityRow) throws {
        row.grownBy = nil
        try write(&row, withState: false)
        try project(row)
    }

    private func write(_ row: inout EntityRow, withState: Bool) throws {
        if row.number == 0 {
            let inserted = try database.run("INSERT OR IGNORE INTO entity VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?)") {
                parameters in
                parameters.add(Int64(row.id.kind.rawValue))
                parameters.add(high: row.id.high, low: row.id.low)
                parameters.add(row.version)
                parameters.add(row.isWithdrawn)
                parameters.add(high: row.sum.high, low: row.sum.low)
                parameters.add(row.last)
                parameters.add(row.folded)
                parameters.add(withState ? row.state.encoded : nil)
            }
            guard inserted == 1 else {
                memo?.lastPosition = nil
                throw EntityExists()
            }
            row.number = database.lastInsertedRowID
        } else if withState {
            try database.run(
                """
                UPDATE entity SET version = ?, is_withdrawn = ?, sum = ?, last = ?, folded = ?, state = ?
                WHERE number = ?
                """, row.version, row.isWithdrawn, row.sum, row.last, row.folded, row.state.encoded, row.number)
        } else {
            try database.run(
                "UPDATE entity SET version = ?, is_withdrawn = ?, sum = ?, last = ? WHERE number = ?"
            ) { parameters in
                parameters.add(row.version)
                parameters.add(row.isWithdrawn)
                parameters.add(high: row.sum.high, low: row.sum.low)
                parameters.add(row.last)
                parameters.add(row.number)
            }
        }
    }

    private func project(_ row: EntityRow) throws {
        changed?.insert(row)
        try noteAttachments(of: row)
        if row.id.kind == .site { try projectDirectory(row) }
        try domain.project(row, isVisible: row.state.exists && !row.isWithdrawn, in: database)
    }

    /// Stores a change that has effect and folds it onto its row: onto the state at hand if it sorts last, from the
    /// log otherwise.
    /// - Returns: its position.
    func keep(
        _ change: Change, onto row: inout EntityRow, condition: Int64, admission: UInt64?
    ) throws -> Int64 {
        let previous = row.last
        row.version += 1
        row.readAgain = 0
        row.grownBy = Fold.takesFastPath(change, onto: row.state) ? change : nil
        if row.grownBy != nil {
            Fold.apply(change, to: &row.state)
        } else {
            try foldFromLog(&row, with: change)
        }
        if condition == Schema.Condition.admitted { row.sum &+= change.hash }
        try extend(&row, mayWait: row.grownBy != nil)
        try append(change, to: row, previous: previous, version: row.version, condition, admission)
        try noteLevel(of: change, on: row)
        try project(row)
        return row.last
    }

    /// Stores a change that has no effect: it waits, or was refused.
    /// - Returns: its position.
    func hold(
        _ change: Change, of row: inout EntityRow, condition: Int64, numbered aside: Int64? = nil
    ) throws -> Int64 {
        let previous = row.last
        try extend(&row, mayWait: true)
        try append(change, to: row, previous: previous, version: row.version + 1, condition, nil, numbered: aside)
        return row.last
    }

    /// Folds a change that has been waiting in the log and has effect from now on.
    func release(_ change: Change, at position: Int64, onto row: inout EntityRow, admission: UInt64) throws {
        row.version += 1
        try database.run(
            "UPDATE log SET condition = 1, admission = ?, version = ? WHERE position = ?", admission, row.version,
            position)
        row.sum &+= change.hash
        row.readAgain = 0
        row.grownBy = Fold.takesFastPath(change, onto: row.state) ? change : nil
        if row.grownBy != nil {
            Fold.apply(change, to: &row.state)
        } else {
            try foldFromLog(&row)
        }
        try storeState(&row)
        try project(row)
    }

    /// Folds an entity again from the log: after a refusal or a reissue, when what is stored of it is out of date.
    /// - Returns: nil if there is no such entity.
    func foldAgain(_ id: EntityID) throws -> EntityRow? {
        guard var row = try stored(id)?.row else { return nil }
        row.version += 1
        row.grownBy = nil
        try foldFromLog(&row)
        try storeState(&row)
        try project(row)
        return row
    }

    private func foldFromLog(_ row: inout EntityRow, with change: Change? = nil) throws {
        let entries = try entries(of: row.number)
        row.readAgain = entries.count
        if domain.mischief.contains(.mergesByArrival) {
            let came = entries.sorted { $0.position < $1.position }.map(\.change)
            row.state = Fold.stateAsTheyCame(came + [change].compactMap(\.self))
        } else {
            row.state = Fold.state(of: entries.map(\.change) + [change].compactMap(\.self))
        }
        if domain.mischief.contains(.forgetsLosers) { row.state.conflicts = [] }
    }

    /// Gives the row one more position, and stores its state if too many would have to be folded onto the old one.
    private func extend(_ row: inout EntityRow, mayWait: Bool) throws {
        row.last = try nextPosition()
        row.tail += 1
        // A directory entry is read with every request and hardly ever written.
        if mayWait && row.tail <= EntityRow.tailMax && row.id.kind != .site {
            try write(&row, withState: false)
        } else {
            try storeState(&row)
        }
    }

    private func storeState(_ row: inout EntityRow) throws {
        row.folded = row.last
        row.tail = 0
        try write(&row, withState: true)
    }
}
