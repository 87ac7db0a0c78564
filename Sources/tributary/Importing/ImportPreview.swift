import ServiceDesk
import Standards

/// `tributary import --explain` and `--suggest`: a look at a file that brings nothing in.
enum ImportPreview {
    /// Records that are explained.
    static let rowsExplained = 5
    private static let mask = "•••"

    /// Says what a map makes of the first rows. Cells of columns that the map calls personal are not shown.
    static func explain(_ input: ImportInput, _ map: ImportMap, _ invocation: Invocation) throws -> ExitCode {
        let items = try first(rowsExplained + 1, of: input, map)
        guard case .record(let head)? = items.first else {
            throw CommandError(
                .usage, "read \(input.name)", reason: "its first line cannot be read", remedy: "give another file")
        }
        let (mapper, findings) = RowMapper.make(map, first: head)
        guard let mapper else {
            throw CommandError(
                .usage, "explain the map", reason: "it does not fit the file", remedy: "correct the map or the file",
                details: findings.map(\.description))
        }
        if let remark = input.remark { Terminal.note("the file \(remark)") }
        let rows = items.dropFirst(map.hasHeader ? 1 : 0).prefix(rowsExplained).map { explained($0, mapper, map) }
        if invocation.has("json") {
            JSONText.say(["encoding": .string(input.encoding.rawValue), "rows": .array(rows)])
        } else {
            for row in rows { say(row) }
        }
        return .done
    }

    private static func explained(_ item: CSVItem, _ mapper: RowMapper, _ map: ImportMap) -> JSONValue {
        switch item {
        case .blank(let line): return ["line": .integer(Int64(line)), "rejected": "the record is a blank line"]
        case .rejected(let rejection): return rejected(rejection)
        case .record(let record):
            switch mapper.map(record) {
            case .failure(let rejection): return rejected(rejection)
            case .success(let row): return explained(row, map)
            }
        }
    }

    private static func rejected(_ rejection: RowRejection) -> JSONValue {
        ["line": .integer(Int64(rejection.line)), "rejected": .string(rejection.description)]
    }

    private static func explained(_ row: ImportRow, _ map: ImportMap) -> JSONValue {
        let personal = Set(map.personal)
        func shown(_ rule: ValueRule?, _ value: JSONValue) -> JSONValue {
            personal.isDisjoint(with: rule?.columns ?? []) ? value : .string(mask)
        }
        var members: [String: JSONValue] = [
            "line": .integer(Int64(row.line)), "type": .string(row.type), "home": .string(row.home),
            "key": personal.isDisjoint(with: map.key.columns) ? .string(row.key) : .string(mask),
        ]
        var fields: [String: JSONValue] = [:]
        for field in map.fields { fields[field.name] = row.fields[field.name].map { shown(field.rule, text(of: $0)) } }
        members["fields"] = .object(fields)
        let hidesRestored = !personal.isDisjoint(with: map.restore?.columns ?? [])
        if hidesRestored, row.kept != nil {
            members["kept"] = .string(mask)
        } else if let kept = row.kept,
            let columns = try? JSONValue(parsing: kept, sizeLimit: kept.utf8.count).objectValue
        {
            members["kept"] = .object(
                Dictionary(
                    uniqueKeysWithValues: columns.map { ($0.key, personal.contains($0.key) ? .string(mask) : $0.value) }
                ))
        }
        if let event = row.event {
            var shownEvent: [String: JSONValue] = [:]
            shownEvent["version"] = event.version.map { .integer($0) }
            shownEvent["time"] = event.time.map { text(of: .time($0)) }
            shownEvent["actor"] = event.actor.map { shown(map.events?.actor, .string($0)) }
            shownEvent["note"] = event.note.map { shown(map.events?.note, .string($0)) }
            members["event"] = .object(shownEvent)
        }
        if let customer = row.customer {
            members["customer"] = [
                "name": shown(map.customer?.name, .string(customer.name)),
                "phone": shown(map.customer?.phone, .string(customer.phone)),
            ]
        }
        if !row.warnings.isEmpty { members["warnings"] = .array(row.warnings.map { .string($0.description) }) }
        return .object(members)
    }

    private static func text(of value: ImportValue) -> JSONValue {
        if case .time(let milliseconds) = value { .string(InstantText.utc(milliseconds)) } else { value.json }
    }

    private static func say(_ row: JSONValue) {
        guard let members = row.objectValue else { return }
        let line = members["line"]?.intValue ?? 0
        if let reason = members["rejected"]?.stringValue {
            Terminal.say("rejected: " + PlainText.line(reason))
            return
        }
        Terminal.say("line \(line):")
        for (name, value) in members.sorted(by: { $0.key < $1.key }) where name != "line" {
            for (path, text) in flat(name, value) {
                Terminal.say("  \(path): \(PlainText.cut(PlainText.line(text), to: 90))")
            }
        }
    }

    private static func flat(_ name: String, _ value: JSONValue) -> [(String, String)] {
        if let members = value.objectValue {
            return members.sorted { $0.key < $1.key }.flatMap { flat("\(name).\($0.key)", $0.value) }
        }
        return [(name, value.stringValue ?? String(decoding: value.bytes(), as: UTF8.self))]
    }

    /// Proposes a map on standard output and says on standard error what it is not sure of.
    static func suggest(_ input: ImportInput, _ path: String, _ invocation: Invocation) throws -> ExitCode {
        let records = try first(MapSuggestion.samplesMax + 1, of: input, nil).compactMap { item in
            if case .record(let record) = item { record } else { nil }
        }
        guard let header = records.first else {
            throw CommandError(.usage, "read \(input.name)", reason: "it has no header", remedy: "give another file")
        }
        let suggestion = MapSuggestion(
            header: header, samples: Array(records.dropFirst()), source: invocation.text("source") ?? "other-desk",
            home: invocation.text("home") ?? "nx-branch")
        var map = suggestion.map
        if input.encoding != .utf8 { map["encoding"] = .string(input.encoding.rawValue) }
        Terminal.say(String(decoding: JSONValue.object(map).bytes(pretty: true), as: UTF8.self))
        for remark in suggestion.remarks { Terminal.note("see to it: " + PlainText.line(remark)) }
        return .done
    }

    /// The first items of a file, its header among them.
    private static func first(_ count: Int, of input: ImportInput, _ map: ImportMap?) throws -> [CSVItem] {
        var parser = ImportCommand.parser(input, map)
        var items: [CSVItem] = []
        while items.count < count {
            let piece = try input.next()
            items += piece.isEmpty ? parser.finish() : parser.feed(piece)
            // Blank lines before the first record are nobody's.
            items = Array(items.drop { if case .blank = $0 { true } else { false } })
            if piece.isEmpty { break }
        }
        return items
    }
}
