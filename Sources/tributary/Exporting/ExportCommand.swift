import Node
import ServiceDesk
import Standards
import Synchronization

/// `tributary export`
enum ExportCommand {
    static let command = Command(
        "export", "Writes tickets, timelines, conflicts or decisions as CSV or JSON Lines",
        explanation: [
            "tickets: one row a ticket, as it is now. timelines: one row a change, in words and with the whole ticket "
                + "after it, so that it is a log of events too. conflicts: one row a conflict with both values, "
                + "settled ones included. decisions: one row a request for a refund with its answer.",
            "All of it is of one moment, in the order of the tickets' numbers, whatever its size. CSV has a byte order "
                + "mark and CR LF; a cell that a spreadsheet would take for a formula gets an apostrophe before it, "
                + "which `\"defused\": true` in an import map takes away again. JSON Lines has every key in every line "
                + "and texts byte for byte. Times are in UTC, such as 2026-01-01T02:00:00.000Z.",
            "--map writes the import map that brings tickets or timelines in again: an empty province then shows the "
                + "same tickets under the same identifiers and numbers, by the standard in force there. Import at the "
                + "hub, or at the branches with --via; a ticket under supervision comes in at the hub only.",
            "Not brought in again: conflicts and decisions, which are the past's record (deciding again would pay "
                + "again); offers that wait for an answer, earlier owners, branches that help; attachments; who had "
                + "heard of what, and when it was written down here. An empty text comes back as no value.",
            "The filters choose tickets; of timelines, conflicts and decisions, those whose ticket is chosen. The file "
                + "holds what customers have said: it is written for its owner's eyes only, and appears under its name "
                + "when it is whole.",
        ],
        parameters: [ParameterRule("WHAT", ExportQuery.Subject.allCases.map(\.rawValue).joined(separator: ", "))],
        options: [
            OptionRule("format", "FORMAT", "csv or jsonl; else by the name after --out, else csv"),
            OptionRule("out", "FILE", "where to; - or nothing is standard output"),
            OptionRule("map", "FILE", "also writes the import map for it; with tickets and timelines"),
            OptionRule("type", "TYPE", "only tickets of this type, and only its fields"),
            OptionRule("state", "STATE", "only tickets in this state"),
            OptionRule("home", "SITE", "only tickets of this branch"),
            OptionRule("category", "ID", "only tickets of this category"),
            OptionRule("source", "NAME", "only tickets imported from this source"),
            OptionRule("since", "TIME", "only tickets that have changed since, such as \(InstantText.example)"),
            OptionRule("open", nil, "of conflicts only those that nobody has settled"),
        ] + NodeOptions.reading,
        examples: [
            "tributary export tickets --data yinchuan --out tickets.csv --map tickets.json",
            "tributary export timelines --data hub --type fault --format jsonl | gzip > faults.jsonl.gz",
        ],
        exits: NodeOptions.exits, action: run)

    private static func run(_ invocation: Invocation) throws -> ExitCode {
        let plan = try ExportPlan(invocation)
        let client = try NodeOptions.clientIfRunning(invocation)
        let data = invocation.text("data") ?? ""
        if let map = plan.map {
            let json =
                try client?.get(plan.path + "/map", plan.items).json
                ?? NodeCommands.exportMapOfStopped(data: data, plan.query)
            try OutputFile.write(json.bytes(pretty: true) + [0x0A], to: map)
        }
        let carrier = try ExportCarrier(plan)
        do {
            if let client {
                try client.stream(plan.path, plan.items, take: carrier.take)
            } else {
                try NodeCommands.exportOfStopped(data: data, plan.query, carrier.take)
            }
            try carrier.finish()
        } catch {
            carrier.endProgress()
            if carrier.bytes > 0 { Terminal.note("export: cut off after \(carrier.rows) rows; " + plan.whatIsLeft) }
            throw error
        }
        say(plan, carrier, invocation)
        return .done
    }

    /// Beside the rows where they go to standard output.
    private static func say(_ plan: ExportPlan, _ carrier: ExportCarrier, _ invocation: Invocation) {
        let line: String
        if invocation.has("json") {
            let json: JSONValue = [
                "what": .string(plan.query.subject.rawValue), "format": .string(plan.query.format.rawValue),
                "file": .string(plan.target), "rows": .integer(Int64(carrier.rows)),
                "bytes": .integer(Int64(carrier.bytes)), "map": plan.map.map { .string($0) } ?? .null,
            ]
            line = json.text(pretty: true)
        } else {
            line = "\(carrier.rows) rows of \(plan.query.subject.rawValue), \(carrier.bytes) bytes"
        }
        if plan.target == ExportTarget.standardOutput { Terminal.note(line) } else { Terminal.say(line) }
    }
}
