import HTTP
import Replication
import ServiceDesk
import Standards

/// The body of `POST /api/import`: rows of another system, each a ticket of its own.
struct ImportRequest: Sendable {
    /// Rows in one request.
    static let rowsMax = 500
    /// Bytes of one request.
    static let bytesMax = 8 << 20

    /// A row as read; `ticket` is nil when it cannot be one.
    struct Row: Sendable {
        let key: String
        let ticket: NewTicket?
        let problems: [DeskError.Problem]
    }

    let rows: [Row]

    /// - Parameter home: the branch for rows that name none; nil at the hub.
    init(_ request: Request, home: SiteID?) throws {
        var reader = try BodyReader(request, ["source", "rows"])
        let source = reader.text("source", atMost: DeskLimits.sourceNameLength)
        if reader.has("source") && source.isEmpty { reader.report("source", "is empty") }
        let list = reader["rows"].arrayValue ?? []
        if !(1...Self.rowsMax).contains(list.count) {
            reader.report("rows", "is not a list of 1 to \(Self.rowsMax) rows")
        }
        try reader.finish()
        rows = list.map { Self.row($0, source, home) }
    }

    private static func row(_ json: JSONValue, _ source: String, _ home: SiteID?) -> Row {
        let known = ["key", "type", "home", "state", "openedAt", "fields", "category", "customer"]
        guard var reader = BodyReader(json, known) else {
            return Row(key: "", ticket: nil, problems: [.init(field: "", problem: "is not an object")])
        }
        let key = reader.text("key", atMost: DeskLimits.sourceKeyLength)
        if reader.has("key") && key.isEmpty { reader.report("key", "is empty") }
        let type = reader.word("type")
        let named = home == nil ? reader.word("home") : reader.wordIfAny("home")
        var fields = reader.fields("fields")
        if reader.has("openedAt") { fields["openedAt"] = .integer(reader.integer("openedAt")) }
        var ticket = NewTicket(type: type, home: named.map { SiteID($0) } ?? home ?? SiteID(""), fields: fields)
        ticket.source = .init(name: source, key: key)
        ticket.state = reader.wordIfAny("state")
        ticket.category = reader.wordIfAny("category")
        ticket.customer = NewTicket.customer(&reader)
        return Row(key: key, ticket: reader.problems.isEmpty ? ticket : nil, problems: reader.problems)
    }
}
