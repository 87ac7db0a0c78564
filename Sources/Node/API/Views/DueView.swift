import Replication
import ServiceDesk
import Standards

/// When tickets are due, as the table for lists and counters has it.
struct DueView {
    /// How it came in, where a form asks for that.
    private static let channel = FieldNumbers.field("channel")

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

    /// Writes a row of a list: the ticket, whose it is, who has it, and when it is due if one of its clocks is open.
    /// Members are sorted by name.
    func write(_ row: EntityRow, to text: inout JSONWriter) throws {
        let summary = TicketSummary(row)
        let customer = try customer(of: summary)
        let stored = try DueRow.stored(row.number, in: wording.store.database)
        let isStale = try staleCount > 0 && DueRow.isStale(row.number, in: wording.store.database)
        text.object { text in
            text.member("assignee", row.state[TicketField.assignee].textValue)
            text.member("category", summary.category)
            text.member("channel", row.state[Self.channel].textValue)
            if let customer { write(customer: customer, to: &text) }
            text.member("department", row.state[TicketField.department].textValue)
            if let stored {
                text.name("due")
                write(stored, isStale: isStale, to: &text)
            } else if isStale {
                text.name("due")
                text.object { $0.member("stale", true) }
            }
            if let count = row.state.counts[TicketField.expedites], count > 0 { text.member("expedites", count) }
            text.member("home", summary.home)
            text.member("id", summary.id.text)
            text.member("number", summary.number)
            text.member("onlyHere", wording.isOnlyHere(row))
            text.member("openConflicts", Int64(summary.conflicts))
            text.member("openedAt", wording.time(summary.opened))
            text.member("state", summary.state)
            text.member("subject", summary.subject)
            if row.state[TicketField.isSupervised] == .bool(true) { text.member("supervised", true) }
            text.member("transferTo", summary.transferTo)
            text.member("type", summary.type)
            text.member("updatedAt", wording.time(summary.updated))
        }
    }

    /// Nil for a ticket that names none, or one that this site may not see.
    private func customer(of summary: TicketSummary) throws -> EntityRow? {
        guard let id = summary.customer, let customer = try wording.store.row(id), customer.state.exists,
            !customer.isWithdrawn
        else { return nil }
        return customer
    }

    private func write(customer: EntityRow, to text: inout JSONWriter) {
        text.name("customer")
        text.object { text in
            let grade = CustomerGrading.grade(of: customer, rules: customers, at: now)
            text.member("grade", grade.map { .string($0) } ?? JSONValue.null)
            text.member("id", customer.id.text)
            text.member("name", customer.state[CustomerField.name].json)
        }
    }

    private func write(_ stored: DueRow.Stored, isStale: Bool, to text: inout JSONWriter) {
        let row = stored.row
        let isOverdue = row.isOverdue(at: now)
        text.object { text in
            text.member("at", row.due.map(wording.time) ?? .null)
            text.member("atRisk", row.isAtRisk(at: now))
            text.member("clock", row.clock.map { .string($0) } ?? JSONValue.null)
            text.member("computedAt", wording.time(stored.computed))
            text.member("department", row.department)
            text.member("overdue", isOverdue)
            text.member("paused", row.isPaused)
            text.member("provisional", row.isProvisional)
            text.member("stale", isStale)
            text.member("step", row.step)
            if isOverdue, let due = row.due {
                text.member("unconfirmed", !row.sites.allSatisfy { (heard[$0] ?? .max) >= due })
            }
            text.member("warnAt", row.warn.map(wording.time) ?? .null)
        }
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
