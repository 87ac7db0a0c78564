import Replication

/// A ticket to be opened.
public struct NewTicket: Sendable {
    public var type: String
    /// The branch that will own it.
    public var home: SiteID
    /// The form, by the words of the pack.
    public var fields: [String: Value]
    public var category: String?
    public var customer: Customer?
    /// The number or identifier of the ticket that it is opened for.
    public var parent: String?
    /// Where an imported ticket came from, and its key there.
    public var source: Source?
    /// The state an imported ticket is in; the type's initial one when nil.
    public var state: String?
    /// Of a row of an event log.
    public var event: Event?
    /// Of a ticket that was exported from here.
    public var identity: Identity?
    /// The columns of the source that no field takes, a JSON object in canonical form.
    public var sourceColumns: String?

    public struct Customer: Sendable {
        public var name: String
        public var phone: String
        /// Of a customer that came from here.
        public var id: EntityID?

        public init(name: String, phone: String, id: EntityID? = nil) {
            self.name = name
            self.phone = phone
            self.id = id
        }
    }

    /// One state of a ticket as an event log has it.
    public struct Event: Sendable {
        public var version: Int64?
        /// Milliseconds since 1970.
        public var time: Int64?
        /// Who did it, as the log says; nil for whoever imports.
        public var actor: String?
        public var note: Note?

        public init(version: Int64?, time: Int64?, actor: String? = nil, note: Note? = nil) {
            self.version = version
            self.time = time
            self.actor = actor
            self.note = note
        }
    }

    /// Who a ticket is that was exported from here, and where it had come from itself.
    public struct Identity: Sendable {
        public let id: EntityID
        public let number: String
        public var source: Source?
        /// The last state of its event log, as in ``Event``.
        public var version: Int64?
        public var time: Int64?

        public init(id: EntityID, number: String) {
            self.id = id
            self.number = number
        }
    }

    public struct Source: Sendable {
        public var name: String
        public var key: String
        /// A digest of what the row says; empty when nobody made one.
        public var content: [UInt8]

        public init(name: String, key: String, content: [UInt8] = []) {
            self.name = name
            self.key = key
            self.content = content
        }

        /// The ticket that this row is, at every site that imports it.
        public var entity: EntityID { idempotencyKey.entity(kind: .ticket) }

        /// The same row of the same source is the same ticket, wherever it is imported.
        public var idempotencyKey: IdempotencyKey {
            IdempotencyKey(client: "import \(name)", key: key, content: content)
        }

        /// The key of one state of the ticket: by its number, or by its time and content where the log numbers none.
        public func idempotencyKey(of event: Event) -> IdempotencyKey {
            let state = event.version.map { "version \($0)" } ?? "at \(event.time ?? 0) \(content)"
            return IdempotencyKey(client: "import \(name) event", key: "\(key)\n\(state)", content: content)
        }
    }

    public init(type: String, home: SiteID, fields: [String: Value]) {
        self.type = type
        self.home = home
        self.fields = fields
    }
}
