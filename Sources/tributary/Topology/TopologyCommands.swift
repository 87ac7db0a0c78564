import Standards

/// `tributary topology …`
enum TopologyCommands {
    static let command = Command(
        "topology", "Looks at the files that describe a province",
        examples: ["tributary topology check Topology/ningxia.json"], commands: [check])

    private static let check = Command(
        "check", "Checks a topology and lists everything that is wrong with it",
        explanation: [
            "A topology names a province, its hub and its branches, where they are, who works there and how fast their "
                + "lines are. Every mistake is listed at once, with its place and what to do."
        ],
        parameters: [ParameterRule("FILE", "the topology, a JSON file")],
        options: [NodeOptions.json],
        examples: ["tributary topology check Topology/ningxia.json"],
        exits: [.done, .no, .usage], action: run)

    private static func run(_ invocation: Invocation) throws -> ExitCode {
        let path = try invocation.requiredWord("FILE")
        let (topology, findings) = Topology.check(try InputFile.bytes(path, limit: Topology.sizeLimit))
        if invocation.has("json") {
            JSONText.say([
                "valid": .bool(topology != nil), "sites": .integer(Int64(topology?.sites.count ?? 0)),
                "findings": .array(findings.map(json)),
            ])
        } else if let topology {
            say(topology)
        } else {
            for finding in findings { Terminal.say(PlainText.line(finding.description)) }
            Terminal.say("\(path): \(findings.count) \(findings.count == 1 ? "finding" : "findings")")
        }
        return topology == nil ? .no : .done
    }

    private static func say(_ topology: Topology) {
        var table = TextTable(["site", "role", "division", "letters", "name", "clerks", "technicians", "delay ms"])
        for site in topology.sites {
            table.add([
                site.id, site.role.rawValue, site.divisionCode, site.ticketLetters, "\(site.name.zh) \(site.name.en)",
                String(site.staff.clerks), String(site.staff.technicians),
                site.link.map { String($0.latencyMilliseconds) } ?? "–",
            ])
        }
        for line in table.lines { Terminal.say(line) }
        let province = topology.province
        Terminal.say(
            "\(province.name.zh) \(province.name.en): a hub and \(topology.branches.count) branches, "
                + "all right")
    }

    private static func json(_ finding: Finding) -> JSONValue {
        ["path": .string(finding.path), "problem": .string(finding.problem), "remedy": .string(finding.remedy)]
    }
}
