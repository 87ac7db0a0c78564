import Standards

extension RowMapper {
    /// The value a rule gives for a record, or nil when its cells are empty and nothing stands in for them.
    func plainValue(_ rule: ValueRule, of record: CSVRecord) throws(RowRejection) -> ImportValue? {
        var ignored: [ImportWarning] = []
        return try value(rule, of: record, &ignored)
    }

    /// The same, with what was noticed on the way.
    func value(
        _ rule: ValueRule, of record: CSVRecord, _ warnings: inout [ImportWarning]
    ) throws(RowRejection) -> ImportValue? {
        guard case .columns(let join) = rule.source else {
            if case .constant(let value) = rule.source { return value }
            return nil
        }
        let text = try text(join, of: record)
        if let listed = rule.table?.listed(text) { return listed }
        if text.isEmpty {
            try compareEmpty(rule, of: record, join, &warnings)
            if let otherwise = rule.otherwise { return otherwise }
            if rule.isRequired { throw rejection(record, join, "is empty, and the map requires it") }
            return nil
        }
        if rule.table != nil {
            if let otherwise = rule.otherwise { return otherwise }
            throw rejection(record, join, "holds a value that the map does not list")
        }
        switch rule.kind {
        case .text: return .text(text)
        case .integer:
            guard let integer = Self.integer(text) else { throw rejection(record, join, "is not a whole number") }
            return .integer(integer)
        case .time(let pattern, let zone):
            let reading = try reading(text, pattern, record, join)
            try compare(reading, with: rule, of: record, join, &warnings)
            let zone: (any ZoneRules)? = reading.offset ?? zone
            guard let zone else { throw rejection(record, join, "says not in which zone it is") }
            return .time(zone.instantMilliseconds(of: reading.time))
        }
    }

    private func reading(
        _ text: String, _ pattern: DatePattern, _ record: CSVRecord, _ join: ColumnJoin
    ) throws(RowRejection) -> DatePattern.Reading {
        switch pattern.read(text) {
        case .failure(.differsFromPattern):
            throw rejection(record, join, "is not written as \(Finding.quote(pattern.text))")
        case .failure(.impossible):
            throw rejection(record, join, "is a date or time that does not exist")
        case .success(let reading):
            return reading
        }
    }

    /// Compares a time with the columns that say it again. Of two that disagree neither is chosen in silence.
    private func compare(
        _ reading: DatePattern.Reading, with rule: ValueRule, of record: CSVRecord, _ join: ColumnJoin,
        _ warnings: inout [ImportWarning]
    ) throws(RowRejection) {
        for other in rule.redundant {
            let cell = try text(other.join, of: record)
            guard !cell.isEmpty, let contradiction = other.contradiction(of: cell, to: reading) else { continue }
            guard rule.isTruth else {
                throw rejection(
                    record, other.join,
                    "\(contradiction) where \(Finding.quote(join.name)) has one; say in the map which is the truth")
            }
            warnings.append(
                ImportWarning(
                    line: record.line, column: other.join.name,
                    reason: "\(contradiction); \(Finding.quote(join.name)) was taken, as the map says"))
        }
    }

    /// An empty cell whose date stands in another column is a disagreement too.
    private func compareEmpty(
        _ rule: ValueRule, of record: CSVRecord, _ join: ColumnJoin, _ warnings: inout [ImportWarning]
    ) throws(RowRejection) {
        for other in rule.redundant where try !text(other.join, of: record).isEmpty {
            let reason = "holds a date where \(Finding.quote(join.name)) is empty"
            guard rule.isTruth else { throw rejection(record, other.join, reason) }
            warnings.append(ImportWarning(line: record.line, column: other.join.name, reason: reason))
        }
    }

    /// A whole number in ASCII digits, with a minus sign perhaps. `Int64` itself would also take a plus.
    private static func integer(_ text: String) -> Int64? {
        text.utf8.first == UInt8(ascii: "+") ? nil : Int64(text)
    }
}
