import Foundation
import Simulator
import Standards

/// `tributary simulate swarm`
enum SwarmCommand {
    static let command = Command(
        "swarm", "Looks for broken promises in many small rehearsals, each drawn from a seed",
        explanation: [
            "Each run first draws which kinds of faults there are and then how much, when and where, on some branches "
                + "of the province and a workload of its own. Every run is a scenario: where a promise breaks, its "
                + "file is written, and the line to repeat it is printed.",
            "One run in twenty is run twice, and the digests are compared.",
        ],
        options: [
            OptionRule("topology", "FILE", "the province", .required),
            OptionRule("runs", "N", "so many runs; 100 unless told otherwise"),
            OptionRule("minutes", "M", "ends after so long, however many runs there were"),
            OptionRule("seed", "S", "of the swarm; drawn from the clock when left out, and printed"),
            OptionRule("first", "I", "begins with the run of this number; 0 unless told otherwise"),
            OptionRule("work", "N", "so many times the usual work in each run, 1 to 100"),
            OptionRule("omit", "KINDS", "kinds of fault that no run is to have, as clonedDisk,failOver"),
            OptionRule("procedures", nil, "one run in three works by the whole standard of the province"),
            OptionRule("keep", "DIR", "where the scenarios of broken runs go; this folder unless told otherwise"),
            OptionRule("json", "OUT", "writes what came of all runs to a file"),
            OptionRule("quiet", nil, "no progress"),
        ],
        examples: ["tributary simulate swarm --topology Topology/ningxia.json --runs 500 --seed 0x5eed"],
        exits: RehearsalExits.all, action: run)

    private static let runsUsual = 100
    private static let runsMax = 10_000_000

    private static func run(_ invocation: Invocation) throws -> ExitCode {
        let path = try invocation.required("topology")
        let topology: Topology = try DocumentFile.read(
            path, "the topology", limit: Topology.sizeLimit, check: Topology.check)
        let seed = try SeedOption.read(invocation) ?? UInt64(Date().timeIntervalSince1970)
        let count = try invocation.integer("runs", in: 1...runsMax) ?? runsUsual
        let first = try invocation.integer("first", in: 0...runsMax) ?? 0
        let minutes = try invocation.integer("minutes", in: 1...10_000)
        if let out = invocation.text("json") { try OutputFile.check(out) }
        var frame = SwarmDraw.Frame(topology: path)
        if invocation.has("procedures") { frame.procedures = "Topology/standards/province" }
        frame.omitting = try omitted(invocation)
        frame.work = try invocation.integer("work", in: SwarmDraw.Frame.workRange).map { Int64($0) } ?? 1
        Terminal.say("swarm seed \(SeedText.text(seed))  runs \(count)  topology \(path)")
        let swarm = SwarmRunner(
            topology: topology, frame: frame, seed: seed, folder: invocation.text("keep") ?? ".",
            isQuiet: invocation.has("quiet"))
        try swarm.run(first..<(first + count), seconds: minutes.map { Double($0) * 60 })
        swarm.tidy()
        swarm.report()
        if let out = invocation.text("json") {
            try OutputFile.write(swarm.json.bytes(pretty: true) + [0x0A], to: out)
        }
        return RehearsalExits.code(swarm.verdict)
    }

    private static func omitted(_ invocation: Invocation) throws -> [FaultKind] {
        try (invocation.text("omit") ?? "").split(separator: ",").map { word in
            guard let kind = FaultKind(rawValue: String(word)) else {
                let nearest = NearestWord.nearest(to: String(word), among: FaultKind.allCases.map(\.rawValue))
                throw invocation.refusal(
                    "there is no kind of fault \(word)",
                    nearest.map { "write \($0)" } ?? "leave it out")
            }
            return kind
        }
    }
}
