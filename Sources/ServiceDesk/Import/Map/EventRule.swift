import Standards

/// How the rows of an event log are told apart and put in order: each row is one state of its ticket.
///
///     "events": {"version": {"column": "sys_mod_count", "kind": "integer"},
///                "time": {"column": "sys_updated_at", "format": "d/M/yyyy HH:mm", "zone": "+00:00"},
///                "actor": {"column": "sys_updated_by"},
///                "note": {"column": "comment"}, "visibility": {"column": "shown", "values": {"yes": "public"}}}
///
/// - `version` numbers the states of a ticket; gaps are normal. A log without it is put in order by `time`, rows of one
///   time in the order of the file, and a row is then known by its content.
/// - `time` is when it happened; it stands in the ticket's timeline beside the time of the import.
/// - `actor` is who did it, `note` what was said; its `visibility` is `internal` unless a cell says `public`.
///
/// At least one of `version` and `time` must be there.
public struct EventRule: Sendable {
    public let version: ValueRule?
    public let time: ValueRule?
    public let actor: ValueRule?
    public let note: ValueRule?
    public let visibility: ValueRule?

    /// Its rules with their names, in a fixed order.
    var rules: [(name: String, rule: ValueRule)] {
        [("version", version), ("time", time), ("actor", actor), ("note", note), ("visibility", visibility)]
            .compactMap { name, rule in rule.map { (name, $0) } }
    }

    /// The columns that put rows in order.
    var columns: [String] { (version ?? time)?.columns ?? [] }

    init?(reading reader: JSONReader, zones: ZoneLookup) {
        func rule(_ name: String) -> ValueRule? {
            reader.object(name, .optional) { ValueRule.plain($0, zones) }
        }
        (version, time, actor, note) = (rule("version"), rule("time"), rule("actor"), rule("note"))
        visibility = rule("visibility")
        if !reader.has("version"), !reader.has("time") {
            reader.report(nil, "says not how the rows of a ticket are put in order", "give \"version\" or \"time\"")
        }
        if let version, !Self.isInteger(version) {
            reader.report("version", "must be a whole number", "add \"kind\": \"integer\"")
        }
        if let time, !Self.isTime(time) {
            reader.report("time", "must be a time", "add \"format\" and \"zone\"")
        }
    }

    private static func isInteger(_ rule: ValueRule) -> Bool {
        guard case .integer = rule.kind else { return false }
        return rule.statedValues.allSatisfy { $0.json.intValue != nil }
    }

    private static func isTime(_ rule: ValueRule) -> Bool {
        if case .time = rule.kind { true } else { false }
    }
}
