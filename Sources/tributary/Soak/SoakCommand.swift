import Glibc

/// `tributary soak`
enum SoakCommand {
    private static let defaultSeed = 20_261_122
    /// A tenth of a minute shows nothing; beyond a week nobody waits.
    private static let minutes = 0.2...10_080.0
    private static let ratesMax = 1_000

    static let command = Command(
        "soak", "Runs a province under load, cuts and kills, and checks what grows",
        explanation: [
            "It starts a whole province on this machine, every site a process of its own, lets clerks work everywhere, "
                + "and all the time cuts lines, loses replies, slows lines, and kills nodes and the hub. At the end "
                + "everything is mended; then every acknowledged write must be at the hub once, all must agree, and "
                + "memory, descriptors, threads, the write-ahead log, the disk and the logs must have stayed within "
                + "named bounds.",
            "The seed, which is printed first, fixes what is done when and what fails when.",
        ],
        options: [
            OptionRule("minutes", "N", "how long the load lasts, such as 10 or 0.5", .required),
            OptionRule("seed", "N", "another schedule"),
            OptionRule("rate", "N", "steps a second over the province; else \(SoakSettings.usualRate)"),
            OptionRule("topology", "FILE", "the province; else Topology/ningxia.json"),
            OptionRule("data", "DIR", "keeps the sites' data here; a new folder"),
            OptionRule("json", "FILE", "writes the result and every sample in JSON"),
            OptionRule("program", "FILE", "what the sites' processes run", isHidden: true),
        ],
        examples: ["tributary soak --minutes 10", "tributary soak --minutes 0.5 --seed 7 --json soak.json"],
        exits: [.done, .no, .usage, .interrupted], action: run)

    private static func run(_ invocation: Invocation) throws -> ExitCode {
        let settings = SoakSettings(
            seconds: try length(invocation) * 60,
            seed: UInt64(try invocation.integer("seed", in: 0...Int(Int32.max)) ?? defaultSeed),
            rate: Double(try invocation.integer("rate", in: 1...ratesMax) ?? SoakSettings.usualRate),
            run: String(getpid()))
        let program = try invocation.text("program") ?? TrialFiles.program()
        let topology = try invocation.text("topology") ?? TrialFiles.defaultTopology(program: program)
        let folder = try ScratchFolder(kept: invocation.text("data"), prefix: "tributary-soak")
        let province: Province
        do {
            province = try Province(topologyPath: topology, in: folder, program: program)
        } catch {
            folder.remove()
            throw error
        }
        let interruption = Interruption()
        let signals = Signals {
            guard let code = interruption.take() else { return }
            province.stop()
            folder.remove()
            exit(code.rawValue)
        }
        return try withExtendedLifetime(signals) {
            let soak = Soak(province, settings) { line in
                if !interruption.isTaken { Terminal.say(line) }
            }
            return try run(soak, in: folder, interruption, json: invocation.text("json"))
        }
    }

    private static func run(
        _ soak: Soak, in folder: ScratchFolder, _ interruption: Interruption, json: String?
    ) throws -> ExitCode {
        let settings = soak.settings
        Terminal.say(
            "seed \(settings.seed): \(soak.province.sites.count) sites, \(Int(settings.seconds)) s, "
                + "\(Int(settings.rate)) steps a second")
        let outcome = Result { try soak.run() }
        interruption.yield()
        soak.province.stop()
        interruption.yield()
        let isHeld = (try? outcome.get().holds) ?? false
        if isHeld {
            folder.remove()
        } else {
            Terminal.note("the sites' data and logs are left in \(folder.path)")
        }
        let found = try outcome.get()
        for line in found.table + found.verdicts.map(\.line) { Terminal.say(line) }
        Terminal.say("verdict: \(found.holds ? "held" : "broken")")
        if let json { try OutputFile.write(found.json.bytes(pretty: true), to: json) }
        return found.holds ? .done : .no
    }

    private static func length(_ invocation: Invocation) throws -> Double {
        let text = try invocation.required("minutes")
        guard let number = Double(text), minutes.contains(number) else {
            throw invocation.refusal(
                "--minutes is not a number from \(minutes.lowerBound) to \(Int(minutes.upperBound))", "correct it")
        }
        return number
    }
}
