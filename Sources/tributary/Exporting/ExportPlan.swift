import ServiceDesk
import Standards

/// What was asked for, checked.
struct ExportPlan {
    let query: ExportQuery
    /// A path, or ``ExportTarget/standardOutput``.
    let target: String
    /// Where the import map goes.
    let map: String?
    /// The query of the API.
    let items: [NodeClient.Item]

    private static let filters = ["type", "state", "home", "category", "source", "since"]

    init(_ invocation: Invocation) throws {
        let words = ExportQuery.Subject.allCases.map(\.rawValue)
        let word = try invocation.requiredWord("WHAT")
        guard let subject = ExportQuery.Subject(rawValue: word) else {
            throw invocation.refusal("there is no such export", WordHint.clause(for: word, among: words))
        }
        target = invocation.text("out") ?? ExportTarget.standardOutput
        map = invocation.text("map")
        if map != nil, subject != .tickets, subject != .timelines {
            throw invocation.refusal("\(subject.rawValue) are not imported again", "leave out --map")
        }
        let formats = ExportQuery.Format.allCases.map(\.rawValue)
        let named = try invocation.choice("format", of: formats)
        let file = target
        let implied = formats.first { file.hasSuffix(".\($0)") }
        let format = (named ?? implied).flatMap { ExportQuery.Format(rawValue: $0) } ?? .csv
        let query = try Self.query(subject, format, invocation)
        var items: [NodeClient.Item] = [("format", format.rawValue)]
        for name in Self.filters {
            if let value = invocation.text(name) { items.append((name, value)) }
        }
        if query.onlyOpen { items.append(("open", "true")) }
        self.items = items
        self.query = query
    }

    private static func query(
        _ subject: ExportQuery.Subject, _ format: ExportQuery.Format, _ invocation: Invocation
    ) throws -> ExportQuery {
        var query = ExportQuery(subject, format)
        query.tickets.type = invocation.text("type")
        query.tickets.state = invocation.text("state")
        query.tickets.home = invocation.text("home")
        query.tickets.category = invocation.text("category")
        query.tickets.source = invocation.text("source")
        if let since = invocation.text("since") {
            guard let time = InstantText.milliseconds(since) else {
                throw invocation.refusal("--since is not a time", "write it as \(InstantText.example)")
            }
            query.updatedSince = time
        }
        query.onlyOpen = invocation.has("open")
        if query.onlyOpen, subject != .conflicts {
            throw invocation.refusal("--open chooses among conflicts", "leave it out")
        }
        return query
    }

    var path: String { "/api/export/\(query.subject.rawValue)" }

    /// What remains of an export that was cut off.
    var whatIsLeft: String {
        target == ExportTarget.standardOutput ? "what was written is not all" : "\(target) was left as it was"
    }
}
