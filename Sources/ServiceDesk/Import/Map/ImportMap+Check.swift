import Standards

extension ImportMap {
    private enum Separator: String, CaseIterable {
        case comma = ","
        case semicolon = ";"
        case tab = "\t"
        case bar = "|"
    }

    /// Reads a map and lists everything that is wrong with it.
    ///
    /// - Parameters:
    ///   - bytes: the map, UTF-8 JSON of at most ``sizeLimit`` bytes.
    ///   - zones: finds zones by their IANA names; fixed distances such as `+08:00` need no help.
    /// - Returns: the map and no findings, or nil and at least one finding.
    public static func check(_ bytes: [UInt8], zones: ZoneLookup) -> (ImportMap?, [Finding]) {
        JSONReader.check(bytes, sizeLimit: sizeLimit) { reader in
            reader.format(1)
            let source = reader.text("source", .identifier)
            let separator = reader.choice("separator", of: Separator.self, .optional) ?? .comma
            let hasHeader = reader.flag("header", absent: true)
            let key = reader.object("key", read: ColumnJoin.init(reading:))
            let type = reader.object("type") { ValueRule(reading: $0, zones: zones, accepts: refusalOfType) }
            let home = reader.object("home", read: HomeRule.init(reading:))
            let fields = fields(reader, zones)
            let extras = Extras(reader, zones)
            guard let source, let key, let type, let home else { return nil }
            var map = ImportMap(
                source: source, separator: separator.rawValue.utf8.first ?? UInt8(ascii: ","), hasHeader: hasHeader,
                key: key, type: type, home: home, fields: fields)
            extras.add(to: &map)
            if !hasHeader { map.refuseNamedColumns(reader.log) }
            return map
        }
    }

    private enum Others: String, CaseIterable {
        case keep
        case drop
    }

    /// What a map may say beside what every map says.
    private struct Extras {
        let encoding: TextEncoding?
        let nulls: [String]
        let events: EventRule?
        let customer: CustomerRule?
        let identity: IdentityRule?
        let others: UnnamedColumns
        let restore: ColumnJoin?
        let personal: [String]
        let isDefused: Bool

        init(_ reader: JSONReader, _ zones: ZoneLookup) {
            encoding = reader.choice("encoding", of: TextEncoding.self, .optional)
            nulls = reader.texts("null", .line(60), count: 1...nullLimit, .optional)
            events = reader.object("events", .optional) { EventRule(reading: $0, zones: zones) }
            customer = reader.object("customer", .optional) { CustomerRule(reading: $0, zones: zones) }
            identity = reader.object("identity", .optional) { IdentityRule(reading: $0, zones: zones) }
            let columns = 1...CSVLimits.standard.columns
            others = UnnamedColumns(
                areKept: reader.choice("others", of: Others.self, .optional) != .drop,
                ignored: reader.texts("ignore", .line(), count: columns, .optional))
            restore = reader.object("restore", .optional, read: ColumnJoin.init(reading:))
            personal = reader.texts("personal", .line(), count: columns, .optional)
            isDefused = reader.flag("defused", absent: false)
        }

        func add(to map: inout ImportMap) {
            map.encoding = encoding
            map.nulls = nulls
            map.events = events
            map.customer = customer
            map.identity = identity
            map.others = others
            map.restore = restore
            map.personal = personal
            map.isDefused = isDefused
        }
    }

    private static func refusalOfType(_ value: ImportValue) -> String? {
        if let text = value.textValue, TextShape.identifier.matches(text) { nil } else { "must name a ticket type" }
    }

    private static func fields(_ reader: JSONReader, _ zones: ZoneLookup) -> [Field] {
        let read: [Field?]? = reader.object("fields") { fields in
            guard (1...fieldLimit).contains(fields.sortedKeys.count) else {
                fields.report(
                    nil, "must have 1 to \(fieldLimit) entries, but has \(fields.sortedKeys.count)",
                    "correct the object")
                for name in fields.sortedKeys { _ = fields.has(name) }
                return []
            }
            return fields.sortedKeys.map { name in
                if !TextShape.identifier.matches(name) {
                    fields.report(name, "is no field name: it must be \(TextShape.identifier.name)", "rename it")
                }
                return fields.object(name) { ValueRule(reading: $0, zones: zones) }.map { rule in
                    refuseOtherThanTime(name, rule, fields)
                    return Field(name: name, rule: rule)
                }
            }
        }
        return (read ?? []).compactMap(\.self)
    }

    private static func refuseOtherThanTime(_ name: String, _ rule: ValueRule, _ reader: JSONReader) {
        if ["state", "category"].contains(name), !rule.statedValues.allSatisfy({ $0.textValue != nil }) {
            reader.report(name, "must name one, and gives another kind of value", "give texts")
        }
        guard timeFields.contains(name) else { return }
        if case .time = rule.kind { return }
        reader.report(name, "must be a time", "add \"format\" and \"zone\"")
    }

    /// Without a header, columns have no names but their numbers.
    private func refuseNamedColumns(_ log: FindingLog) {
        for use in columnUses {
            for column in use.columns where ColumnJoin.number(of: column) == nil {
                log.add(
                    use.path, "reads the column \(Finding.quote(column)), but the file has no header",
                    "give its number, from \"1\" to \"\(CSVLimits.standard.columns)\"")
            }
        }
    }
}
