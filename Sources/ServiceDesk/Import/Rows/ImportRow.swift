/// One record of a file as the map reads it, ready to become a ticket.
public struct ImportRow: Hashable, Sendable {
    /// The physical line on which the record begins.
    public let line: Int
    /// The ticket's number at the source.
    public let key: String
    /// The ticket type.
    public let type: String
    /// The site it belongs to.
    public let home: String
    /// The values by field; fields whose cells are empty are absent.
    public let fields: [String: ImportValue]

    public init(line: Int, key: String, type: String, home: String, fields: [String: ImportValue]) {
        self.line = line
        self.key = key
        self.type = type
        self.home = home
        self.fields = fields
    }
}
