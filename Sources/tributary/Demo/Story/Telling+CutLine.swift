import Foundation
import Standards

extension Telling {
    private static let ticketsWhileCut = 12
    private static let shownField = "customerGrade"

    /// The counter behind the cut line goes on as if nothing had happened.
    func lineCut() throws -> String {
        let branch = cast.cutOff
        let counter = counter(branch)
        branch.relay?.cut()
        var maker = maker(branch, 1)
        var slowest = 0.0
        var written: [String] = []
        for _ in 0..<Self.ticketsWhileCut {
            let start = Environment.steadySeconds()
            let body = maker.next(type: "complaint")
            let id = try counter.take(body)
            let shown = try counter.ticket(id)
            slowest = max(slowest, Environment.steadySeconds() - start)
            try Story.check(
                shown["subject"] == body["fields"]?["subject"] && shown["onlyHere"]?.boolValue == true,
                "a ticket taken behind the cut is shown there, as held only there")
            written.append(id)
        }
        let backlog = try branch.status()["backlog"]?.intValue ?? 0
        try Story.check(backlog >= Self.ticketsWhileCut, "\(branch.id) counts what waits to be sent")
        for id in written {
            try Story.check(try hubCounter.ticketIfAny(id) == nil, "the line is cut")
        }
        return
            "the line to \(branch.name) is cut: \(written.count) tickets are taken and read back there, the slowest in "
            + "\(Int((slowest * 1_000).rounded())) ms; \(backlog) changes wait"
    }

    /// Hub and branch write the same field, and each another one.
    func editedOnBothSides() throws -> String {
        guard let ticket = complaints[cast.cutOff.id]?.first else {
            throw CommandError(.no, "choose a ticket", reason: "there is none", remedy: "look into the nodes' logs")
        }
        let contested = Contested(
            ticket: ticket, field: Self.shownField, atHub: "gold", atBranch: "silver",
            alone: ["postcode": "756000", "address": "文化西路 8 号"])
        try hubCounter.act(
            ["action": "assign", "fields": ["customerGrade": .string(contested.atHub), "postcode": "756000"]],
            on: ticket)
        // Later by more than the two clocks may differ, so that every run tells of the same winner.
        Thread.sleep(forTimeInterval: 0.2)
        try counter(cast.cutOff).act(
            ["action": "assign", "fields": ["customerGrade": .string(contested.atBranch), "address": "文化西路 8 号"]],
            on: ticket)
        let atHub = try hubCounter.ticket(ticket)["fields"]?[Self.shownField]?.stringValue
        let atBranch = try counter(cast.cutOff).ticket(ticket)["fields"]?[Self.shownField]?.stringValue
        try Story.check(
            atHub == contested.atHub && atBranch == contested.atBranch, "each side shows its own value while it is cut")
        self.contested = contested
        return "one ticket is edited on both sides of the cut: \(Self.shownField) \(contested.atHub) at the hub, "
            + "\(contested.atBranch) in \(cast.cutOff.name); each fills another field"
    }

    /// Both values, the rule, and the same list at both ends.
    func conflictShown() throws -> String {
        guard let contested else { return "" }
        let atHub = try hubCounter.ticket(contested.ticket)
        let atBranch = try counter(cast.cutOff).ticket(contested.ticket)
        let conflicts = atHub["conflicts"]?.arrayValue ?? []
        try Story.check(
            conflicts.count == 1 && atBranch["conflicts"]?.arrayValue == conflicts,
            "one conflict is listed, alike at both ends")
        let conflict = conflicts[0]
        let winning = conflict["winning"]?["value"]?.stringValue
        let losing = conflict["losing"]?["value"]?.stringValue
        let rule = conflict["rule"]?.stringValue
        let values = Set([contested.atHub, contested.atBranch])
        try Story.check(
            rule != nil && conflict["field"]?.stringValue == contested.field
                && Set([winning, losing].compactMap(\.self)) == values,
            "the conflict shows both values")
        for ticket in [atHub, atBranch] {
            try Story.check(
                ticket["fields"]?[contested.field]?.stringValue == winning, "the value in force is the same everywhere")
            for (field, value) in contested.alone {
                try Story.check(ticket["fields"]?[field]?.stringValue == value, "the other fields survive")
            }
        }
        let open = try province.hub.client.get("/api/conflicts", [("open", "true"), ("limit", "500")]).json
        list(conflicts: open["conflicts"]?.arrayValue?.count ?? 0)
        let site = conflict["winning"]?["site"]?.stringValue
        let winner = province.sites.first { $0.id == site }?.name ?? "?"
        return
            "the conflict is listed alike at both ends: "
            + "\(winning ?? "?") (\(winner)) is in force by the rule \(rule ?? "?"), "
            + "\(losing ?? "?") is kept; the other edits stand"
    }
}
