import Standards

/// How the columns of one kind of file become tickets: a file that the operator writes once per source.
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
/// - `encoding` is one of ``TextEncoding``; without it UTF-8, or what a byte order mark says.
/// - `key` is the ticket's number at the source: text, never a number. It must not be empty.
/// - `type` and each of `fields` follow ``ValueRule``; `home` follows ``HomeRule``.
/// - `fields` may name ``ticketFields`` and the fields of the type's form.
/// - `null` lists the texts that stand for an empty cell, such as `?` or `N/A`.
/// - `events` makes the file an event log; see ``EventRule``. `customer`: ``CustomerRule``. `identity`:
///   ``IdentityRule``.
/// - `others` is `keep` (the usual) or `drop`: what becomes of the columns that the map does not name; `ignore` lists
///   some to be left out all the same. `restore` is a column that holds what was kept by an earlier import.
/// - `personal` lists columns whose cells no report, explanation or suggestion may show.
/// - `defused` true undoes what an export of ours did to cells that a spreadsheet would have taken for formulas.
///
/// `Topology/imports/README.md` teaches it.
public struct ImportMap: Sendable {
    /// The largest map read, in bytes.
    public static let sizeLimit = 1 << 20
    public static let fieldLimit = 200
    /// The most texts that stand for an empty cell.
    public static let nullLimit = 20
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
    public var separator = UInt8(ascii: ",")
    public var hasHeader = true
    public let key: ColumnJoin
    public let type: ValueRule
    public let home: HomeRule
    /// Sorted by name.
    public let fields: [Field]
    public var encoding: TextEncoding?
    public var nulls: [String] = []
    public var events: EventRule?
    public var customer: CustomerRule?
    public var identity: IdentityRule?
    public var others = UnnamedColumns()
    public var restore: ColumnJoin?
    public var personal: [String] = []
    public var isDefused = false

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
        uses(of: fields) + [("/ignore", others.ignored), ("/personal", personal)]
    }

    /// Those that read columns in a row of this state.
    func columnUses(inState state: String?) -> [(path: String, columns: [String])] {
        uses(of: fields.filter { $0.rule.states?.contains(state ?? "") ?? true })
    }

    private func uses(of fields: [Field]) -> [(path: String, columns: [String])] {
        var uses = [("/key", key.columns), ("/type", type.columns), ("/home", home.column?.columns ?? [])]
        uses += fields.map { (Finding.path("/fields", $0.name), $0.rule.columns) }
        uses += (customer?.rules ?? []).map { (Finding.path("/customer", $0.name), $0.rule.columns) }
        uses += (events?.rules ?? []).map { (Finding.path("/events", $0.name), $0.rule.columns) }
        uses += (identity?.rules ?? []).map { (Finding.path("/identity", $0.name), $0.rule.columns) }
        if let restore { uses.append(("/restore", restore.columns)) }
        return uses
    }

    /// What a field of a row is called in the file; the field's own name where no column gives it.
    public func column(_ field: String) -> String {
        let columns = fields.first { $0.name == field }?.rule.columns ?? (field == "version" ? events?.columns : nil)
        return columns.map { $0.joined(separator: " + ") }.flatMap { $0.isEmpty ? nil : $0 } ?? field
    }
}
