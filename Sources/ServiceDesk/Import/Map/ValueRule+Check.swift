import Standards

extension ValueRule {
    /// The most states a field may be read in.
    public static let statesLimit = 50

    private enum KindName: String, CaseIterable {
        case text
        case integer
    }

    /// Reads one rule.
    /// - Parameters:
    ///   - zones: finds the zones that are given by name.
    ///   - accepts: says what is wrong with a value stated in the map, or nil.
    init?(reading reader: JSONReader, zones: ZoneLookup, accepts: (ImportValue) -> String? = { _ in nil }) {
        let sources = ["constant", "column", "columns"].filter(reader.has)
        guard sources.count == 1 else {
            reader.report(
                nil, sources.isEmpty ? "says not where the value comes from" : "has more than one source",
                "give exactly one of constant, column, columns")
            Self.acknowledgeKeys(reader)
            return nil
        }
        let isRequired = reader.flag("required", absent: false)
        let states = Self.states(reader)
        if sources == ["constant"] {
            guard let value = Self.constant(reader, accepts) else { return nil }
            self.init(source: .constant(value), isRequired: isRequired, states: states)
            return
        }
        let join = ColumnJoin(reading: reader)
        let kind = Self.kind(reader, zones)
        let table = ValueTable.read(reader, accepts)
        let otherwise = Self.otherwise(reader, accepts, hasTable: reader.has("values"))
        guard let join, let kind else {
            Self.acknowledgeKeys(reader)
            return nil
        }
        if case .time = kind, table != nil || reader.has("otherwise") {
            reader.report(nil, "a time has neither values nor otherwise", "remove them")
            return nil
        }
        let redundant = Self.redundant(reader, kind)
        self.init(
            source: .columns(join), kind: kind, table: table, otherwise: table?.otherwise ?? otherwise,
            isRequired: isRequired, states: states, redundant: redundant.dates, isTruth: redundant.isTruth)
    }

    /// Reads a rule of what is no field of the form: it is read in every row, and compared with nothing.
    static func plain(_ reader: JSONReader, _ zones: ZoneLookup) -> ValueRule? {
        for key in ["onlyIn", "redundant"] where reader.has(key) {
            reader.report(key, "has a meaning only among the fields", "remove it")
        }
        return ValueRule(reading: reader, zones: zones)
    }

    private static func states(_ reader: JSONReader) -> [String]? {
        guard reader.has("onlyIn") else { return nil }
        return reader.texts("onlyIn", .identifier, count: 1...statesLimit)
    }

    private static func redundant(_ reader: JSONReader, _ kind: Kind) -> (dates: [RedundantDate], isTruth: Bool) {
        let isTruth = reader.flag("truth", absent: false)
        let dates = reader.objects(
            "redundant", count: 1...RedundantDate.limit, .optional, read: RedundantDate.init(reading:))
        if reader.has("truth"), !reader.has("redundant") {
            reader.report("truth", "there is nothing to contradict it", "remove it, or give \"redundant\"")
        }
        if reader.has("redundant"), case .time = kind {
        } else if reader.has("redundant") {
            reader.report("redundant", "only a time is compared with other columns", "remove it, or add \"format\"")
        }
        return (dates, isTruth)
    }

    /// Asks for every key a rule may have, so that only the real fault is reported.
    private static func acknowledgeKeys(_ reader: JSONReader) {
        let keys = [
            "join", "trim", "values", "ignoreCase", "otherwise", "required", "kind", "format", "zone", "onlyIn",
            "redundant", "truth",
        ]
        for key in keys { _ = reader.has(key) }
    }

    private static func constant(_ reader: JSONReader, _ accepts: (ImportValue) -> String?) -> ImportValue? {
        guard let json = reader.value("constant", .required) else { return nil }
        guard let value = ImportValue(json) else {
            reader.report("constant", "must be a text, a whole number, true or false", "correct the value")
            return nil
        }
        if let problem = accepts(value) {
            reader.report("constant", problem, "correct the value")
            return nil
        }
        return value
    }

    /// `otherwise` of a rule without a table; with one, the table has read and checked it.
    private static func otherwise(
        _ reader: JSONReader, _ accepts: (ImportValue) -> String?, hasTable: Bool
    ) -> ImportValue? {
        guard !hasTable, let value = reader.value("otherwise", .optional).flatMap(ImportValue.init) else { return nil }
        return accepts(value) == nil ? value : nil
    }

    private static func kind(_ reader: JSONReader, _ zones: ZoneLookup) -> Kind? {
        let name = reader.choice("kind", of: KindName.self, .optional)
        let format = reader.text("format", .line(DatePattern.lengthLimit), .optional)
        let zoneName = reader.text("zone", .line(60), .optional)
        if reader.has("kind"), reader.has("format") {
            reader.report("kind", "a value with a format is a time", "remove it")
        }
        guard let format else {
            if reader.has("zone") { reader.report("zone", "a zone needs a format", "add \"format\", or remove it") }
            return reader.has("format") ? nil : (name == .integer ? .integer : .text)
        }
        switch DatePattern.compile(format) {
        case .failure(let fault):
            reader.report("format", fault.reason, "write it as in \"yyyy-MM-dd HH:mm:ss\"")
            return nil
        case .success(let pattern):
            return time(pattern, zoneName, reader, zones)
        }
    }

    private static func time(
        _ pattern: DatePattern, _ zoneName: String?, _ reader: JSONReader, _ zones: ZoneLookup
    ) -> Kind? {
        if pattern.statesOffset {
            guard reader.has("zone") else { return .time(pattern, zone: nil) }
            reader.report("zone", "the format reads the distance from UTC out of the file", "remove it")
            return nil
        }
        guard let zoneName else {
            if !reader.has("zone") {
                reader.report("zone", "is missing", "add it: \"+08:00\", or a name such as \"Asia/Shanghai\"")
            }
            return nil
        }
        let zone: (any ZoneRules)? = ZoneOffset(zoneName) ?? zones(zoneName)
        if let zone { return .time(pattern, zone: zone) }
        reader.report(
            "zone", "there is no zone \(Finding.quote(zoneName))",
            "write \"+08:00\", or a name such as \"Asia/Shanghai\"")
        return nil
    }
}
