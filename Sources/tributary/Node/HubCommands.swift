import Standards

/// `tributary hub …`
enum HubCommands {
    static let command = Command(
        "hub", "Makes, runs and rescues the provincial hub",
        examples: [
            "tributary hub init --data hub --topology Topology/ningxia.json", "tributary hub run --data hub",
        ],
        commands: [initialise, run] + StandbyCommands.commands + HubRescueCommands.commands + [HubClockCommand.command])

    static let data = OptionRule("data", "DIR", "the site's data folder", .required)
    static let listen = OptionRule("listen", "ADDR:PORT", "where it will listen; else 127.0.0.1 and a free port")
    static let untilEOF = OptionRule(
        "until-eof", nil, "stops at the end of standard input, so that it never outlives its parent", isHidden: true)

    private static let initialise = Command(
        "init", "Makes a hub's data folder: key, database, directory, standard pack",
        explanation: [
            "Every site of the topology is entered in the directory. Export the key afterwards with `hub key`: "
                + "without it a lost hub cannot be rebuilt."
        ],
        options: [
            data, OptionRule("topology", "FILE", "the province", .required),
            OptionRule(
                "standard", "PACK", "the standard pack, a file or folder; else standards/first.json beside the topology"
            ),
            listen,
            OptionRule("site", "SITE", "which site it is; else the topology's hub"),
        ],
        examples: ["tributary hub init --data hub --topology Topology/ningxia.json"], action: initialiseHub)

    private static let run = Command(
        "run", "Runs the hub until SIGTERM or Ctrl-C", options: [data, untilEOF],
        examples: ["tributary hub run --data hub"], exits: [.done, .usage, .refused]
    ) { invocation in
        try NodeCommands.run(
            role: .hub, data: try invocation.required("data"), endsWithInput: invocation.has("until-eof"))
    }

    private static func initialiseHub(_ invocation: Invocation) throws -> ExitCode {
        let path = try invocation.required("topology")
        let topology = try DocumentFile.read(
            path, "the topology", limit: Topology.sizeLimit, check: Topology.check)
        let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
        let packPath = invocation.text("standard") ?? folder + "standards/first.json"
        let standard = try PackInput(packPath)
        _ = try standard.whole()
        return try NodeCommands.initialiseHub(
            data: try invocation.required("data"), topology: topology,
            standard: standard.result.document, listen: invocation.text("listen"),
            site: invocation.text("site"))
    }
}
