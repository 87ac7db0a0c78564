import Standards

/// `tributary status`
enum StatusCommand {
    static let command = Command(
        "status", "Says how a site is: its line to the hub, what waits to be sent, what needs a person",
        explanation: ["With --data of a site whose node is stopped, it looks into the database itself."],
        options: NodeOptions.reading, examples: ["tributary status --data yinchuan"], exits: NodeOptions.exits,
        action: run)

    private static func run(_ invocation: Invocation) throws -> ExitCode {
        let status: JSONValue
        if let client = try NodeOptions.clientIfRunning(invocation) {
            status = try client.get("/api/status").json
        } else {
            status = try NodeCommands.statusOfStopped(data: try invocation.required("data"))
        }
        if invocation.has("json") {
            JSONText.say(status)
        } else {
            for line in lines(status) { Terminal.say(line) }
        }
        return .done
    }

    /// The status in words.
    static func lines(_ status: JSONValue) -> [String] {
        func text(_ name: String) -> String { JSONText.value(status[name]) }
        var lines = [
            "\(text("site")), \(text("role")), software \(text("software")), SQLite \(text("sqlite"))",
            "standard   " + (status["standard"]?["version"]?.stringValue.map(PlainText.line) ?? "none yet"),
            "tickets    \(text("tickets")), changes \(text("changes")), own \(text("ownChanges"))",
            "attention  open conflicts \(text("openConflicts")), refused changes \(text("refusedChanges"))",
        ]
        if status["running"] == false { lines.insert("STOPPED    no node runs in this folder", at: 1) }
        if status["mode"]?.stringValue == "readOnly" {
            lines.append("READ ONLY  \(text("modeReason"))")
        }
        if status["role"]?.stringValue == "branch" { lines += branchLines(status) }
        if let peers = status["peers"]?.arrayValue, !peers.isEmpty { lines += peerLines(peers) }
        return lines
    }

    private static func branchLines(_ status: JSONValue) -> [String] {
        let exchange = status["exchange"]
        let error = exchange?["lastError"]?.stringValue.map { ": " + PlainText.line($0) } ?? ""
        let backlog = status["backlog"]?.intValue ?? 0
        let oldest = backlog == 0 ? "" : ", the oldest of \(JSONText.value(status["oldestUnsent"]))"
        return [
            "line       \(JSONText.value(exchange?["phase"]))\(error), last heard "
                + "\(JSONText.value(exchange?["lastHeard"]))",
            exchange?["measured"] == true
                ? "clock      \(JSONText.value(exchange?["skew"])), "
                    + "\(JSONText.value(exchange?["offsetMilliseconds"])) ms off the hub"
                : "clock      not measured since the start",
            "unsent     \(backlog) changes\(oldest)",
        ]
    }

    private static func peerLines(_ peers: [JSONValue]) -> [String] {
        var table = TextTable([
            "site", "joined", "unread", "unsent",
            "data as "
                + "of", "last heard", "clock", "ms p50", "p95",
        ])
        for peer in peers {
            let isRevoked = peer["revoked"]?.boolValue == true
            table.add([
                JSONText.value(peer["site"]),
                isRevoked ? "revoked" : peer["joined"]?.boolValue == true ? "yes" : "no",
                JSONText.value(peer["lag"]), JSONText.value(peer["backlog"]), JSONText.value(peer["watermark"]),
                JSONText.value(peer["lastHeard"]), JSONText.value(peer["skew"]),
                JSONText.value(peer["latencyMilliseconds"]?["p50"]),
                JSONText.value(peer["latencyMilliseconds"]?["p95"]),
            ])
        }
        return [""] + table.lines
    }
}
