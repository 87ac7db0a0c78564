import Simulator

/// How long a province takes to become level after its hub has been away, in rehearsed time: what a hub and its lines
/// could do at best is what the hub needs to admit all of it.
enum CatchUpMeasure {
    static let measure = Measure(
        name: "catch-up",
        purpose: "rehearsed seconds until all 21 branches of Sichuan are level again after eight hours without the "
            + "hub, 10,000 changes each; baseline: what the hub takes to admit those changes back to back",
        unit: "s", budget: Budget(judged: .ratio, better: .lower, must: 3, aim: 1.5), run: run)

    private static let topology = "Topology/sichuan.json"
    /// Monday, 1 June 2026 at midnight in Chengdu.
    private static let starts: Int64 = 1_780_243_200_000

    private static func run(_ bench: Bench) throws -> Outcome {
        let ground = try bench.rehearsals()
        try ground.take(topology)
        let file = ground.file("catch-up.json")
        try OutputFile.write(scenario(bench.scale).json.bytes(pretty: true), to: file)
        bench.note("eight hours without the hub are rehearsed, \(bench.scale.catchUpRows) changes at each branch")
        let what = "rehearse the hub's absence"
        let (_, found) = try ground.simulate(["run", file], what)
        guard let changes = found["changes"]?.intValue, let heals = found["heals"]?.arrayValue, !heals.isEmpty else {
            throw CommandError(.no, what, reason: "its outcome lacks figures", remedy: "report this")
        }
        let slowest = try heals.map { heal in
            guard let microseconds = heal["levelAfterMicroseconds"]?.intValue else {
                throw CommandError(.no, what, reason: "a site was never level again", remedy: "report this")
            }
            return Double(microseconds) / 1e6
        }.max()
        let hub = Double(changes) * Double(Calibration.builtIn.changeNanoseconds) / 1e9
        return Outcome(figure: slowest ?? 0, baseline: hub)
    }

    private static func scenario(_ scale: Scale) -> Scenario {
        var scenario = Scenario(
            name: "All of Sichuan is away for eight hours", asks: "How soon is it level again?", topology: topology,
            seed: 0x51C8, starts: starts, lasts: .hours(14))
        // The changes are those that every branch takes in at once while the hub is away.
        scenario.workload.ticketsPerDay = 1
        scenario.exchange.pollHoldSeconds = RehearsedWeek.pollHoldSeconds
        scenario.storage = .exact
        scenario.faults = [
            ScheduledFault(.hubIsolated, at: .hours(4), lasts: .hours(8)),
            ScheduledFault(.bulkImport, at: .hours(6), numbers: ["rows": Int64(scale.catchUpRows)]),
        ]
        return scenario
    }
}
