import Hashing
import SQLite

/// What a disk has damaged, or somebody changed behind the program's back, is found out and mended one entity at a
/// time.
extension SiteStore {
    /// One entity as its log proves it.
    struct Proven {
        let sum: Digest128
        let state: EntityState
        /// Rows whose content is not what their hash says, with the position of the entity's change before each.
        let damaged: [Damaged]
    }

    struct Damaged {
        let position: Int64
        let previous: Int64
        /// Written here and not sent: no other place has it.
        let isUnsent: Bool
    }

    /// Whose changes they are.
    func origins(of damaged: [Damaged]) throws -> [OriginID] {
        var found: [OriginID] = []
        for row in damaged {
            let origin = try database.first(
                "SELECT origin.id FROM log JOIN origin ON origin.number = log.origin WHERE log.position = ?",
                row.position
            ) { OriginID(raw: $0.uint64(0)) }
            if let origin, !found.contains(origin) { found.append(origin) }
        }
        return found
    }

    /// Reads an entity's changes and believes nothing that can be computed.
    func proven(_ entity: Int64) throws -> Proven {
        var changes: [Change] = []
        var sum = Digest128.zero
        var damaged: [Damaged] = []
        let rows = try database.all(
            Self.positionsOfEntity + "SELECT log.position, previous, condition FROM mine CROSS JOIN log "
                + "ON log.position = mine.position", entity
        ) { (position: $0.int64(0), previous: $0.int64(1), condition: $0.int64(2)) }
        for row in rows {
            guard let entry = try provenEntry(at: row.position) else {
                let isUnsent = row.condition == Schema.Condition.pending
                damaged.append(Damaged(position: row.position, previous: row.previous, isUnsent: isUnsent))
                continue
            }
            guard row.condition <= Schema.Condition.admitted else { continue }
            changes.append(entry.change)
            if entry.isAdmitted { sum &+= entry.hash }
        }
        return Proven(sum: sum, state: Fold.state(of: changes), damaged: damaged)
    }

    /// The admitted changes of an entity that are what their hashes say.
    func provenEntries(of entity: Int64) throws -> [LogEntry] {
        let positions = try database.all(Self.positionsOfEntity + "SELECT position FROM mine", entity) { $0.int64(0) }
        return try positions.compactMap { try provenEntry(at: $0) }.filter(\.isAdmitted)
    }

    /// Whether an entity's row says what its log proves.
    func isSound(_ entity: Int64, _ proven: Proven) throws -> Bool {
        guard proven.damaged.isEmpty, let row = try? row(number: entity) else { return false }
        guard row.sum == proven.sum, row.state == proven.state else { return false }
        return try domain.problems(of: row, in: database).isEmpty
    }

    /// Makes an entity's row say what its log proves. Damaged changes are let go of: they come back with the history.
    /// Of one that nobody else has number and hash stay, so that the stream goes on.
    func mend(_ id: EntityID, _ entity: Int64, _ proven: Proven) throws {
        for row in proven.damaged where row.isUnsent {
            try database.run(
                "UPDATE log SET body = NULL, condition = ? WHERE position = ?", Schema.Condition.emptied, row.position)
        }
        for row in proven.damaged where !row.isUnsent {
            let place = try provenPlace(row.position)
            try unlink(row.position, of: entity, previous: row.previous)
            // The stream has no hole until then: a hub built anew would ask for it in vain.
            if let place { try keepStub(place.reference, place.hash) }
        }
        try database.run("UPDATE entity SET sum = ?, folded = last, state = NULL WHERE number = ?", proven.sum, entity)
        _ = try foldAgain(id)
    }

    /// Removes a change whose number has turned out to be another's.
    func letGo(of position: Int64) throws {
        let row = try database.first("SELECT entity, previous FROM log WHERE position = ?", position) {
            (entity: $0.int64(0), previous: $0.int64(1))
        }
        guard let row else { return }
        let id = try self.row(number: row.entity).id
        try unlink(position, of: row.entity, previous: row.previous)
        try mend(id, row.entity, proven(row.entity))
    }

    private func unlink(_ position: Int64, of entity: Int64, previous: Int64) throws {
        try database.run(
            "UPDATE log SET previous = ? WHERE entity = ? AND previous = ?", previous, entity, position)
        try database.run("UPDATE entity SET last = ? WHERE number = ? AND last = ?", previous, entity, position)
        for table in [
            "DELETE FROM verdict WHERE position = ?", "DELETE FROM waiting WHERE position = ?",
            "DELETE FROM returned WHERE position = ?", "DELETE FROM log WHERE position = ?",
        ] as [SQL] { try database.run(table, position) }
        memo?.lastPosition = nil
    }
}
