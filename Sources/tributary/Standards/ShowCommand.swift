import Foundation
import Standards

/// `tributary standards show`
enum ShowCommand {
    static let command = Command(
        "show", "Shows a pack in words: what tickets there are, how they go, what their limits are",
        explanation: [
            "Takes a file or a folder, or the version of a pack that a node knows: then name the node, or its data "
                + "folder."
        ],
        parameters: [ParameterRule("PACK", "a file, a folder, or a version that the node knows")],
        options: NodeOptions.reading,
        examples: [
            "tributary standards show Topology/standards/first.json", "tributary standards show 2026.1 --data hub",
        ], exits: NodeOptions.exits
    ) { invocation in
        let word = try invocation.requiredWord("PACK")
        let (pack, document) = try read(word, invocation)
        if invocation.has("json") { JSONText.say(document) } else { say(pack) }
        return .done
    }

    private static func read(_ word: String, _ invocation: Invocation) throws -> (StandardPack, JSONValue) {
        if FileManager.default.fileExists(atPath: word) {
            let input = try PackInput(word).whole()
            return (input.pack, input.document)
        }
        let path = "/api/standards/\(NodeClient.segment(word))"
        let answer = try NodeOptions.client(invocation).get(path).json
        let document = answer["standard"]?["document"] ?? .null
        let (pack, findings) = StandardPack.check(document.bytes())
        guard let pack else {
            throw CommandError(
                .refused, "show \(word)", reason: "this version cannot read it", remedy: "upgrade it",
                details: findings.map(\.description))
        }
        return (pack, document)
    }

    private static func say(_ pack: StandardPack) {
        Terminal.say("\(pack.name.zh) \(pack.name.en), version \(pack.version)")
        for type in pack.ticketTypes {
            Terminal.say("")
            Terminal.say("\(type.name.zh) \(type.name.en) (\(type.id)), \(type.fields.count) fields")
            var table = TextTable(["step", "", "from", "to", "needs", "roles"])
            for rule in type.transitions {
                let needs = rule.requires + rule.guards.map(\.name.rawValue)
                table.add([
                    rule.name, rule.label.zh, rule.from.joined(separator: ", "), rule.to,
                    needs.joined(separator: ", "), rule.roles.joined(separator: ", "),
                ])
            }
            for line in table.lines { Terminal.say("  " + line) }
        }
        guard !pack.limits.isEmpty else { return }
        Terminal.say("")
        var table = TextTable(["limit", "", "clock", "tickets", "how long", "source", "how sure"])
        for rule in pack.limits {
            table.add([
                rule.id, rule.name.zh, rule.clock.rawValue + (rule.measure == .average ? " (average)" : ""),
                rule.types.joined(separator: ", "), rule.limit?.description ?? "field \(rule.hoursField ?? "")",
                "\(rule.source.rawValue): \(rule.reference)", rule.confidence.rawValue,
            ])
        }
        for line in table.lines { Terminal.say(line) }
    }
}
