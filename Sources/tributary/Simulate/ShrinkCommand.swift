import Foundation
import Simulator
import Standards

/// `tributary simulate shrink`
enum ShrinkCommand {
    static let command = Command(
        "shrink", "Makes a scenario that breaks a promise smaller, and tells its story",
        explanation: [
            "Leaves out faults, work, branches and time as long as the same invariant breaks under the same seed, "
                + "rounds the numbers that are left, writes the smallest scenario found, and says in words what "
                + "happens in it."
        ],
        parameters: [ParameterRule("FILE", "the scenario, a JSON file")],
        options: [
            OptionRule("seed", "S", "in place of the scenario's own"),
            OptionRule("seconds", "N", "stops looking after so long; 60 unless told otherwise"),
            OptionRule("out", "OUT.json", "where the smaller scenario goes; beside FILE unless told otherwise"),
        ],
        examples: ["tributary simulate shrink swarm-0x5eed-17.json --seconds 120"],
        exits: RehearsalExits.all, action: run)

    private static func run(_ invocation: Invocation) throws -> ExitCode {
        let path = try invocation.requiredWord("FILE")
        let scenario = try RehearsalFiles(path, seed: try SeedOption.read(invocation)).scenario
        let seconds = try invocation.integer("seconds", in: 1...86_400) ?? 60
        let out = invocation.text("out") ?? smaller(path)
        try OutputFile.check(out)
        let topology = try RehearsalFiles.topology(scenario.topology, beside: path)
        let outcome = try result(of: scenario, path, topology)
        guard let broken = outcome.invariants.first(where: { $0.finding == .broken }) else {
            Terminal.say("every promise holds: there is nothing to shrink")
            return .done
        }
        Terminal.say("invariant \(broken.number) (\(broken.name)) breaks; looking for \(seconds) s")
        let start = ProcessInfo.processInfo.systemUptime
        var shrinker = Shrinker(
            scenario, invariant: broken.number, topology: topology,
            run: { candidate in
                guard let outcome = try? result(of: candidate, path, topology) else { return nil }
                return Set(outcome.invariants.filter { $0.finding == .broken }.map(\.number))
            }, isTimeUp: { ProcessInfo.processInfo.systemUptime - start > Double(seconds) },
            say: { Terminal.note("  \($0)") })
        shrinker.shrink(breach: broken.isLiveness ? nil : broken.breaches.map(\.at).min())
        try OutputFile.write(shrinker.scenario.json.bytes(pretty: true) + [0x0A], to: out)
        let last = try result(of: shrinker.scenario, out, topology)
        Terminal.say("")
        Terminal.say(FailureStory(last, of: shrinker.scenario).text)
        Terminal.say("")
        Terminal.say("\(shrinker.runs) runs; the smallest is in \(out)")
        Terminal.say("tributary simulate replay \(out) --seed \(SeedText.text(shrinker.scenario.seed))")
        return RehearsalExits.code(last.verdict)
    }

    private static func result(of scenario: Scenario, _ path: String, _ topology: Topology) throws -> RehearsalOutcome {
        let files = RehearsalFiles(scenario, path: path, topology: topology)
        return try RehearsalRunner(files).run(seed: scenario.seed, isQuiet: true).0
    }

    private static func smaller(_ path: String) -> String {
        (path.hasSuffix(".json") ? String(path.dropLast(5)) : path) + "-small.json"
    }
}
