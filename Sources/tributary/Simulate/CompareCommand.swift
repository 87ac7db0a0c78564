import Simulator
import Standards

/// `tributary simulate compare`
enum CompareCommand {
    static let command = Command(
        "compare", "Lays two rehearsals side by side: what if the satellite link were 2 Mbit/s?",
        explanation: ["Takes what `simulate run --json` wrote."],
        parameters: [
            ParameterRule("A", "what came of one run, a JSON file"), ParameterRule("B", "what came of another"),
        ],
        options: [
            NodeOptions.json, OptionRule("report", "OUT.html", "writes a page to read and to print"),
        ],
        examples: ["tributary simulate compare before.json after.json"], action: run)

    private static func run(_ invocation: Invocation) throws -> ExitCode {
        let comparison = Comparison(
            try outcome(try invocation.requiredWord("A")), try outcome(try invocation.requiredWord("B")))
        if let path = invocation.text("report") { try OutputFile.write(comparison.html, to: path) }
        if invocation.has("json") { JSONText.say(comparison.json) } else { Terminal.say(comparison.text) }
        return .done
    }

    private static func outcome(_ path: String) throws -> RehearsalOutcome {
        let bytes = try InputFile.bytes(path, limit: RehearsalOutcome.fileBytesMax)
        do {
            return try RehearsalOutcome(json: try JSONValue(parsing: bytes, sizeLimit: RehearsalOutcome.fileBytesMax))
        } catch {
            throw CommandError(
                .usage, "use \(path)", reason: "it is not what a rehearsal wrote (\(error))",
                remedy: "write one with `tributary simulate run FILE --json OUT`")
        }
    }
}
