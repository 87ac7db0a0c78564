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
            "epoch      \(JSONText.value(status["epoch"]?["number"]))",
            "standard   " + (status["standard"]?["version"]?.stringValue.map(PlainText.line) ?? "none yet"),
            "tickets    \(text("tickets")), changes \(text("changes")), own \(text("ownChanges"))",
            "attention  open conflicts \(text("openConflicts")), refused changes \(text("refusedChanges"))",
        ]
        if status["running"] == false { lines.insert("STOPPED    no node runs in this folder", at: 1) }
        if status["mode"]?.stringValue == "readOnly" {
            lines.append("READ ONLY  \(text("modeReason"))")
        }
        lines += hubLines(status)
        let isBelow = ["branch", "standby"].contains(status["role"]?.stringValue)
        lines += isBelow ? branchLines(status) : ClockLine.ofHub(status["clock"])
        lines += JobLine.lines(status["jobs"])
        if let incomplete = status["incomplete"]?.intValue {
            lines.append("copy       \(incomplete == 0 ? "whole" : "\(incomplete) histories are on their way")")
        }
        let incidents = status["incidents"]?.arrayValue ?? []
        if !incidents.isEmpty { lines += ["lately     (all: tributary incidents)"] }
        lines += incidents.map { "  " + IncidentsCommand.line($0) }
        if let peers = status["peers"]?.arrayValue, !peers.isEmpty { lines += peerLines(peers) }
        return lines
    }

    /// What keeps a hub from its office, and what to type.
    private static func hubLines(_ status: JSONValue) -> [String] {
        var lines: [String] = []
        if let doubt = status["doubt"]?.stringValue {
            lines.append("STOPS      it neither exchanges nor decides: \(PlainText.line(doubt))")
        } else if status["gathering"] == true {
            let awaited = (status["awaited"]?.arrayValue ?? []).map { JSONText.value($0) }
            lines.append(
                "GATHERS    it decides nothing until enough sites are compared; awaited: "
                    + (awaited.isEmpty ? "whoever calls" : awaited.joined(separator: ", ")))
        }
        for peer in status["peers"]?.arrayValue ?? [] where peer["role"]?.stringValue == "standby" {
            lines.append("standby    " + standbyWords(peer))
        }
        for peer in status["peers"]?.arrayValue ?? [] {
            let missing = (peer["missingStandards"]?.arrayValue ?? []).map { JSONText.value($0) }
            guard peer["joined"] == true, !missing.isEmpty else { continue }
            lines.append(
                "standards  \(JSONText.value(peer["site"])) has not got \(missing.joined(separator: ", ")) yet")
        }
        if let backup = status["backup"], backup != .null {
            lines.append(
                "backup     of \(JSONText.value(backup["at"])), on another disk: "
                    + PlainText.line(JSONText.value(backup["place"])))
        }
        if let remedy = status["remedy"]?.stringValue { lines.append("           " + PlainText.line(remedy)) }
        return lines
    }

    /// What a promotion now would lack, as far as the hub knows.
    private static func standbyWords(_ peer: JSONValue) -> String {
        let name = JSONText.value(peer["site"])
        if peer["joined"] != true { return "\(name) has not joined yet" }
        let incomplete = peer["incomplete"]?.intValue ?? 0
        let rest = peer["entering"] == true ? ", is being told what there is" : ""
        let histories = incomplete == 0 ? "" : ", \(incomplete) histories on their way"
        return "\(name) is \(JSONText.value(peer["lag"])) entries behind\(histories)\(rest), last heard "
            + JSONText.value(peer["lastHeard"])
    }

    private static func branchLines(_ status: JSONValue) -> [String] {
        let exchange = status["exchange"]
        let error = exchange?["lastError"]?.stringValue.map { ": " + PlainText.line($0) } ?? ""
        let backlog = status["backlog"]?.intValue ?? 0
        let oldest = backlog == 0 ? "" : ", the oldest of \(JSONText.value(status["oldestUnsent"]))"
        var lines: [String] = []
        if let comparing = status["comparing"]?.stringValue {
            lines.append("COMPARES   with the hub: \(PlainText.line(comparing)); work goes on meanwhile")
        }
        if status["superseded"] == true {
            lines.append(
                "TWO COPIES another database of this site is alive, and the hub feeds that one: stop one of the two")
        }
        return lines + [
            "line       \(JSONText.value(exchange?["phase"]))\(error), last heard "
                + "\(JSONText.value(exchange?["lastHeard"]))",
            ClockLine.ofBranch(status["clock"]),
            "unsent     \(backlog) changes\(oldest)",
        ]
    }

    private static func standing(_ peer: JSONValue) -> String {
        if peer["lost"] == true { return "lost" }
        if peer["superseded"] == true { return "TWO COPIES" }
        if peer["compared"] == false { return "awaited" }
        return peer["joined"] == true ? "yes" : "no"
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
                isRevoked ? "revoked" : standing(peer),
                JSONText.value(peer["lag"]), JSONText.value(peer["backlog"]), JSONText.value(peer["watermark"]),
                JSONText.value(peer["lastHeard"]), JSONText.value(peer["skew"]),
                JSONText.value(peer["latencyMilliseconds"]?["p50"]),
                JSONText.value(peer["latencyMilliseconds"]?["p95"]),
            ])
        }
        return [""] + table.lines
    }
}
