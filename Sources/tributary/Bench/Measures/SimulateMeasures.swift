/// The simulator itself: how long one must wait for a rehearsal.
enum SimulateMeasures {
    static let week = Measure(
        name: "simulate",
        purpose: "seconds that a week of Sichuan takes to rehearse once on one core: 21 branches, 2,000 tickets a day "
            + "of 6 changes each, exact storage, polls held for 300 s; baseline: the week itself",
        unit: "s", budget: Budget(judged: .figure, better: .lower, must: 60, aim: 20)
    ) { bench in
        let week = try bench.week()
        return Outcome(figure: week.seconds, baseline: week.simulatedSeconds)
    }

    static let memory = Measure(
        name: "simulate-memory",
        purpose: "peak resident memory of that rehearsal; baseline: what the databases of its sites hold in the end",
        unit: "MiB", budget: Budget(judged: .figure, better: .lower, must: 1_024, aim: 512)
    ) { bench in
        let week = try bench.week()
        return Outcome(figure: week.peakMebibytes, baseline: week.databaseMebibytes)
    }

    static let runs = Measure(
        name: "simulate-runs",
        purpose: "small rehearsals of a swarm in Ningxia an hour on one core, one in 20 run twice and counted once; "
            + "baseline: how many there would be in their own time",
        unit: "runs/h", budget: Budget(judged: .figure, better: .higher, must: 5_000, aim: 10_000), run: runSwarm)

    private static let topology = "Topology/ningxia.json"
    private static let seed = "0x5eed"
    /// A run that breaks a promise is no measure of speed.
    private static let omitted = "clonedDisk,failOver,replacedMachine,restoredBackup"

    private static func runSwarm(_ bench: Bench) throws -> Outcome {
        let ground = try bench.rehearsals()
        try ground.take(topology)
        let arguments = [
            "swarm", "--topology", ground.file(topology), "--runs", String(bench.scale.swarmRuns), "--seed", seed,
            "--first", "1", "--keep", ground.file("."), "--omit", omitted,
        ]
        bench.note("\(bench.scale.swarmRuns) small rehearsals are drawn from seed \(seed) and run")
        let (taken, found) = try ground.simulate(arguments, "rehearse a swarm")
        guard let runs = found["runs"]?.intValue, let simulated = found["simulatedSeconds"]?.intValue, simulated > 0
        else {
            throw CommandError(.no, "rehearse a swarm", reason: "its outcome lacks figures", remedy: "report this")
        }
        return Outcome(
            figure: Double(runs) * 3_600 / taken.seconds, baseline: Double(runs) * 3_600 / Double(simulated))
    }
}
