/// One record of a file as the map reads it, ready to become a ticket or, from an event log, a state of one.
public struct ImportRow: Hashable, Sendable {
    /// Who the customer is.
    public struct Customer: Hashable, Sendable {
        public var name = ""
        public var phone = ""
        /// 32 hexadecimal digits, of a file that came from here.
        public var id: String?
    }

    /// What a row of an event log says beside the state of its ticket.
    public struct Event: Hashable, Sendable {
        public var version: Int64?
        /// Milliseconds since 1970.
        public var time: Int64?
        public var actor: String?
        public var note: String?
        /// Of the note: `internal`, the usual, or `public`.
        public var visibility: String?
    }

    /// Who a ticket is that came from here, and where it had come from itself.
    public struct Identity: Hashable, Sendable {
        /// 32 hexadecimal digits.
        public var id: String
        public var number: String
        public var source: String?
        public var key: String?
        public var version: Int64?
        /// Milliseconds since 1970.
        public var time: Int64?
    }

    /// The physical line on which the record begins.
    public let line: Int
    /// The ticket's number at the source.
    public let key: String
    /// The ticket type.
    public let type: String
    /// The site it belongs to.
    public var home: String
    /// The values by field; fields whose cells are empty are absent.
    public let fields: [String: ImportValue]
    /// Fields of an event log whose cells are empty: the ticket has them no longer. Sorted.
    public var cleared: [String] = []
    public var customer: Customer?
    public var event: Event?
    public var identity: Identity?
    /// The cells of the columns that the map does not name, a JSON object in canonical form; nil when there are none.
    public var kept: String?
    /// A digest of every cell by its column, 8 bytes: two rows with the same one say the same.
    public var content: [UInt8] = []
    /// What was noticed and did not keep the row out.
    public var warnings: [ImportWarning] = []

    public init(line: Int, key: String, type: String, home: String, fields: [String: ImportValue]) {
        self.line = line
        self.key = key
        self.type = type
        self.home = home
        self.fields = fields
    }
}
