import Replication
import SQLite
import Standards

/// Keeps the table of due times: a few tickets at a time, by the same code that a ticket's own page is computed with.
///
/// What is to be computed stands in the database, so a crash between two slices costs nothing. Methods are called
/// inside a transaction, the first as a job of the writer.
public struct DueBook {
    /// Tickets in one slice: some hundredths of a second, for which whoever wants to write waits.
    public static let sliceSize = 400

    private let store: SiteStore
    private let shelf: PackShelf

    public init(_ store: SiteStore, shelf: PackShelf) {
        self.store = store
        self.shelf = shelf
    }

    private var database: Database { store.database }

    /// Computes the due times of a slice of the tickets that are stale.
    /// - Parameter now: province time, in milliseconds.
    /// - Returns: how many were computed; nothing is stale when it is fewer than `limit`.
    @discardableResult
    public func freshen(atMost limit: Int = sliceSize, at now: Int64) throws -> Int {
        try noteStandard(at: now)
        let latest = try? shelf.current(in: store, at: now)?.pack
        let basis = TimingBasis(store, shelf: shelf, latest: latest, at: now)
        // What fails for all of them is no matter of one ticket.
        _ = try basis.heard()
        let counter = try DueCounter(database)
        let stale = try marked(limit) + expired(limit, now)
        for entity in stale.prefix(limit) { try compute(entity, on: basis, counter) }
        let rest = limit - min(stale.count, limit)
        let swept = rest > 0 ? try sweep(atMost: rest, on: basis, counter) : 0
        try counter.advance(to: now)
        return limit - rest + swept
    }

    /// Another standard in force may have another calendar and other grades: then everything is stale.
    private func noteStandard(at now: Int64) throws {
        let name = try shelf.name(inForceAt: now, in: store)
        let count = try database.run(
            "UPDATE due_basis SET standard = ?1 WHERE standard IS NOT ?1", name?.bytes)
        if count > 0 { try DueMark.all(in: database) }
    }

    private func marked(_ limit: Int) throws -> [Int64] {
        try database.all("SELECT entity FROM due_stale ORDER BY entity LIMIT ?", Int64(limit)) { $0.int64(0) }
    }

    /// Of customers that have been customers for one more year.
    private func expired(_ limit: Int, _ now: Int64) throws -> [Int64] {
        try database.all(
            """
            SELECT entity FROM due WHERE until IS NOT NULL AND until <= ?
            AND entity NOT IN (SELECT entity FROM due_stale) ORDER BY until, entity LIMIT ?
            """, now, Int64(limit)
        ) { $0.int64(0) }
    }

    /// Goes on with the round through all that was computed, if one is under way.
    private func sweep(atMost limit: Int, on basis: TimingBasis, _ counter: DueCounter) throws -> Int {
        guard let swept = try database.first("SELECT swept FROM due_basis", map: { $0.int64OrNil(0) }) ?? nil else {
            return 0
        }
        let next = try database.all(
            "SELECT entity FROM due WHERE entity > ? ORDER BY entity LIMIT ?", swept, Int64(limit)
        ) { $0.int64(0) }
        for entity in next { try compute(entity, on: basis, counter) }
        try database.run("UPDATE due_basis SET swept = ?", next.count < limit ? nil : next.last)
        return next.count
    }

    private func compute(_ entity: Int64, on basis: TimingBasis, _ counter: DueCounter) throws {
        if let (row, until) = try Self.readable(entity, on: basis) {
            try row.lay(entity, computed: basis.now, until: until, counter: counter, in: database)
        } else {
            try counter.forget(entity)
            try database.run("DELETE FROM due WHERE entity = ?", entity)
        }
        try database.run("DELETE FROM due_stale WHERE entity = ?", entity)
    }
}

extension DueBook {
    private typealias Computed = (row: DueRow, until: Int64?)

    /// One ticket that the disk has damaged must not keep all others from being computed: it is mended by the rounds
    /// that check what is stored, and then comes again.
    private static func readable(_ entity: Int64, on basis: TimingBasis) throws -> Computed? {
        do { return try computed(entity, on: basis) } catch is ReplicationError { return nil }
    }

    /// What a ticket's row is to hold; nil for one that is over, or is not shown here.
    private static func computed(_ entity: Int64, on basis: TimingBasis) throws -> Computed? {
        let changes = try basis.store.changes(of: entity)
        let state = Fold.state(of: changes)
        guard state.exists else { return nil }
        var row = DueRow()
        row.home = state[TicketField.home].textValue ?? ""
        row.department = state[TicketField.department].textValue
        // Until its standard is here, and can be read, nobody knows which clocks it has, nor whether it is over.
        guard let timing = try Self.timing(of: state, changes, on: basis) else { return (row, nil) }
        guard !timing.isOver else { return nil }
        row.sites = timing.course.sites
        let open = timing.readings.filter { $0.stopped == nil }
        row.note(open)
        if open.isEmpty, row.department == nil { return nil }
        return (row, try basis.facts(of: state)?.nextYear(after: basis.now))
    }

    private static func timing(
        of state: EntityState, _ changes: [Change], on basis: TimingBasis
    ) throws -> TicketTiming? {
        do {
            return try TicketTiming(of: state, changes, on: basis)
        } catch let error as DeskError where error.kind == .noStandard {
            return nil
        }
    }

    /// Whether a ticket that is shown is listed as due otherwise than its changes say, and is not to be computed again.
    static func isWrong(about ticket: EntityRow, in store: SiteStore, shelf: PackShelf) throws -> Bool {
        let stored = try DueRow.stored(ticket.number, in: store.database)
        guard stored != nil || DueMark.mayBeDue(ticket.state, shelf, in: store),
            try !DueRow.isStale(ticket.number, in: store.database)
        else { return false }
        let standard = try store.database.first("SELECT standard FROM due_basis") { row in
            row.blobOrNil(0).flatMap { EntityID(kind: .standard, bytes: $0) }
        }
        let latest = try? (standard ?? nil).flatMap { try shelf.pack($0, in: store) }
        let basis = TimingBasis(store, shelf: shelf, latest: latest, at: stored?.computed ?? 0)
        return try computed(ticket.number, on: basis)?.row != stored?.row
    }
}

extension DueRow {
    /// Of the clocks that run or stand still.
    fileprivate mutating func note(_ open: [ClockReading]) {
        let first = open.filter { $0.due != nil }.min {
            ($0.due?.milliseconds ?? .max) < ($1.due?.milliseconds ?? .max)
        }
        let still = open.filter { $0.stills.last.map { $0.pause.to == nil } ?? false }
        due = first?.due?.milliseconds
        isProvisional = first?.due?.isProvisional ?? false
        warn = open.compactMap(\.warnsAt).min()
        isPaused = !still.isEmpty
        let shown = first ?? still.first { $0.kind == .solution } ?? still.first
        clock = shown?.kind.rawValue
        step = shown?.step
    }
}
