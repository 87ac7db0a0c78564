import Foundation
import Simulator
import Standards

/// `tributary simulate run`
enum RunCommand {
    static let command = Command(
        "run", "Rehearses a scenario and says whether every promise held",
        explanation: [
            "A scenario names a province, what people do, what goes wrong and what is expected; Simulations/ holds "
                + "some, and its README says how to write one. The code under test is the code that nodes run; disks, "
                + "lines, clocks and people are simulated, so a month takes seconds and the same seed gives the same "
                + "month.",
            "The last line is a digest over all that happened: two runs of one seed that differ in it have found a "
                + "bug.",
        ],
        parameters: [ParameterRule("FILE", "the scenario, a JSON file")],
        options: [
            OptionRule("seed", "S", "in place of the scenario's own; decimal, or hexadecimal as 0x5eed"),
            OptionRule("json", "OUT", "writes everything that was found out to a file"),
            OptionRule("report", "OUT.html", "writes a page to read and to print"),
            OptionRule(
                "twice", nil, "runs it a second time in a process of its own, with other hash seeds, and compares"),
            OptionRule("ascii", nil, "draws with plain letters"),
            OptionRule("quiet", nil, "says the verdict only"),
            OptionRule("travelled", nil, "a digest over all that arrived on the lines", isHidden: true),
            OptionRule("checkpoints", "OUT", "the digest every 1,024 events", isHidden: true),
        ],
        examples: [
            "tributary simulate run Simulations/fibre-cut-on-the-first.json --report rehearsal.html",
            "tributary simulate run Simulations/everyday-week.json --seed 7 --json week.json",
        ],
        exits: RehearsalExits.all, action: run)

    private static func run(_ invocation: Invocation) throws -> ExitCode {
        let files = try RehearsalFiles(try invocation.requiredWord("FILE"), seed: try SeedOption.read(invocation))
        for option in ["json", "report", "checkpoints"] {
            if let path = invocation.text(option) { try OutputFile.check(path) }
        }
        let seed = files.scenario.seed
        Terminal.say(RehearsalLines.first(files, seed))
        let runner = RehearsalRunner(files)
        var (outcome, checkpoints, travelled) = try runner.run(seed: seed)
        if invocation.has("twice"), let place = try runner.differs(checkpoints, outcome, seed: seed) {
            outcome.verdict = .nonDeterministic
            Terminal.note("two runs of one seed differ, first between events \(place)")
        }
        if let path = invocation.text("checkpoints") {
            let lines = checkpoints.map { String($0, radix: 16) } + [outcome.digest]
            try OutputFile.write(Array(lines.joined(separator: "\n").utf8), to: path)
        }
        if invocation.has("travelled") { Terminal.say("travelled \(travelled)") }
        try RehearsalOutput.write(outcome, invocation)
        return RehearsalExits.code(outcome.verdict)
    }
}
