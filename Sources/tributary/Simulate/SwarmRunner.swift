import Foundation
import Simulator
import Standards

/// Runs a swarm, keeps what broke, and counts.
final class SwarmRunner {
    /// Every so many runs one is run twice.
    private static let runsBetweenPairs = 20
    /// Scenarios of broken runs that are written; more are only counted.
    private static let keptMax = 20

    private let topology: Topology
    private let frame: SwarmDraw.Frame
    private let seed: UInt64
    private let folder: String
    private let isQuiet: Bool
    private let start = ProcessInfo.processInfo.systemUptime
    private var lastSaid = 0.0
    private var runs = 0
    private var changes: Int64 = 0
    private var simulated = VirtualTime.zero
    private var events: UInt64 = 0
    private var marks: [String: Int64] = [:]
    private var exercised: [Int: Int64] = [:]
    private var verdicts: [RehearsalVerdict: Int] = [:]
    private var kept = 0
    /// Of several swarms that keep in one folder each has its own.
    private var underWay: String?

    /// - Parameter frame: what the runs have in common; it names the file of `topology`.
    init(topology: Topology, frame: SwarmDraw.Frame, seed: UInt64, folder: String, isQuiet: Bool) {
        self.topology = topology
        self.frame = frame
        self.seed = seed
        self.folder = folder
        self.isQuiet = isQuiet
    }

    private var seconds: Double { ProcessInfo.processInfo.systemUptime - start }

    func run(_ numbers: Range<Int>, seconds limit: Double?) throws {
        for number in numbers {
            if let limit, seconds > limit { return }
            let scenario = SwarmDraw.scenario(number, seed: seed, in: topology, frame)
            try noteUnderWay(scenario, number)
            let files = RehearsalFiles(scenario, path: frame.topology, topology: topology)
            let runner = RehearsalRunner(files)
            var outcome = try runner.run(seed: scenario.seed, isQuiet: true).outcome
            if number % Self.runsBetweenPairs == 0 {
                let again = try runner.run(seed: scenario.seed, isQuiet: true).0
                if again.digest != outcome.digest { outcome.verdict = .nonDeterministic }
            }
            count(outcome)
            if outcome.verdict != .held { try keep(scenario, number, outcome) }
            progress(numbers)
        }
    }

    /// The file of a run that is under way. Other swarms may keep in the same folder, of the same seed too.
    static func nameUnderWay(_ seed: UInt64, _ number: Int) -> String {
        "swarm-\(SeedText.text(seed))-\(number)-under-way.json"
    }

    /// Nothing is under way any longer.
    func tidy() {
        if let underWay { try? FileManager.default.removeItem(atPath: underWay) }
    }

    /// A run that ends the program would leave nothing behind: the scenario that is under way has a file.
    private func noteUnderWay(_ scenario: Scenario, _ number: Int) throws {
        tidy()
        let file = "\(folder)/\(Self.nameUnderWay(seed, number))"
        try OutputFile.write(scenario.json.bytes(pretty: true) + [0x0A], to: file)
        underWay = file
    }

    private func count(_ outcome: RehearsalOutcome) {
        runs += 1
        changes += outcome.changes
        simulated += outcome.simulated
        events += outcome.events
        verdicts[outcome.verdict, default: 0] += 1
        for mark in outcome.marks { marks[mark.name, default: 0] += mark.count }
        // What waits for a feature cannot be tried.
        for result in outcome.invariants where result.waitsFor == nil {
            exercised[result.number, default: 0] += result.checked
        }
    }

    private func keep(_ scenario: Scenario, _ number: Int, _ outcome: RehearsalOutcome) throws {
        guard kept < Self.keptMax else { return }
        kept += 1
        let file = "\(folder)/swarm-\(SeedText.text(seed))-\(number).json"
        try OutputFile.write(scenario.json.bytes(pretty: true) + [0x0A], to: file)
        let broken = outcome.invariants.filter { $0.finding == .broken }
        for result in broken {
            let words = result.breaches.first?.text ?? ""
            Terminal.say("run \(number): \(outcome.verdict.rawValue): \(result.number) \(result.name): \(words)")
        }
        if broken.isEmpty { Terminal.say("run \(number): \(outcome.verdict.rawValue)") }
        Terminal.say("  tributary simulate replay \(file) --seed \(SeedText.text(scenario.seed))")
    }

    private func progress(_ numbers: Range<Int>) {
        guard !isQuiet, seconds - lastSaid > (Terminal.isInteractive ? 0.3 : 10) else { return }
        lastSaid = seconds
        let rate = Int(Double(runs) * 3_600 / seconds)
        let line = "\(runs) of \(numbers.count) runs, \(changes) changes, \(rate) runs an hour"
        if Terminal.isInteractive { Terminal.mark("\r\u{1B}[K\(line)") } else { Terminal.note(line) }
    }

    /// So many runs are enough to have met everything rare.
    private static let runsEnough = 30

    /// Whether something never happened that such a swarm is made for.
    private var isUntried: Bool {
        runs >= Self.runsEnough && (marks.values.contains(0) || !exercisedNever.isEmpty)
    }

    private var exercisedNever: [Int] { exercised.filter { $0.value == 0 }.keys.sorted() }

    /// The worst of all runs; inconclusive, too, if they never tried what they were made for.
    var verdict: RehearsalVerdict {
        let order: [RehearsalVerdict] = [
            .nonDeterministic, .safetyBroken, .livenessBroken, .inconclusive, .expectationMissed,
        ]
        return order.first { verdicts[$0] != nil } ?? (isUntried ? .inconclusive : .held)
    }

    func report() {
        if Terminal.isInteractive, lastSaid > 0 { Terminal.mark("\r\u{1B}[K") }
        for (name, count) in marks.sorted(by: { $0.key < $1.key }) { Terminal.say("\(name): \(count)") }
        let idle = exercisedNever
        if !idle.isEmpty {
            Terminal.say("never put to the test: \(idle.map(String.init).joined(separator: ", "))")
        }
        let rate = seconds > 0 ? Int(Double(runs) * 3_600 / seconds) : 0
        Terminal.say(
            "\(runs) runs  \(changes) changes  \(events) events  "
                + RehearsalVerdict.allCases.compactMap { verdict in
                    verdicts[verdict].map { "\(verdict.rawValue) \($0)" }
                }.joined(separator: "  ") + "  \(rate) runs an hour")
    }

    var json: JSONValue {
        [
            "seed": .string(SeedText.text(seed)), "runs": .integer(Int64(runs)), "changes": .integer(changes),
            "events": .integer(Int64(events)), "simulatedSeconds": .integer(simulated.seconds),
            "verdict": .string(verdict.rawValue),
            "verdicts": .object(
                Dictionary(
                    uniqueKeysWithValues: verdicts.sorted { $0.key.rawValue < $1.key.rawValue }
                        .map { ($0.key.rawValue, JSONValue.integer(Int64($0.value))) })),
            "marks": .object(marks.mapValues { .integer($0) }),
            "checked": .object(
                Dictionary(
                    uniqueKeysWithValues: exercised.sorted { $0.key < $1.key }
                        .map { (String($0.key), JSONValue.integer($0.value)) })),
        ]
    }
}
