import Hashing
import Standards

/// What a row has beside the fields of its form.
extension RowMapper {
    func customer(of record: CSVRecord) throws(RowRejection) -> ImportRow.Customer? {
        guard let rule = map.customer else { return nil }
        var customer = ImportRow.Customer()
        customer.name = try text(rule.name, of: record) ?? ""
        customer.phone = try text(rule.phone, of: record) ?? ""
        customer.id = try text(rule.id, of: record)
        return customer.name.isEmpty && customer.phone.isEmpty ? nil : customer
    }

    func event(of record: CSVRecord) throws(RowRejection) -> ImportRow.Event? {
        guard let rule = map.events else { return nil }
        var event = ImportRow.Event()
        event.actor = try text(rule.actor, of: record)
        event.note = try text(rule.note, of: record)
        event.visibility = try text(rule.visibility, of: record)
        event.version = try integer(rule.version, of: record)
        event.time = try integer(rule.time, of: record)
        if let version = rule.version, event.version == nil { throw unordered(record, version) }
        if rule.version == nil, event.time == nil, let time = rule.time { throw unordered(record, time) }
        return event
    }

    func identity(of record: CSVRecord) throws(RowRejection) -> ImportRow.Identity? {
        guard let rule = map.identity else { return nil }
        guard let id = try text(rule.id, of: record) else { return nil }
        guard let number = try text(rule.number, of: record) else {
            throw RowRejection(
                line: record.line, column: rule.number.columns.first, reason: "is empty beside an identifier")
        }
        var identity = ImportRow.Identity(id: id, number: number)
        identity.source = try text(rule.source, of: record)
        identity.key = try text(rule.key, of: record)
        identity.version = try integer(rule.version, of: record)
        identity.time = try integer(rule.time, of: record)
        return identity
    }

    /// The cells of the columns that the map does not name, empty ones left out.
    func kept(of record: CSVRecord) throws(RowRejection) -> String? {
        var members = try restored(of: record)
        for column in keptColumns where column.position < record.fields.count {
            let cell = try cell(at: column.position, of: record, called: column.name)
            if !cell.isEmpty, !isNull(TextTrim.trim(cell)) { members[column.name] = .string(cell) }
        }
        guard !members.isEmpty else { return nil }
        let bytes = JSONValue.object(members).bytes()
        guard bytes.count <= DeskLimits.sourceColumnsBytes else {
            throw RowRejection(
                line: record.line, column: nil,
                reason: "has more than \(DeskLimits.sourceColumnsBytes) bytes in columns that the map does not name; "
                    + "list them in \"ignore\"")
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// What an earlier import kept.
    private func restored(of record: CSVRecord) throws(RowRejection) -> [String: JSONValue] {
        guard let join = map.restore else { return [:] }
        let text = try text(join, of: record)
        if text.isEmpty { return [:] }
        guard let json = try? JSONValue(parsing: text, sizeLimit: DeskLimits.sourceColumnsBytes),
            let members = json.objectValue
        else { throw rejection(record, join, "is not a JSON object of at most \(DeskLimits.sourceColumnsBytes) bytes") }
        return members
    }

    /// Copies of a file differ in the order of columns, in line ends and in encoding; none of that is in the digest.
    ///
    /// Nor is what the map ignores, or reads only in other states than the row's: logs fill such columns in later.
    func content(of record: CSVRecord, state: String?) -> [UInt8] {
        let unread = unread(in: state)
        var bytes: [UInt8] = []
        for column in digested where column.position < record.fields.count && !unread.contains(column.name) {
            bytes += column.name.utf8
            bytes.append(0)
            var last: UInt8 = 0
            for byte in record.fields[column.position].utf8 {
                if byte == UInt8(ascii: "\n"), last == UInt8(ascii: "\r") { bytes.removeLast() }
                bytes.append(byte)
                last = byte
            }
            bytes.append(0)
        }
        return Array(SHA256.hash(bytes).prefix(8))
    }

    private func unread(in state: String?) -> Set<String> {
        let unread = map.fields.filter { !($0.rule.states?.contains(state ?? "") ?? true) }
        guard !unread.isEmpty else { return [] }
        let read = map.columnUses(inState: state).flatMap(\.columns)
        return Set(unread.flatMap(\.rule.columns)).subtracting(read)
    }

    private func text(_ rule: ValueRule?, of record: CSVRecord) throws(RowRejection) -> String? {
        guard let rule, let value = try plainValue(rule, of: record) else { return nil }
        return value.textValue ?? value.json.intValue.map { String($0) }
    }

    private func integer(_ rule: ValueRule?, of record: CSVRecord) throws(RowRejection) -> Int64? {
        switch try rule.flatMap({ rule throws(RowRejection) in try plainValue(rule, of: record) }) {
        case .integer(let number), .time(let number): number
        default: nil
        }
    }

    private func unordered(_ record: CSVRecord, _ rule: ValueRule) -> RowRejection {
        RowRejection(
            line: record.line, column: rule.columns.first,
            reason: "is empty, so the row has no place in its ticket's order")
    }
}
