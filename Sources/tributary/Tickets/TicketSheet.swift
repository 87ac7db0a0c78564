import Standards

/// A ticket as a person reads it on a terminal.
struct TicketSheet {
    private static let nameColumns = 18

    private let ticket: JSONValue
    private let etag: String?

    init(_ ticket: JSONValue, etag: String?) {
        self.ticket = ticket
        self.etag = etag
    }

    var lines: [String] {
        head + clocks + steps + children + fields + attachments + timeline + conflicts + refused + requests
    }

    private var head: [String] {
        var rows = [
            "\(text("number"))  \(text("subject"))",
            row("type and state", "\(text("type")), \(text("state"))"),
            row("home and owner", "\(text("home")), \(text("owner"))"),
            row("opened, updated", "\(text("openedAt")), \(text("updatedAt"))"),
        ]
        if let standard = ticket["standard"]?["version"]?.stringValue {
            let missed = ticket["standard"]?["missed"]?.stringValue.map { "; \($0) had not reached its branch" }
            rows.append(row("standard", standard + (missed ?? "")))
        }
        rows += WorkLines.head(ticket).map { row($0.name, $0.value) }
        if let category = ticket["category"]?.stringValue { rows.append(row("category", category)) }
        if let to = ticket["transferTo"]?.stringValue { rows.append(row("offered to", to)) }
        if ticket["onlyHere"]?.boolValue == true { rows.append("only here so far: no other place holds it yet") }
        if let customer = ticket["customer"], let name = customer["name"]?.stringValue {
            let words = [name, customer["phone"]?.stringValue ?? "", customer["id"]?.stringValue ?? ""]
            rows.append(row("customer", words.joined(separator: ", ")))
        }
        if let etag { rows.append(row("etag", etag)) }
        return rows
    }

    private var clocks: [String] { section("clocks", ClockLines.lines(ticket)) }

    private var steps: [String] { section("steps", WorkLines.steps(ticket)) }

    private var children: [String] { section("opened for it", WorkLines.children(ticket)) }

    private var fields: [String] {
        section(
            "fields",
            (ticket["fields"]?.objectValue ?? [:]).sorted { $0.key < $1.key }.map { field in
                row(field.key, FieldText.value(field.value, of: field.key))
            })
    }

    private var attachments: [String] {
        section("attachments", (ticket["attachments"]?.arrayValue ?? []).map(AttachmentLine.line))
    }

    private var timeline: [String] {
        section("timeline", (ticket["timeline"]?.arrayValue ?? []).flatMap(TimelineLine.lines))
    }

    private var conflicts: [String] {
        section("conflicts", (ticket["conflicts"]?.arrayValue ?? []).flatMap(ConflictLine.lines))
    }

    private var refused: [String] {
        section(
            "refused",
            (ticket["refused"]?.arrayValue ?? []).flatMap { change in
                ["\(JSONText.value(change["reason"])) (change \(JSONText.value(change["change"])))"]
                    + TimelineLine.lines(change).map { "  " + $0 }
            })
    }

    private var requests: [String] {
        section(
            "requests",
            (ticket["requests"]?.arrayValue ?? []).map { request in
                let outcome = request["outcome"]?.stringValue ?? "not answered yet"
                let reason = request["answerReason"]?.stringValue.map { ": " + PlainText.line($0) } ?? ""
                return
                    "\(JSONText.value(request["purpose"])) of \(JSONText.value(request["amountFen"])) fen for charge "
                    + "\(JSONText.value(request["charge"])), \(outcome)\(reason)"
            })
    }

    private func text(_ name: String) -> String { JSONText.value(ticket[name]) }

    private func row(_ name: String, _ value: String) -> String {
        "\(DisplayWidth.padded(PlainText.line(name), to: Self.nameColumns)) \(value)"
    }

    private func section(_ title: String, _ lines: [String]) -> [String] {
        lines.isEmpty ? [] : ["", title + ":"] + lines.map { "  " + $0 }
    }

    /// A page of tickets.
    static func sayList(_ page: JSONValue) { for line in list(page) { Terminal.say(line) } }

    /// When they are due is shown where one of them has a clock.
    static func list(_ page: JSONValue) -> [String] {
        let tickets = page["tickets"]?.arrayValue ?? []
        let hasDue = tickets.contains { $0["due"] != nil }
        var table = TextTable(
            ["number", "state", "type", "home", "opened"] + (hasDue ? DueLines.columns : []) + ["conflicts", "subject"])
        for ticket in tickets {
            let conflicts = ticket["openConflicts"]?.intValue ?? 0
            table.add(
                ["number", "state", "type", "home", "openedAt"].map { JSONText.value(ticket[$0]) }
                    + (hasDue ? DueLines.cells(ticket) : [])
                    + [conflicts == 0 ? "–" : String(conflicts), JSONText.value(ticket["subject"])])
        }
        var lines = table.lines
        if let total = page["total"]?.intValue {
            lines.append(
                ["\(total) in all", AsOfLine.text(page["dataAsOf"])].compactMap(\.self).joined(separator: "; "))
        }
        if let stale = DueLines.stale(page["staleDueTimes"]) { lines.append(stale) }
        if let next = page["next"]?.stringValue { lines.append("more: --after \(next)") }
        return lines
    }
}
