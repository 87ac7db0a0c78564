import Standards

/// How the columns of one kind of CSV file become tickets: a file that the operator writes once per source.
///
///     {"format": 1, "source": "legacy-desk", "separator": ",", "header": true,
///      "key": {"columns": ["Branch", "Number"], "join": "/"},
///      "type": {"constant": "complaint"},
///      "home": {"column": "City", "values": {"Yinchuan": "nx-yinchuan"}, "otherwise": "nx-guyuan"},
///      "fields": {"subject": {"column": "Title", "required": true},
///                 "openedAt": {"column": "Opened", "format": "yyyy-MM-dd HH:mm", "zone": "+08:00"},
///                 "state": {"column": "Status", "values": {"Done": "closed"}, "otherwise": "acknowledged"}}}
///
/// - `source` names the origin; with the key it identifies a ticket, so importing a file twice makes no second ticket.
/// - `separator` is one of `,` `;` `|` and a tab, by default the comma.
/// - `header` false means that the first line is data; columns are then called by their numbers, from "1".
/// - `key` is the ticket's number at the source: text, never a number. It must not be empty.
/// - `type` and each of `fields` follow ``ValueRule``; `home` follows ``HomeRule``.
/// - `fields` may name ``ticketFields`` and the fields of the type's form.
public struct ImportMap: Sendable {
    /// The largest map read, in bytes.
    public static let sizeLimit = 1 << 20
    public static let fieldLimit = 200
    /// What every ticket has besides its form.
    public static let ticketFields = ["state", "category", "openedAt"]
    /// Those of them that are times.
    public static let timeFields = ["openedAt"]

    /// One field of the ticket and the rule that fills it.
    public struct Field: Sendable {
        public let name: String
        public let rule: ValueRule

        public init(name: String, rule: ValueRule) {
            self.name = name
            self.rule = rule
        }
    }

    public let source: String
    /// The ASCII byte between two fields.
    public let separator: UInt8
    public let hasHeader: Bool
    public let key: ColumnJoin
    public let type: ValueRule
    public let home: HomeRule
    /// Sorted by name.
    public let fields: [Field]

    public init(
        source: String, separator: UInt8 = UInt8(ascii: ","), hasHeader: Bool = true, key: ColumnJoin,
        type: ValueRule, home: HomeRule, fields: [Field]
    ) {
        self.source = source
        self.separator = separator
        self.hasHeader = hasHeader
        self.key = key
        self.type = type
        self.home = home
        self.fields = fields.sorted { $0.name < $1.name }
    }

    /// Every place of the map that reads columns, with its path, in a fixed order.
    var columnUses: [(path: String, columns: [String])] {
        [("/key", key.columns), ("/type", type.columns), ("/home", home.column?.columns ?? [])]
            + fields.map { (Finding.path("/fields", $0.name), $0.rule.columns) }
    }
}
