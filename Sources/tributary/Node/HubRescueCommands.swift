import Node
import Standards

/// `tributary hub restore`, `rebuild`, `key` and `continue`
enum HubRescueCommands {
    static let commands = [restore, rebuild, key, goOn]

    static let epoch = OptionRule(
        "epoch", "N", "at least this number for the new epoch, if a branch is known to have followed a higher one")
    private static let keyFile = OptionRule("key", "FILE", "the hub key, as `tributary hub key` wrote it")

    private static let restore = Command(
        "restore", "Makes a hub of a backup, or of a database that was put back",
        explanation: [
            "The hub must be stopped. With --from, a backup is put into --data, a new folder or the hub's; a database "
                + "that is there is moved aside, never deleted. Without --from, the database that is in --data is "
                + "taken "
                + "as it is.",
            "A new epoch begins: every site is compared with the hub and brings back what it has lost, by itself. "
                + "Until "
                + "enough have come, the hub judges and decides nothing; of a site that will not come back say so with "
                + "`tributary site lost`.",
        ],
        options: [
            HubCommands.data, OptionRule("from", "DIR", "the folder that `tributary backup` made"),
            OptionRule("key", "FILE", keyFile.purpose + "; else the one in --data"), epoch, NodeOptions.actor,
            NodeOptions.json,
        ],
        examples: [
            "tributary hub restore --data hub --from /mnt/backup/hub-monday --key /mnt/usb/hub.key",
            "tributary hub restore --data hub",
        ],
        exits: [.done, .usage, .refused]
    ) { invocation in
        let data = try invocation.required("data")
        let rescue = try NodeCommands.explain("restore \(data)") {
            try Heartbeat.during {
                try HubRescue.restore(
                    Node.DataFolder(data), from: invocation.text("from").map { Node.DataFolder($0) },
                    key: invocation.text("key"), epoch: try leastEpoch(invocation),
                    actor: NodeOptions.actor(invocation),
                    step: $0)
            }
        }
        return say(rescue, data, invocation)
    }

    private static let rebuild = Command(
        "rebuild", "Makes an empty hub from its key: all else comes back from the branches",
        explanation: [
            "For a hub whose disk is lost with every backup. The directory, the standards and every ticket that a "
                + "branch "
                + "holds come back by themselves when the branches call; nothing is published anew. What no branch "
                + "held "
                + "is lost.",
            "Give --listen the address that the branches call, or tell each of them the new one with `tributary branch "
                + "point`.",
        ],
        options: [
            HubCommands.data, OptionRule(keyFile.name, keyFile.value, keyFile.purpose, .required),
            OptionRule("topology", "FILE", "the province", .required), HubCommands.listen, epoch, NodeOptions.actor,
            NodeOptions.json,
        ],
        examples: [
            "tributary hub rebuild --data hub --key /mnt/usb/hub.key --topology Topology/ningxia.json --listen "
                + "10.0.0.1:7070"
        ],
        exits: [.done, .usage, .refused]
    ) { invocation in
        let topology = try DocumentFile.read(
            try invocation.required("topology"), "the topology", limit: Topology.sizeLimit, check: Topology.check)
        let data = try invocation.required("data")
        let rescue = try NodeCommands.explain("rebuild the hub in \(data)") {
            try HubRescue.rebuild(
                Node.DataFolder(data), topology: topology, key: try invocation.required("key"),
                listen: invocation.text("listen") ?? NodeCommands.usualListen, epoch: try leastEpoch(invocation),
                actor: NodeOptions.actor(invocation))
        }
        return say(rescue, data, invocation)
    }

    private static let key = Command(
        "key", "Exports the hub key, without which a lost hub cannot be rebuilt",
        explanation: [
            "Whoever has the key can be the hub: keep the file where only you find it, away from this machine and from "
                + "the backups. `doctor` fails until the key was exported once."
        ],
        options: [
            HubCommands.data, OptionRule("to", "FILE", "a new file, for its owner's eyes only", .required),
            NodeOptions.json,
        ],
        examples: ["tributary hub key --data hub --to /mnt/usb/hub.key"], exits: [.done, .usage]
    ) { invocation in
        let (data, target) = (try invocation.required("data"), try invocation.required("to"))
        let made = try NodeCommands.explain("export the key of \(data)") {
            try HubKey.export(of: Node.DataFolder(data), to: target)
        }
        if invocation.has("json") {
            JSONText.say(["site": .string(made.site.text), "fingerprint": .string(made.fingerprint)])
        } else {
            Terminal.say("the key of \(made.site), fingerprint \(made.fingerprint), is in \(target)")
        }
        if made.isSameDisk { Terminal.note("that is the hub's own disk: move it to another place") }
        return .done
    }

    private static let goOn = Command(
        "continue", "Lets a stopped hub go on in its epoch although something spoke against it",
        explanation: [
            "A hub stops by itself when a branch, or the file that counts its starts, proves that its database was put "
                + "back. Nearly always that is right, and `hub restore` is what is needed. Use this only when you know "
                + "that the proof is wrong, such as after a branch's folder was tampered with. A branch that proves "
                + "the "
                + "same again stops the hub again."
        ],
        options: [HubCommands.data, NodeOptions.actor], examples: ["tributary hub continue --data hub"],
        exits: [.done, .usage, .refused]
    ) { invocation in
        let data = try invocation.required("data")
        let reason = try NodeCommands.explain("let \(data) go on") {
            try HubRescue.dismiss(Node.DataFolder(data), actor: NodeOptions.actor(invocation))
        }
        Terminal.say("noted. It goes on although \(reason). Run it: tributary hub run --data \(data)")
        return .done
    }

    static func leastEpoch(_ invocation: Invocation) throws -> UInt32 {
        UInt32(try invocation.integer("epoch", in: 1...Int(UInt32.max - 1)) ?? 0)
    }

    private static func say(_ rescue: HubRescue, _ data: String, _ invocation: Invocation) -> ExitCode {
        let awaited = rescue.awaited.map(\.text)
        if invocation.has("json") {
            JSONText.say([
                "site": .string(rescue.site.text), "epoch": .integer(Int64(rescue.epoch)),
                "awaited": .array(awaited.map { .string($0) }), "restore": rescue.restore?.json ?? .null,
            ])
            return .done
        }
        for line in rescue.restore?.lines ?? [] { Terminal.say(line) }
        Terminal.say(
            "\(rescue.site) begins epoch \(rescue.epoch), or one above what its branches have followed. Run it: "
                + "tributary hub run --data \(data)")
        Terminal.say(
            awaited.isEmpty
                ? "The branches bring what they hold, and who they are, when they call."
                : "These sites bring what they hold when they call: \(awaited.joined(separator: ", "))")
        Terminal.say(
            "Until enough have come it decides nothing: `tributary status --data \(data)` says who is awaited. Of one "
                + "that "
                + "will not come back say so: tributary site lost SITE --data \(data)")
        return .done
    }
}
