import Node
import Replication
import Standards

/// What the doctor reads from a site's status: its line, its clocks, its jobs, whether it may write.
enum DoctorRemarks {
    typealias Remark = Doctor.Remark

    /// Asks the node, or looks into the folder of one that is stopped.
    static func ofNode(in data: String) -> [Remark] {
        let folder = DataFolder(path: data)
        guard let running = folder.running(), let token = try? folder.token(),
            let address = try? NodeAddress(running.url, token: token),
            let status = try? NodeClient(address, actor: "doctor").get("/api/status").json
        else {
            let stopped = Remark(subject: "node", level: .warning, text: "Not running. Start it to serve this folder.")
            let status = try? StoppedSite(Node.DataFolder(data)).status()
            return [stopped] + (status.map(clocks) ?? [])
        }
        return [Remark(subject: "node", level: .good, text: "running at \(running.url)")] + remarks(status)
    }

    static func remarks(_ status: JSONValue) -> [Remark] {
        var remarks: [Remark] = []
        if status["mode"] != "writing" {
            remarks.append(
                .init(subject: "storage", level: .wrong, text: "Read only: \(JSONText.value(status["modeReason"]))"))
        }
        let exchange = status["exchange"]
        if let error = exchange?["lastError"]?.stringValue {
            let isStopped = exchange?["phase"] == "stopped"
            remarks.append(.init(subject: "exchange", level: isStopped ? .wrong : .warning, text: error))
        }
        remarks += clocks(status)
        remarks += (status["jobs"]?.arrayValue ?? []).filter { $0["overdue"] == true }.map { job in
            Remark(subject: "jobs", level: .wrong, text: words(of: JobLine.line(job)) + ".")
        }
        if let unsent = status["backlog"]?.intValue, unsent > 0, status["role"] == "branch" {
            remarks.append(
                .init(
                    subject: "unsent", level: .warning,
                    text: "\(unsent) changes are only here, the oldest of \(JSONText.value(status["oldestUnsent"]))."))
        }
        return remarks
    }

    /// Two minutes are a warning; a day, or a hub whose clock is doubted, is wrong.
    static func clocks(_ status: JSONValue) -> [Remark] {
        let clock = status["clock"]
        guard status["role"] == "hub" else {
            guard let level = level(clock?["skew"]) else { return [] }
            return [
                Remark(subject: "clock", level: level, text: words(of: ClockLine.ofBranch(clock)) + ".")
            ]
        }
        var remarks: [Remark] = []
        if clock?["standing"] != "believed" || clock?["keptMilliseconds"] != .null {
            let lines = ClockLine.ofHub(clock).map(words(of:)).joined(separator: ". ")
            remarks.append(
                .init(subject: "clock", level: clock?["standing"] == "doubted" ? .wrong : .warning, text: lines + "."))
        }
        // Against a clock that is not believed every other looks wrong.
        guard clock?["standing"] != "doubted" else { return remarks }
        for peer in status["peers"]?.arrayValue ?? [] where peer["joined"] == true {
            guard let level = level(peer["skew"]) else { continue }
            remarks.append(
                .init(
                    subject: "clock of \(JSONText.value(peer["site"]))", level: level,
                    text: "It is \(ClockLine.words(peer["wallOffsetMilliseconds"])). Somebody there has to set it; the "
                        + "province's time is used meanwhile."))
        }
        return remarks
    }

    private static func level(_ skew: JSONValue?) -> Doctor.Level? {
        switch skew {
        case "warning": .warning
        case "alarm": .wrong
        default: nil
        }
    }

    /// A line of `status` without its first column.
    private static func words(of line: String) -> String {
        String(line.dropFirst(11)).trimmed(of: ".")
    }
}

extension String {
    fileprivate func trimmed(of end: Character) -> String { last == end ? String(dropLast()) : self }
}
