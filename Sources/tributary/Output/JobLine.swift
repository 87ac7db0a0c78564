import Standards

/// A node's own jobs, in lines for people.
enum JobLine {
    /// Housekeeping never ends, and is shown only when it stands still.
    static func lines(_ jobs: JSONValue?) -> [String] {
        (jobs?.arrayValue ?? []).filter { $0["job"] != "housekeeping" || $0["overdue"] == true }.map(line)
    }

    static func line(_ job: JSONValue) -> String {
        let about = job["about"]?.stringValue.flatMap { $0.isEmpty ? nil : " of " + PlainText.line($0) } ?? ""
        let name = JSONText.value(job["job"]) + about
        guard job["overdue"] != true else {
            return "ALARM      \(name) has not moved for \(JSONText.value(job["stillSeconds"])) s; it may take "
                + "\(JSONText.value(job["deadlineSeconds"])) s. See the node's log; if nothing there explains it, "
                + "start the node again"
        }
        let part =
            job["done"] == .null ? "" : " \(JSONText.value(job["done"])) of \(JSONText.value(job["of"]))"
        return "at work    \(name)\(part), since \(JSONText.value(job["since"])), moved "
            + "\(JSONText.value(job["stillSeconds"])) s ago"
    }
}
