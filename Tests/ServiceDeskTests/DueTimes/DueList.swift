import Replication
import SQLite
import Standards
import Testing

@testable import ServiceDesk

/// What a site's lists and counters say of due times.
extension DeskProvince {
    /// Computes until nothing is stale.
    @discardableResult
    func freshen(_ site: DeskSite, atMost limit: Int = DueBook.sliceSize) throws -> Int {
        var all = 0
        while true {
            let count = try freshenOnce(site, atMost: limit)
            all += count
            if count < limit { return all }
        }
    }

    func freshenOnce(_ site: DeskSite, atMost limit: Int) throws -> Int {
        try site.session { try DueBook($0.store, shelf: site.shelf).freshen(atMost: limit, at: now) }
    }

    func stale(at site: DeskSite) throws -> Int { try DueRow.staleCount(in: site.database) }

    func due(_ ticket: EntityID, at site: DeskSite) throws -> DueRow? {
        let row = try #require(try site.store.row(ticket))
        return try DueRow.stored(row.number, in: site.database)?.row
    }

    func list(
        _ standing: DueStanding?, at site: DeskSite, time: Int64? = nil,
        _ narrow: (inout TicketQuery) -> Void = { _ in }
    ) throws -> [EntityID] {
        var query = TicketQuery()
        query.standing = standing
        query.now = time ?? now
        narrow(&query)
        let page = try query.page(in: site.store)
        #expect(try query.count(in: site.store) == page.rows.count)
        return page.rows.map(\.id)
    }

    /// Every ticket that a site shows is listed as due as its own page says, at times around each due time.
    /// - Returns: how many have a row.
    @discardableResult
    func checkDueTimes(at site: DeskSite, sourceLocation: SourceLocation = #_sourceLocation) throws -> Int {
        let numbers = try site.database.all("SELECT entity FROM ticket ORDER BY entity") { $0.int64(0) }
        var rows = 0
        var (kept, times): ([DueRow], Set<Int64>) = ([], [now])
        for number in numbers {
            let ticket = try site.store.row(number: number)
            let listed = try DueRow.stored(number, in: site.database)?.row
            if let listed {
                rows += 1
                kept.append(listed)
                times.formUnion([listed.due, listed.warn].compactMap { $0 }.flatMap { [$0 - 1, $0] })
            }
            let timing = try #require(try TicketTiming(of: ticket, in: site.store, shelf: site.shelf, at: now))
            let (_, type) = try site.desk(at: now).type(of: ticket)
            let ended: [TicketStatus] = [.resolved, .closed, .cancelled, .rejected]
            let isOver = type.state(ticket.state.stageName).map { ended.contains($0.status) } ?? false
            let open = isOver ? [] : timing.readings.filter { $0.stopped == nil }
            #expect(listed != nil || open.isEmpty, "\(ticket.id.text)", sourceLocation: sourceLocation)
            #expect(
                listed?.due == open.compactMap { $0.due?.milliseconds }.min(), "\(ticket.id.text)",
                sourceLocation: sourceLocation)
            #expect(
                listed?.isPaused ?? false == open.contains { $0.standing(at: now) == .paused }, "\(ticket.id.text)",
                sourceLocation: sourceLocation)
            let warns = listed?.warn.map { [$0 - 1, $0] } ?? []
            for time in [now] + warns + (listed?.due.map { [$0 - 1, $0] } ?? []) {
                let isOverdue = open.contains { $0.isOverdue(at: time) }
                #expect(listed?.isOverdue(at: time) ?? false == isOverdue, sourceLocation: sourceLocation)
                #expect(
                    listed?.isAtRisk(at: time) ?? false == (!isOverdue && open.contains { $0.isAtRisk(at: time) }),
                    "\(ticket.id.text) at \(time)", sourceLocation: sourceLocation)
            }
        }
        for time in times.sorted() { try checkCounts(of: kept, at: site, time: time, sourceLocation) }
        return rows
    }

    /// What is counted while due times are kept is what counting the rows gives, at any time that is asked for.
    private func checkCounts(
        of rows: [DueRow], at site: DeskSite, time: Int64, _ sourceLocation: SourceLocation
    ) throws {
        for department in Set(rows.map(\.department)) {
            let shown = rows.filter { $0.department == department }
            let expected = DueCounts.Count(
                open: shown.count, overdue: shown.count { $0.isOverdue(at: time) },
                atRisk: shown.count { $0.isAtRisk(at: time) }, paused: shown.count { $0.isPaused })
            let counted = try DueCounts(of: site.store, at: time).departments.first { $0.department == department }
            #expect(counted?.count == expected, "\(department ?? "-") at \(time)", sourceLocation: sourceLocation)
        }
        let figures = try BoardFigures(of: site.store, zoneMinutes: 480, at: time)
        for home in Set(rows.map(\.home)) {
            #expect(
                figures.branches.first { $0.home == home }?.overdue ?? 0
                    == rows.count { $0.home == home && $0.isOverdue(at: time) },
                "\(home) at \(time)", sourceLocation: sourceLocation)
            // From within the hour, from some hours ago, and from the beginning.
            for from in [time - 1_000, time - 5 * 3_600_000 - 7, 0] {
                #expect(
                    try DueCounter.count(of: home, after: from, upTo: time, in: site.database)
                        == rows.count { $0.home == home && ($0.due.map { $0 > from && $0 <= time } ?? false) },
                    "\(home) from \(from) to \(time)", sourceLocation: sourceLocation)
            }
        }
    }
}
