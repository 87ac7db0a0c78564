import Simulator

/// A week of a whole province, rehearsed once for the measures that ask of it.
struct RehearsedWeek: Sendable {
    private static let topology = "Topology/sichuan.json"
    /// Monday, 1 June 2026 at midnight in Chengdu.
    private static let starts: Int64 = 1_780_243_200_000
    /// How long a poll is held: with a node's own 20 seconds most of a week is polls without news.
    static let pollHoldSeconds: Int64 = 300
    static let changesPerTicket: Int64 = 6

    let seconds: Double
    let peakMebibytes: Double
    /// Of the rehearsed time.
    let simulatedSeconds: Double
    /// What the databases of all sites hold in the end.
    let databaseMebibytes: Double

    init(_ scale: Scale, on ground: RehearsalGround) throws {
        try ground.take(Self.topology)
        let file = ground.file("week.json")
        try OutputFile.write(Self.scenario(scale).json.bytes(pretty: true), to: file)
        let (taken, found) = try ground.simulate(["run", file], "rehearse a week of Sichuan")
        guard let simulated = found["simulatedSeconds"]?.intValue, let sites = found["sites"]?.arrayValue else {
            throw CommandError(
                .no, "rehearse a week of Sichuan", reason: "its outcome lacks figures", remedy: "report this")
        }
        seconds = taken.seconds
        peakMebibytes = taken.peakMebibytes
        simulatedSeconds = Double(simulated)
        databaseMebibytes = Double(sites.reduce(0) { $0 + ($1["databaseBytes"]?.intValue ?? 0) }) / 1_048_576
    }

    private static func scenario(_ scale: Scale) -> Scenario {
        var scenario = Scenario(
            name: "A week of Sichuan", asks: "How long does it take?", topology: topology, seed: 0x51C4,
            starts: starts, lasts: .hours(Int64(scale.weekHours)))
        scenario.workload.ticketsPerDay = Int64(scale.weekTickets)
        scenario.workload.changesPerTicket = changesPerTicket
        scenario.exchange.pollHoldSeconds = pollHoldSeconds
        scenario.storage = .exact
        return scenario
    }
}
