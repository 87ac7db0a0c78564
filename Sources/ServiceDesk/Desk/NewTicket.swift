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
    /// Where an imported ticket came from, and its key there.
    public var source: Source?
    /// The state an imported ticket is in; the type's initial one when nil.
    public var state: String?

    public struct Customer: Sendable {
        public var name: String
        public var phone: String

        public init(name: String, phone: String) {
            self.name = name
            self.phone = phone
        }
    }

    public struct Source: Sendable {
        public var name: String
        public var key: String

        public init(name: String, key: String) {
            self.name = name
            self.key = key
        }

        /// The ticket that this row is, at every site that imports it.
        public var entity: EntityID { idempotencyKey.entity(kind: .ticket) }

        /// The same row of the same source is the same ticket, wherever it is imported.
        public var idempotencyKey: IdempotencyKey {
            IdempotencyKey(client: "import \(name)", key: key, content: [])
        }
    }

    public init(type: String, home: SiteID, fields: [String: Value]) {
        self.type = type
        self.home = home
        self.fields = fields
    }
}
