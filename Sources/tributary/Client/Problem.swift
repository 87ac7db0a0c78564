import Standards

/// A refusal as nodes write it (RFC 9457).
struct Problem: Hashable, Sendable {
    let status: Int
    let title: String
    let detail: String
    /// What is wrong with single fields, findings and the like, one a line.
    let findings: [String]

    /// Reads a refusal; anything that is none still gives a readable one.
    init(status: Int, json: JSONValue?) {
        self.status = status
        title = json?["title"]?.stringValue ?? "status \(status)"
        detail = json?["detail"]?.stringValue ?? "it gave no reason; look into the node's log"
        let errors = (json?["errors"]?.arrayValue ?? []).map(Self.fieldLine)
        let findings = (json?["findings"]?.arrayValue ?? []).map(Self.findingLine)
        let changed = (json?["changed"]?.arrayValue ?? []).map(Self.changedLine)
        self.findings = errors + findings + changed
    }

    /// As an error of this process.
    func error(_ operation: String) -> CommandError {
        let clause = detail.hasSuffix(".") ? String(detail.dropLast()) : detail
        return CommandError(
            .refused, operation, reason: "the node refused (\(status) \(title))", remedy: PlainText.line(clause),
            details: findings.map(PlainText.line), status: status)
    }

    private static func fieldLine(_ error: JSONValue) -> String {
        "field \(error["field"]?.stringValue ?? "?"): \(error["problem"]?.stringValue ?? "?")"
    }

    private static func findingLine(_ finding: JSONValue) -> String {
        let path = finding["path"]?.stringValue ?? ""
        let remedy = finding["remedy"]?.stringValue.map { "; \($0)" } ?? ""
        return "\(path.isEmpty ? "document" : path): \(finding["problem"]?.stringValue ?? "?")\(remedy)"
    }

    private static func changedLine(_ change: JSONValue) -> String {
        let what = change["field"]?.stringValue ?? change["subject"]?.stringValue ?? "?"
        let parts = ["shown", "current", "wanted"].map { "\($0) \(JSONText.value(change[$0]))" }
        return "\(what): \(parts.joined(separator: ", "))"
    }
}
