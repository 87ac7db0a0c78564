import Replication
import SQLite
import ServiceDesk
import Standards

/// What the hub says of the clocks of tickets, hour by hour: which time was over, as far as it knew then, and what it
/// says of the same clocks when all has come.
final class ServiceClockBook {
    struct Key: Hashable, Comparable {
        let ticket: String
        let clock: String
        let step: String

        static func < (left: Key, right: Key) -> Bool {
            (left.ticket, left.clock, left.step) < (right.ticket, right.clock, right.step)
        }
    }

    /// A clock as the hub read it at one moment. Times are milliseconds since 1970.
    struct Reading {
        let key: Key
        let started: Int64
        let stopped: Int64?
        let stills: [Range<Int64>]
        let due: Int64?
        let sites: [SiteID]
        let isConfirmed: Bool

        func isOverdue(at now: Int64) -> Bool { due.map { (stopped ?? now) >= $0 } ?? false }

        /// How long it has run until a moment: natural milliseconds, without those in which it stood still.
        func elapsed(until moment: Int64) -> Int64 {
            let end = max(started, min(moment, stopped ?? moment))
            let still = stills.reduce(Int64(0)) { $0 + max(0, min($1.upperBound, end) - max($1.lowerBound, started)) }
            return end - started - still
        }
    }

    struct Breach {
        /// When the hub first said so: of the rehearsal, and in milliseconds since 1970.
        let seen: VirtualTime
        let at: Int64
        /// When it first called that certain, and since when the time was over, in milliseconds since 1970.
        var confirmed: (at: VirtualTime, due: Int64)?
    }

    private(set) var breaches: [Key: Breach] = [:]
    /// What the hub said last of each clock that can still change.
    private(set) var latest: [Key: Reading] = [:]
    /// The readings made in the last look.
    private(set) var fresh: [Reading] = []
    private var versions: [Int64: String] = [:]
    /// Tickets with a clock that was over without being confirmed: that may change without the ticket.
    private var open: Set<Int64> = []
    private var keys: [Int64: [Key]] = [:]
    private var hasLimits: Bool?

    /// One look at every ticket that has changed since the last, or of which a breach is not confirmed.
    func look(at world: World, isLast: Bool = false) {
        fresh = []
        guard hasLimits(world), let process = world.sites[0].process, process.contradiction == nil else { return }
        let now = process.now
        _ = try? process.read { store in
            let rows = try store.database.all(
                """
                SELECT ticket.entity, entity.version || '/' || entity.last
                FROM ticket JOIN entity ON entity.number = ticket.entity ORDER BY ticket.entity
                """
            ) { (number: $0.int64(0), version: $0.text(1)) }
            for row in rows where isLast || versions[row.number] != row.version || open.contains(row.number) {
                versions[row.number] = row.version
                try read(store.row(number: row.number), store, process, now)
            }
        }
        for row in versions.keys.sorted() { note(row, now, world.kernel.now) }
    }

    private func hasLimits(_ world: World) -> Bool {
        if let known = hasLimits { return known }
        let limits = world.people.pack.limits
        hasLimits = !limits.isEmpty
        return !limits.isEmpty
    }

    private func read(_ row: EntityRow, _ store: SiteStore, _ process: SiteProcess, _ now: Int64) throws {
        guard let timing = try TicketTiming(of: row, in: store, shelf: process.domain.shelf, at: now) else { return }
        for key in keys[row.number] ?? [] { latest[key] = nil }
        // What counts from the last that was done begins anew each time, and has no history.
        let readings = timing.readings.filter { $0.kind != .update }.map { reading in
            Reading(
                key: Key(ticket: row.id.text, clock: reading.kind.rawValue, step: reading.step ?? ""),
                started: reading.started, stopped: reading.stopped,
                stills: reading.stills.map { $0.pause.from..<max($0.pause.from, $0.pause.to ?? .max) },
                due: reading.due?.milliseconds, sites: timing.course.sites,
                isConfirmed: timing.isConfirmed(reading, at: now))
        }
        keys[row.number] = readings.map(\.key)
        for reading in readings { latest[reading.key] = reading }
        fresh += readings
    }

    private func note(_ number: Int64, _ now: Int64, _ moment: VirtualTime) {
        var isOpen = false
        for key in keys[number] ?? [] {
            guard let reading = latest[key], let due = reading.due, reading.isOverdue(at: now) else { continue }
            let isConfirmed = reading.isConfirmed
            if breaches[key] == nil {
                breaches[key] = Breach(seen: moment, at: now)
                isOpen = true
            }
            if isConfirmed, breaches[key]?.confirmed == nil { breaches[key]?.confirmed = (moment, due) }
            if !isConfirmed { isOpen = true }
        }
        if isOpen { open.insert(number) } else { open.remove(number) }
    }

    /// The breaches that the hub has called certain.
    var confirmed: [(key: Key, breach: Breach)] {
        breaches.filter { $0.value.confirmed != nil }.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// The hub goes on with another database, whose rows have other numbers.
    func forget() {
        (latest, versions, keys, open, fresh) = ([:], [:], [:], [], [])
    }

    /// What the breaches that the hub has spoken of were, now that all has come.
    func figures(_ world: World) -> ServiceFigures {
        var late: [String: [(issued: VirtualTime, admitted: VirtualTime)]] = [:]
        for entry in world.journal.entries where entry.deed.isTicket {
            guard let admitted = entry.admitted else { continue }
            late[entry.deed.entity, default: []].append((entry.issued, admitted))
        }
        var figures = ServiceFigures()
        figures.clocks = Int64(Set(latest.keys).union(breaches.keys).count)
        for (key, breach) in breaches.sorted(by: { $0.key < $1.key }) {
            figures.seen += 1
            let now = latest[key]
            let wasOver = now.map { reading in
                reading.due.map { $0 <= breach.at && (reading.stopped ?? .max) >= $0 } ?? false
            }
            if wasOver ?? false {
                figures.real += 1
                if !(now?.isConfirmed ?? false) { figures.unconfirmed += 1 }
            } else if late[key.ticket]?.contains(where: { $0.issued <= breach.seen && $0.admitted > breach.seen })
                ?? false
            {
                figures.byLag += 1
            } else {
                figures.revised += 1
            }
        }
        return figures
    }
}
