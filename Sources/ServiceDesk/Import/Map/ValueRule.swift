import Standards

/// Where one value of a ticket comes from and what is done with it on the way.
///
///     {"constant": "phone"}
///     {"column": "Status", "values": {"Closed": "closed"}, "ignoreCase": true, "otherwise": "acknowledged"}
///     {"columns": ["Street", "City"], "join": ", ", "trim": false, "required": true}
///     {"columns": ["Date", "Time"], "format": "dd-MM-yy h:mm:ss a", "zone": "America/New_York"}
///     {"column": "Minutes", "kind": "integer"}
///     {"column": "closed_code", "onlyIn": ["resolved", "closed"]}
///
/// A time may name columns that say the same again; see ``RedundantDate``. A field with `onlyIn` is read in rows whose
/// state is one of these and left alone in others: some logs write what was known at the end onto every row.
///
/// An empty cell gives no value. `otherwise` stands in for it, and for a cell that `values` does not list; without it
/// an unlisted cell rejects the row.
public struct ValueRule: Sendable {
    public enum Source: Hashable, Sendable {
        case constant(ImportValue)
        case columns(ColumnJoin)
    }

    /// What the text of a cell is turned into.
    public enum Kind: Sendable {
        case text
        case integer
        /// The zone is nil when the texts state their own distance from UTC.
        case time(DatePattern, zone: (any ZoneRules)?)
    }

    public let source: Source
    public let kind: Kind
    public let table: ValueTable?
    /// What an empty cell gives when there is no table.
    public let otherwise: ImportValue?
    /// Whether a row without this value is rejected.
    public let isRequired: Bool
    /// The states in which it is read; nil for all.
    public let states: [String]?
    /// Of a time: the columns that say it again.
    public let redundant: [RedundantDate]
    /// Whether its own columns are taken where redundant ones contradict them.
    public let isTruth: Bool

    public init(
        source: Source, kind: Kind = .text, table: ValueTable? = nil, otherwise: ImportValue? = nil,
        isRequired: Bool = false, states: [String]? = nil, redundant: [RedundantDate] = [], isTruth: Bool = false
    ) {
        self.source = source
        self.kind = kind
        self.table = table
        self.otherwise = otherwise
        self.isRequired = isRequired
        self.states = states
        self.redundant = redundant
        self.isTruth = isTruth
    }

    /// The columns it reads.
    public var columns: [String] {
        guard case .columns(let join) = source else { return [] }
        return join.columns + redundant.flatMap(\.join.columns)
    }

    /// The values it can give that the map itself states.
    public var statedValues: [ImportValue] {
        if case .constant(let value) = source { return [value] }
        return (table?.outcomes ?? []) + [otherwise].compactMap(\.self)
    }

    /// Whether it can also give values that only the file knows.
    public var isOpen: Bool {
        if case .constant = source { false } else { table == nil }
    }
}
