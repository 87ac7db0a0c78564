import ServiceDesk
import Standards

/// `tributary import`
enum ImportCommand {
    /// Rejections and warnings that are told on the terminal; the report has them all.
    static let rejectionsShown = 20

    static let command = Command(
        "import", "Brings tickets in from a CSV or JSON Lines file of another system",
        explanation: [
            "A map says which column becomes which field; Topology/imports holds examples, and a README that teaches "
                + "them. --suggest proposes one from a file, --explain shows what a map would make of its first rows.",
            "Rows that cannot be taken are told by line, column and reason, and the rest goes in. Importing a file "
                + "again makes nothing twice: a ticket is known by its source and its number there. So after an "
                + "interruption, repeat the command.",
            "A file is read as UTF-8, or as its byte order mark says. GB18030 is read when --encoding or the map says "
                + "so, or when its characters are plainly Chinese; what is neither is refused and shown both ways.",
            "With --via each row goes to the branch that it belongs to.",
        ],
        parameters: [
            ParameterRule("FILE", "the file, or - for standard input; .gz is unpacked; records of up to 4 MiB")
        ],
        options: [
            OptionRule("map", "FILE", "the import map, a JSON file; needed except with --suggest"),
            OptionRule("encoding", "NAME", "utf-8, utf-16, utf-16le, utf-16be or gb18030; else what the map says"),
            OptionRule("format", "NAME", "csv or jsonl; else by the file's name"),
            OptionRule("report", "FILE", "writes what became of the rows, in JSON"),
            OptionRule("via", "DIR", "the data folder of a branch, for the rows that are its own", .repeated),
            OptionRule("explain", nil, "shows what the map makes of the first rows, and imports nothing"),
            OptionRule("suggest", nil, "proposes a map for the file, and imports nothing"),
            OptionRule("source", "NAME", "the source that a proposed map names"),
            OptionRule("home", "SITE", "the site that a proposed map names"),
        ] + NodeOptions.writing,
        examples: [
            "tributary import complaints.csv --suggest > map.json",
            "tributary import complaints.csv --map map.json --explain",
            "tributary import complaints.csv --map map.json --data yinchuan --report out.json",
            "tributary import events.csv.gz --map map.json --via yinchuan --via wuzhong",
        ],
        exits: [.done, .no, .usage, .unreachable, .refused], action: run)

    /// Reads a map.
    static func map(_ path: String) throws -> ImportMap {
        try DocumentFile.read(path, "the import map", limit: ImportMap.sizeLimit) {
            ImportMap.check($0, zones: SystemZones.lookup)
        }
    }

    private static func run(_ invocation: Invocation) throws -> ExitCode {
        let path = try invocation.requiredWord("FILE")
        let format = try invocation.choice("format", of: ["csv", "jsonl"])
        if invocation.has("suggest") {
            return try ImportPreview.suggest(try input(path, nil, format, invocation), path, invocation)
        }
        guard let mapPath = invocation.text("map") else {
            throw invocation.refusal("--map is missing", "give an import map, or --suggest")
        }
        let map = try map(mapPath)
        if invocation.has("explain") {
            let input = try input(path, map, format, invocation)
            return try ImportPreview.explain(input, fitted(map, to: input), invocation)
        }
        return try bring(path, map, format, invocation)
    }

    private static func input(
        _ path: String, _ map: ImportMap?, _ format: String?, _ invocation: Invocation
    ) throws -> ImportInput {
        var declared = map?.encoding
        if let word = invocation.text("encoding") {
            guard let encoding = TextEncoding(word) else {
                let known = TextEncoding.allCases.map(\.rawValue)
                throw invocation.refusal("--encoding is not known", WordHint.clause(for: word, among: known))
            }
            declared = encoding
        }
        return try ImportInput(path, declared: declared, format: format)
    }

    /// Cells of JSON Lines are never made harmless, so nothing is undone.
    private static func fitted(_ map: ImportMap, to input: ImportInput) -> ImportMap {
        var map = map
        map.isDefused = map.isDefused && !input.isJSONLines
        return map
    }

    /// The parser that a file needs.
    static func parser(_ input: ImportInput, _ map: ImportMap?) -> RecordParser {
        if input.isJSONLines { return .jsonLines(JSONLinesParser()) }
        let separator = map?.separator ?? UInt8(ascii: ",")
        return .csv(CSVParser(separator: separator, encoding: input.encoding.rawValue.uppercased()))
    }

    private static func bring(
        _ path: String, _ map: ImportMap, _ format: String?, _ invocation: Invocation
    ) throws -> ExitCode {
        let lanes = try ImportLanes(invocation, source: map.source)
        let input = try input(path, map, format, invocation)
        let progress = Progress("import", isInteractive: Terminal.isInteractive, clock: Environment.steadySeconds)
        let sorting = Progress("reading", isInteractive: Terminal.isInteractive, clock: Environment.steadySeconds)
        let map = fitted(map, to: input)
        var pump = ImportPump(map, parser: parser(input, map), lane: lanes.lane, deliver: lanes.deliver) {
            phase, count in
            if phase == .sending { progress.reached(count) } else if map.events != nil { sorting.reached(count) }
        }
        var failure: (any Error)?
        do {
            try pump.run(input.next)
        } catch {
            failure = error
        }
        progress.end()
        var tally = pump.tally
        if let remark = input.remark { tally.warn(ImportWarning(line: nil, column: nil, reason: remark)) }
        let json = tally.json(source: map.source, file: path)
        if let report = invocation.text("report") { try OutputFile.write(json.bytes(pretty: true), to: report) }
        if let failure {
            Terminal.note("import: stopped; so far \(tally.summary)")
            throw failure
        }
        if invocation.has("json") { JSONText.say(json) } else { say(tally) }
        return tally.rejected == 0 ? .done : .no
    }

    private static func say(_ tally: ImportTally) {
        say(tally.orderedWarnings.map(\.description), of: tally.warned, "warning: ")
        say(tally.orderedRejections.map(\.description), of: tally.rejected, "")
        Terminal.say(tally.summary)
    }

    private static func say(_ lines: [String], of count: Int, _ prefix: String) {
        for line in lines.prefix(rejectionsShown) { Terminal.say(prefix + PlainText.line(line)) }
        let more = count - rejectionsShown
        if more > 0 { Terminal.say("\(prefix)… and \(more) more; --report FILE lists them") }
    }
}
