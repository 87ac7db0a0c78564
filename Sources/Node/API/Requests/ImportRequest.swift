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

    private static let members = [
        "key", "type", "home", "state", "openedAt", "fields", "category", "customer", "content", "columns", "event",
        "identity",
    ]

    private static func row(_ json: JSONValue, _ source: String, _ home: SiteID?) -> Row {
        guard var reader = BodyReader(json, members) else {
            return Row(key: "", ticket: nil, problems: [.init(field: "", problem: "is not an object")])
        }
        let key = reader.text("key", atMost: DeskLimits.sourceKeyLength)
        if reader.has("key") && key.isEmpty { reader.report("key", "is empty") }
        let type = reader.word("type")
        let named = home == nil ? reader.word("home") : reader.wordIfAny("home")
        var fields = reader.fields("fields")
        if reader.has("openedAt") { fields["openedAt"] = .integer(reader.integer("openedAt")) }
        var ticket = NewTicket(type: type, home: named.map { SiteID($0) } ?? home ?? SiteID(""), fields: fields)
        ticket.source = .init(name: source, key: key, content: content(&reader))
        ticket.state = reader.wordIfAny("state")
        ticket.category = reader.wordIfAny("category")
        ticket.customer = NewTicket.customer(&reader)
        ticket.sourceColumns = columns(&reader)
        ticket.event = event(&reader)
        ticket.identity = identity(&reader)
        return Row(key: key, ticket: reader.problems.isEmpty ? ticket : nil, problems: reader.problems)
    }

    /// A digest in hexadecimal, so that the node need not know how a file was written.
    private static func content(_ reader: inout BodyReader) -> [UInt8] {
        guard reader.has("content") else { return [] }
        guard let bytes = Secrets.bytes(hex: reader.text("content", atMost: 64)), !bytes.isEmpty else {
            reader.report("content", "is not hexadecimal")
            return []
        }
        return bytes
    }

    /// Kept in canonical form, so that equal columns are equal texts.
    private static func columns(_ reader: inout BodyReader) -> String? {
        guard reader.has("columns") else { return nil }
        let json = reader["columns"]
        let bytes = json.bytes()
        guard json.objectValue?.values.allSatisfy({ $0.stringValue != nil }) ?? false,
            bytes.count <= DeskLimits.sourceColumnsBytes
        else {
            reader.report("columns", "is not an object of texts of at most \(DeskLimits.sourceColumnsBytes) bytes")
            return nil
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func event(_ reader: inout BodyReader) -> NewTicket.Event? {
        guard reader.has("event") else { return nil }
        guard
            var inner = BodyReader(reader["event"], ["version", "time", "actor", "note", "visibility"], path: "event.")
        else {
            reader.report("event", "is not an object")
            return nil
        }
        let version = inner.has("version") ? inner.integer("version") : nil
        let time = inner.has("time") ? inner.integer("time") : nil
        if version == nil && time == nil { reader.report("event", "has neither a version nor a time") }
        let actor = inner.text("actor", atMost: ReplicationLimits.bytesInActor, isOptional: true)
        if actor.utf8.count > ReplicationLimits.bytesInActor {
            inner.report("actor", "has more than \(ReplicationLimits.bytesInActor) bytes")
        }
        let note = inner.text("note", atMost: DeskLimits.textLength, isOptional: true)
        let isPublic = inner.has("visibility") && inner.choice("visibility", of: ["internal", "public"]) == "public"
        reader.report(inner.problems)
        return NewTicket.Event(
            version: version, time: time, actor: actor.isEmpty ? nil : actor,
            note: note.isEmpty ? nil : Note(text: note, visibility: isPublic ? .public : .internal))
    }

    private static func identity(_ reader: inout BodyReader) -> NewTicket.Identity? {
        guard reader.has("identity") else { return nil }
        let known = ["id", "number", "source", "key", "version", "time"]
        guard var inner = BodyReader(reader["identity"], known, path: "identity.") else {
            reader.report("identity", "is not an object")
            return nil
        }
        let number = inner.word("number")
        let id = EntityID(kind: .ticket, text: inner.word("id").lowercased())
        if id == nil { inner.report("id", "is not 32 hexadecimal digits") }
        var identity = id.map { NewTicket.Identity(id: $0, number: number) }
        if inner.has("source") {
            let name = inner.text("source", atMost: DeskLimits.sourceNameLength)
            identity?.source = .init(name: name, key: inner.text("key", atMost: DeskLimits.sourceKeyLength))
        }
        if inner.has("version") { identity?.version = inner.integer("version") }
        if inner.has("time") { identity?.time = inner.integer("time") }
        reader.report(inner.problems)
        return identity
    }
}
