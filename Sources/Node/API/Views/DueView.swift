import Replication
import ServiceDesk
import Standards

/// When tickets are due, as the table for lists and counters has it.
struct DueView {
    private let wording: Wording
    /// Province time, in milliseconds.
    private let now: Int64
    /// At the hub: up to when it has heard each site.
    private let heard: [SiteID: Int64]
    private let customers: StandardPack.CustomerRules
    /// How many due times are to be computed again; each row is asked about only when there are any.
    let staleCount: Int

    init(_ wording: Wording, now: Int64) throws {
        self.wording = wording
        self.now = now
        let parts = try wording.life.isHub ? wording.store.dataAsOf().parts.map { ($0.site, $0.time) } : []
        heard = Dictionary(parts, uniquingKeysWith: { first, _ in first })
        customers = try wording.customerRules(at: now)
        staleCount = try DueRow.staleCount(in: wording.store.database)
    }

    /// A row of a list: the ticket, whose it is, who has it, and when it is due if one of its clocks is open.
    func listed(_ row: EntityRow) throws -> JSONValue {
        var members = TicketView(row: row, wording: wording).summary
        if let department = row.state[TicketField.department].textValue { members["department"] = .string(department) }
        if let assignee = row.state[TicketField.assignee].textValue { members["assignee"] = .string(assignee) }
        if let count = row.state.counts[TicketField.expedites], count > 0 { members["expedites"] = .integer(count) }
        if let customer = try customer(of: row) { members["customer"] = customer }
        let database = wording.store.database
        let isStale = try staleCount > 0 && DueRow.isStale(row.number, in: database)
        if let stored = try DueRow.stored(row.number, in: database) {
            members["due"] = .object(due(stored, isStale: isStale))
        } else if isStale {
            members["due"] = ["stale": true]
        }
        return .object(members)
    }

    /// Nil for a ticket that names none, or one that this site may not see.
    private func customer(of row: EntityRow) throws -> JSONValue? {
        guard let id = TicketSummary(row).customer, let customer = try wording.store.row(id), customer.state.exists,
            !customer.isWithdrawn
        else { return nil }
        let grade = CustomerGrading.grade(of: customer, rules: customers, at: now)
        return [
            "id": .string(id.text), "name": customer.state[CustomerField.name].json,
            "grade": grade.map { .string($0) } ?? .null,
        ]
    }

    private func due(_ stored: DueRow.Stored, isStale: Bool) -> [String: JSONValue] {
        let row = stored.row
        let isOverdue = row.isOverdue(at: now)
        var members: [String: JSONValue] = [
            "at": row.due.map(wording.time) ?? .null, "warnAt": row.warn.map(wording.time) ?? .null,
            "clock": row.clock.map { .string($0) } ?? .null, "overdue": .bool(isOverdue),
            "atRisk": .bool(row.isAtRisk(at: now)), "paused": .bool(row.isPaused),
            "provisional": .bool(row.isProvisional), "computedAt": wording.time(stored.computed),
            "stale": .bool(isStale),
        ]
        if let step = row.step { members["step"] = .string(step) }
        if let department = row.department { members["department"] = .string(department) }
        if isOverdue, let due = row.due {
            members["unconfirmed"] = .bool(!row.sites.allSatisfy { (heard[$0] ?? .max) >= due })
        }
        return members
    }

    /// How many tickets stand how, in all and by department.
    func json(_ counts: DueCounts) throws -> JSONValue {
        let names = Dictionary(
            try wording.departments(at: now).map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
        var members = Self.members(counts.total)
        members["now"] = wording.time(now)
        members["stale"] = .integer(Int64(counts.stale))
        members["departments"] = .array(
            counts.departments.map { department, count in
                var members = Self.members(count)
                members["department"] = department.map { .string($0) } ?? .null
                members["name"] = department.flatMap { names[$0]?.json } ?? .null
                return .object(members)
            })
        members["dataAsOf"] = try DataAsOfView.json(wording)
        return .object(members)
    }

    private static func members(_ count: DueCounts.Count) -> [String: JSONValue] {
        [
            "open": .integer(Int64(count.open)), "overdue": .integer(Int64(count.overdue)),
            "atRisk": .integer(Int64(count.atRisk)), "paused": .integer(Int64(count.paused)),
        ]
    }
}
