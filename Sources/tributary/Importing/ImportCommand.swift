import ServiceDesk
import Standards

/// `tributary import`
enum ImportCommand {
    /// Rejections that are told on the terminal; the report has them all.
    static let rejectionsShown = 20

    static let command = Command(
        "import", "Brings tickets in from a CSV file of another system",
        explanation: [
            "A map says which column becomes which field; Topology/imports holds examples. Rows that cannot be taken "
                + "are told by line, column and reason, and the rest goes in.",
            "Importing a file again makes nothing twice: a ticket is known by its source and its number there. So "
                + "after an interruption, repeat the command.",
        ],
        parameters: [ParameterRule("FILE", "the CSV file, UTF-8, its records of up to 4 MiB")],
        options: [
            OptionRule("map", "FILE", "the import map, a JSON file", .required),
            OptionRule("report", "FILE", "writes what became of the rows, in JSON"),
        ] + NodeOptions.writing,
        examples: [
            "tributary import complaints.csv --map Topology/imports/comcast.json --data yinchuan --report out.json"
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
        let map = try map(try invocation.required("map"))
        let request = ImportRequest(client: try NodeOptions.client(invocation), source: map.source)
        let file = try InputFile(path)
        let progress = Progress(
            "import", isInteractive: Terminal.isInteractive, clock: Environment.steadySeconds)
        var pump = ImportPump(
            map, lane: { _ in "" }, deliver: { _, rows in try request.send(rows) }, onProgress: progress.reached)
        do {
            try pump.run(file.next)
        } catch {
            progress.end()
            Terminal.note("import: stopped; so far \(pump.tally.summary)")
            throw error
        }
        progress.end()
        let json = pump.tally.json(source: map.source, file: path)
        if let report = invocation.text("report") { try OutputFile.write(json.bytes(pretty: true), to: report) }
        if invocation.has("json") { JSONText.say(json) } else { say(pump.tally) }
        return pump.tally.rejected == 0 ? .done : .no
    }

    private static func say(_ tally: ImportTally) {
        for rejection in tally.orderedRejections.prefix(rejectionsShown) {
            Terminal.say(PlainText.line(rejection.description))
        }
        let more = tally.rejected - rejectionsShown
        if more > 0 { Terminal.say("… and \(more) more; --report FILE lists them") }
        Terminal.say(tally.summary)
    }
}
