import Glibc
import SQLite
import Standards

/// `tributary bench`
enum BenchCommand {
    private static let ticketsMax = 1_000_000

    static let command = Command(
        "bench", "Measures this machine's Tributary against plain SQLite doing the same work",
        explanation: [
            "Every measure has a baseline of its own, taken in the same run: bare inserts, updates or scans of the "
                + "same rows in a table with the same indexes. Baseline and measure take turns after a warm-up; shown "
                + "are the medians, and the median of the ratios.",
            "must is the budget, aim is what is hoped for. Only an optimised build counts: ops/bench makes one and "
                + "runs it.",
            "--calibration writes the time that this machine's processor takes for a request, for each change in it, "
                + "for an answer and for each entry of it, with the day and words about the machine. A scenario that "
                + "names the file in hub.calibration rehearses with a hub as fast as this one; measure the machine "
                + "that is to be the hub, left alone meanwhile.",
            "measures: "
                + Bench.measures.map { "\($0.name), \($0.purpose)" }.joined(separator: "; ") + ".",
        ],
        parameters: [
            ParameterRule("NAME", "what to measure; all when left out", isOptional: true, isRepeated: true)
        ],
        options: [
            OptionRule("json", "FILE", "writes the result in JSON"),
            OptionRule("quick", nil, "does very little: shows that everything runs, and its figures say nothing"),
            OptionRule(
                "calibration", "OUT", "measures nothing but how long this machine's hub takes, for rehearsals"),
            OptionRule("tickets", "N", "how many tickets; else 100,000"),
            OptionRule("rounds", "N", "how many rounds count; else 5"),
            OptionRule("data", "DIR", "works here, on the disk that is to be measured; a new folder"),
            OptionRule("debug-build", nil, "runs although this build is not optimised"),
            OptionRule("program", "FILE", "what the sites' processes run", isHidden: true),
        ],
        examples: [
            "tributary bench", "tributary bench record admit-new --json bench.json",
            "tributary bench --calibration this-hub.json",
        ],
        exits: [.done, .no, .usage], action: run)

    private static func run(_ invocation: Invocation) throws -> ExitCode {
        let measures = try chosen(invocation)
        let scale = try scale(invocation)
        guard isOptimised || invocation.has("debug-build") else {
            throw CommandError.usage(
                "this is a debug build, whose figures say nothing",
                "type ops/bench, or add --debug-build to see it run")
        }
        // The baselines speak with the library itself, which must not begin before ours has set it up.
        Database.setUpLibrary()
        let program = try invocation.text("program") ?? TrialFiles.program()
        let folder = try ScratchFolder(kept: invocation.text("data"))
        defer { folder.remove() }
        let bench = Bench(scale, in: folder, program: program) { Terminal.note($0) }
        defer { bench.close() }
        if let path = invocation.text("calibration") {
            try calibrate(bench, to: path)
            if scale == .quick { Terminal.note(Self.quickNote) }
            return .done
        }
        let report = try report(measures, bench)
        for line in report.lines { Terminal.say(line) }
        if let path = invocation.text("json") { try OutputFile.write(report.json.bytes(pretty: true), to: path) }
        if scale == .quick { Terminal.note(Self.quickNote) }
        return report.allMet ? .done : .no
    }

    private static let quickNote = "these figures say nothing: --quick does too little to measure"

    /// Measures the hub and writes what a rehearsal reads.
    private static func calibrate(_ bench: Bench, to path: String) throws {
        let calibration = try HubTimes(bench).calibration(date: Machine.today, machine: Machine.words)
        try OutputFile.write(calibration.json.bytes(pretty: true) + [0x0A], to: path)
        Terminal.say(
            "request \(calibration.requestNanoseconds) ns  change \(calibration.changeNanoseconds) ns  "
                + "answer \(calibration.answerNanoseconds) ns  entry \(calibration.entryNanoseconds) ns  "
                + "\(calibration.machine)")
        Terminal.say("a scenario rehearses with it by \"hub\": {\"calibration\": \"\(path)\"}")
    }

    /// Runs the measures one after the other.
    static func report(_ measures: [Measure], _ bench: Bench) throws -> BenchReport {
        BenchReport(
            measurements: try measures.map { measure in
                bench.note("\(measure.name) …")
                let start = Environment.steadySeconds()
                let measurement = Measurement(measure, try measure.run(bench))
                bench.note("\(measure.name) took \(Seconds.text(Environment.steadySeconds() - start)) s")
                return measurement
            })
    }

    private static func chosen(_ invocation: Invocation) throws -> [Measure] {
        let names = invocation.words("NAME")
        guard names.isEmpty || !invocation.has("calibration") else {
            throw invocation.refusal("--calibration measures the hub alone", "leave out the names, or the option")
        }
        for name in names where !Bench.measures.contains(where: { $0.name == name }) {
            throw invocation.refusal(
                "there is no measure `\(name)`", WordHint.clause(for: name, among: Bench.measures.map(\.name)))
        }
        return Bench.measures.filter { names.isEmpty || names.contains($0.name) }
    }

    private static func scale(_ invocation: Invocation) throws -> Scale {
        var scale = invocation.has("quick") ? Scale.quick : Scale.full
        if let tickets = try invocation.integer("tickets", in: 10...ticketsMax) { scale.tickets = tickets }
        if let rounds = try invocation.integer("rounds", in: 1...100) { scale.rounds = rounds }
        return scale
    }

    private static var isOptimised: Bool {
        #if DEBUG
            false
        #else
            true
        #endif
    }
}
