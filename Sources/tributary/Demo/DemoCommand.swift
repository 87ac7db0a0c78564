import Glibc
import Standards

/// `tributary demo`
enum DemoCommand {
    private static let defaultSeed = 20_261_122

    static let command = Command(
        "demo", "Shows a hub and its branches through a cut line, a killed node and lost replies",
        explanation: [
            "It starts a whole province on this machine, every site a process of its own, tells what it does with it "
                + "and checks every line before it is said. Nothing is left behind, unless --stay or --data "
                + "asks for it.",
            "With --import the tickets come from a file, each row through the branch it belongs to.",
        ],
        options: [
            OptionRule("topology", "FILE", "the province; else Topology/ningxia.json"),
            OptionRule("import", "FILE", "a CSV file to bring in, with --map"),
            OptionRule("map", "FILE", "the map of that file"),
            OptionRule("data", "DIR", "keeps the sites' data here; a new folder"),
            OptionRule("stay", nil, "leaves the province running and says where, until Ctrl-C"),
            OptionRule("seed", "N", "makes other tickets"),
            OptionRule("json", "FILE", "writes the result in JSON"),
            OptionRule("program", "FILE", "what the sites' processes run", isHidden: true),
        ],
        examples: ["tributary demo", "tributary demo --stay --json result.json"],
        exits: [.done, .no, .usage, .interrupted], action: run)

    private static func run(_ invocation: Invocation) throws -> ExitCode {
        let program = try invocation.text("program") ?? TrialFiles.program()
        let topology = try invocation.text("topology") ?? TrialFiles.defaultTopology(program: program)
        let seed = try invocation.integer("seed", in: 0...Int(Int32.max)) ?? defaultSeed
        let importFile = try importFile(invocation)
        let folder = try ScratchFolder(kept: invocation.text("data"))
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
            let telling = Telling(province, seed: UInt64(seed), run: String(getpid()), importFile: importFile)
            return try tell(telling, in: folder, interruption, invocation)
        }
    }

    private static func tell(
        _ telling: Telling, in folder: ScratchFolder, _ interruption: Interruption, _ invocation: Invocation
    ) throws -> ExitCode {
        let start = Environment.steadySeconds()
        let story = Story { line in
            if !interruption.isTaken { Terminal.say(line) }
        }
        telling.tell(to: story)
        interruption.yield()
        let report = DemoReport(telling, holds: story.holds)
        let seconds = Seconds.text(Environment.steadySeconds() - start)
        Terminal.say("verdict: \(story.holds ? "held" : "broken"), in \(seconds) s")
        var failure: (any Error)?
        do {
            if let path = invocation.text("json") { try OutputFile.write(report.json.bytes(pretty: true), to: path) }
        } catch {
            failure = error
        }
        if invocation.has("stay"), story.holds { stay(telling.province, interruption) }
        telling.province.stop()
        interruption.yield()
        if story.holds {
            folder.remove()
        } else {
            Terminal.note("the sites' data and logs are left in \(folder.path)")
        }
        if let failure { throw failure }
        return story.holds ? .done : .no
    }

    /// Says where everything is and waits for Ctrl-C, which ends the process.
    private static func stay(_ province: Province, _ interruption: Interruption) {
        interruption.expect()
        for site in province.sites {
            guard let client = try? site.client else { continue }
            Terminal.say("\(DisplayWidth.padded(site.id, to: 16)) \(client.address.url)")
            Terminal.say("\(DisplayWidth.padded("", to: 16)) token \(client.address.token), data \(site.data)")
            guard let path = try? client.post("/api/invitations").json["link"]?["path"]?.stringValue else { continue }
            LinkLines.say(path, at: client.address.url, for: nil)
        }
        Terminal.say("the province runs until Ctrl-C")
        while true { pause() }
    }

    private static func importFile(_ invocation: Invocation) throws -> ImportFile? {
        switch (invocation.text("import"), invocation.text("map")) {
        case (nil, nil): return nil
        case (let path?, let map?): return ImportFile(path: path, mapPath: map)
        default: throw invocation.refusal("--import and --map belong together", "give both")
        }
    }
}
