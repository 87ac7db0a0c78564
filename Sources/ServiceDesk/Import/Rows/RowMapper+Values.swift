import Standards

extension RowMapper {
    /// The value a rule gives for a record, or nil when its cells are empty and nothing stands in for them.
    func value(_ rule: ValueRule, of record: CSVRecord) throws(RowRejection) -> ImportValue? {
        guard case .columns(let join) = rule.source else {
            if case .constant(let value) = rule.source { return value }
            return nil
        }
        let text = try text(join, of: record)
        if let listed = rule.table?.listed(text) { return listed }
        if text.isEmpty {
            if let otherwise = rule.otherwise { return otherwise }
            if rule.isRequired { throw rejection(record, join, "is empty, and the map requires it") }
            return nil
        }
        if rule.table != nil {
            if let otherwise = rule.otherwise { return otherwise }
            throw rejection(record, join, "holds a value that the map does not list")
        }
        return try converted(text, rule.kind, record, join)
    }

    private func converted(
        _ text: String, _ kind: ValueRule.Kind, _ record: CSVRecord, _ join: ColumnJoin
    ) throws(RowRejection) -> ImportValue {
        switch kind {
        case .text:
            return .text(text)
        case .integer:
            guard let integer = Self.integer(text) else { throw rejection(record, join, "is not a whole number") }
            return .integer(integer)
        case .time(let pattern, let zone):
            switch pattern.read(text) {
            case .failure(.differsFromPattern):
                throw rejection(record, join, "is not written as \(Finding.quote(pattern.text))")
            case .failure(.impossible):
                throw rejection(record, join, "is a date or time that does not exist")
            case .success(let reading):
                let zone: (any ZoneRules)? = reading.offset ?? zone
                guard let zone else { throw rejection(record, join, "says not in which zone it is") }
                return .time(zone.instantMilliseconds(of: reading.time))
            }
        }
    }

    /// A whole number in ASCII digits, with a minus sign perhaps. `Int64` itself would also take a plus.
    private static func integer(_ text: String) -> Int64? {
        text.utf8.first == UInt8(ascii: "+") ? nil : Int64(text)
    }
}
