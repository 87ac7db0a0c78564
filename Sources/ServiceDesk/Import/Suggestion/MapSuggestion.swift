import Standards

/// Proposes an import map from a file's header and first records: a beginning that a person completes, which the check
/// of maps accepts as it is.
public struct MapSuggestion {
    /// Records that are looked at.
    public static let samplesMax = 500
    private static let nullWords = ["?", "NULL", "null", "N/A", "n/a", "-", "无"]

    private let header: [String]
    private let samples: [CSVRecord]
    /// What the proposal is not sure of.
    public private(set) var remarks: [String] = []
    /// The map, as its file would have it.
    public private(set) var map: [String: JSONValue] = ["format": 1]

    /// - Parameters:
    ///   - source: a name for where the file comes from.
    ///   - home: the site that its tickets would belong to.
    public init(header: CSVRecord, samples: [CSVRecord], source: String, home: String) {
        // order does not matter: a record's fields are a list
        self.header = header.fields.map(TextTrim.trim)
        self.samples = samples.filter { $0.fields.count == header.fields.count }
        map["source"] = .string(source)
        map["type"] = ["constant": "complaint"]
        map["home"] = ["constant": .string(home)]
        remarks.append("every row becomes a complaint of \(home): state the type, and the branch by a column")
        addNulls()
        let key = addKey()
        let times = timeColumns()
        let isLog = key.map(isRepeated) ?? false
        addFields(times)
        if isLog { addEvents(times) }
        let personal = ColumnWords.columns(ColumnWords.personal, in: self.header).sorted()
        if !personal.isEmpty { map["personal"] = .array(personal.map { .string(self.header[$0]) }) }
    }

    /// The cells of a column that hold something.
    private func cells(_ column: Int) -> [String] {
        samples.map { TextTrim.trim($0.fields[column]) }.filter { !$0.isEmpty && !Self.nullWords.contains($0) }
    }

    private mutating func addNulls() {
        let found = Self.nullWords.filter { word in
            samples.contains { record in record.fields.contains { TextTrim.trim($0) == word } }
        }
        if !found.isEmpty { map["null"] = .array(found.map(JSONValue.string)) }
    }

    /// A column named like a key that no record lacks; one whose cells differ in all records before others.
    private mutating func addKey() -> Int? {
        let named = ColumnWords.columns(ColumnWords.key, in: header).filter { cells($0).count == samples.count }
        let key = named.first { !isRepeated($0) } ?? named.first ?? header.firstIndex { !$0.isEmpty }
        guard let key else { return nil }
        map["key"] = ["columns": [.string(header[key])]]
        if named.isEmpty { remarks.append("no column is named like a ticket's number; the first was taken") }
        return key
    }

    private func isRepeated(_ column: Int) -> Bool {
        let cells = cells(column)
        return Set(cells).count < cells.count
    }

    private mutating func timeColumns() -> [(column: Int, pattern: DatePattern)] {
        var found: [(column: Int, pattern: DatePattern)] = []
        for column in header.indices where !header[column].isEmpty {
            let patterns = DateGuess.patterns(of: cells(column))
            guard let first = patterns.first else { continue }
            found.append((column, first))
            if patterns.count > 1, let second = patterns.dropFirst().first {
                remarks.append(
                    "\(Finding.quote(header[column])) also fits \(Finding.quote(second.text)): see which is meant")
            }
        }
        if !found.isEmpty { remarks.append("times are taken to be of the zone +08:00") }
        return found
    }

    private mutating func addFields(_ times: [(column: Int, pattern: DatePattern)]) {
        var fields: [String: JSONValue] = ["category": ["constant": "complaint-other"]]
        let timed = times.map(\.column)
        let subject = ColumnWords.columns(ColumnWords.subject, in: header).first { column in
            !timed.contains(column) && cells(column).count * 10 >= samples.count * 9
        }
        fields["subject"] =
            subject.map { column in
                let isFull = cells(column).count == samples.count
                return [
                    "column": .string(header[column]), isFull ? "required" : "otherwise": isFull ? true : "imported",
                ]
            } ?? ["constant": "imported"]
        if subject == nil { remarks.append("no column is named like a subject; give one") }
        if let opened = ColumnWords.columns(ColumnWords.opened, in: header).lazy.compactMap({ name in
            times.first { $0.column == name }
        }).first ?? times.first {
            fields["openedAt"] = rule(opened)
        }
        if let state = stateColumn() { fields["state"] = states(state) }
        map["fields"] = .object(fields)
    }

    private static func state(for cell: String) -> String? {
        ColumnWords.states.first { cell.lowercased().contains($0.word) }?.state
    }

    /// The column named like a state of whose values most are understood: `State` may also be a part of the country.
    private func stateColumn() -> Int? {
        let shares = ColumnWords.columns(ColumnWords.state, in: header).map { column in
            let values = Set(cells(column))
            return (column: column, known: values.count { Self.state(for: $0) != nil }, of: values.count)
        }
        return shares.filter { $0.known * 2 >= $0.of && $0.known > 0 }.max { $0.known < $1.known }?.column
    }

    private mutating func states(_ column: Int) -> JSONValue {
        var values: [String: JSONValue] = [:]
        let cells = Set(cells(column)).sorted()
        for cell in cells.prefix(50) { values[cell] = .string(Self.state(for: cell) ?? "acknowledged") }
        let unknown = cells.count { Self.state(for: $0) == nil }
        if unknown > 0 {
            remarks.append(
                "\(unknown) values of \(Finding.quote(header[column])) were not understood: see its \"values\"")
        }
        return ["column": .string(header[column]), "values": .object(values), "otherwise": "acknowledged"]
    }

    private mutating func addEvents(_ times: [(column: Int, pattern: DatePattern)]) {
        var events: [String: JSONValue] = [:]
        let version = ColumnWords.columns(ColumnWords.version, in: header).first { column in
            let cells = cells(column)
            return !cells.isEmpty && cells.allSatisfy { Int64($0) != nil }
        }
        if let version { events["version"] = ["column": .string(header[version]), "kind": "integer"] }
        let updated = ColumnWords.columns(ColumnWords.updated, in: header)
        if let time = times.first(where: { updated.contains($0.column) }) ?? times.last { events["time"] = rule(time) }
        if let actor = ColumnWords.columns(ColumnWords.actor, in: header).first {
            events["actor"] = ["column": .string(header[actor])]
        }
        guard version != nil || !times.isEmpty else {
            remarks.append("ticket numbers repeat, but no column puts the rows of one in order")
            return
        }
        map["events"] = .object(events)
        remarks.append("ticket numbers repeat: the file was taken for an event log, a row a state")
    }

    private func rule(_ time: (column: Int, pattern: DatePattern)) -> JSONValue {
        var rule: [String: JSONValue] = ["column": .string(header[time.column]), "format": .string(time.pattern.text)]
        if !time.pattern.statesOffset { rule["zone"] = "+08:00" }
        return .object(rule)
    }
}
