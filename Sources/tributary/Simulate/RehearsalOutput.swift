import Simulator

/// Says and writes what a rehearsal found out.
enum RehearsalOutput {
    static func write(_ outcome: RehearsalOutcome, _ invocation: Invocation) throws {
        if let path = invocation.text("json") {
            try OutputFile.write(OutcomeJSON.value(outcome).bytes(pretty: true) + [0x0A], to: path)
        }
        if let path = invocation.text("report") { try OutputFile.write(HTMLReport(outcome).bytes, to: path) }
        guard invocation.has("quiet") else {
            let text = TerminalView(outcome, isASCII: invocation.has("ascii")).text
            return Terminal.say(String(text.dropLast()))
        }
        for line in breaches(of: outcome) { Terminal.say(line) }
        if let breach = outcome.invariants.flatMap(\.breaches).map(\.at).min() {
            Terminal.say(RehearsalLines.again(outcome, until: breach + .seconds(1)))
        }
        Terminal.say(RehearsalLines.last(outcome))
    }

    private static func breaches(of outcome: RehearsalOutcome) -> [String] {
        outcome.invariants.filter { $0.finding == .broken }.flatMap { result in
            result.breaches.map { breach in
                "BROKEN \(result.number) \(result.name): \(breach.sites.joined(separator: ", ")) at "
                    + "\(DurationText.clock(breach.at)): \(breach.text)"
            }
        } + outcome.missing.map { "missing: \($0)" }
    }
}
