import Node
import Replication
import Standards

/// `tributary site snapshot`
enum SiteSnapshotCommand {
    static let command = Command(
        "snapshot", "Makes a file that a new machine of a site begins with",
        explanation: [
            "It holds all that the site may see as of now, and nothing else; the hub may go on working meanwhile. "
                + "`tributary branch join --snapshot FILE` begins with it, and is sent only what came after.",
            "Worth it for a site with many tickets and a thin line: carry the file on a disk. On a good line the "
                + "branch gets everything by itself, and what travels is much less than the file.",
            "It holds customers' words: treat it like the hub's own disk, and remove it when the site has joined.",
        ],
        parameters: [SiteCommands.site],
        options: [
            HubCommands.data, OptionRule("to", "FILE", "a new file for it", .required), NodeOptions.json,
        ],
        examples: ["tributary site snapshot nx-yinchuan --data hub --to /mnt/usb/yinchuan.snapshot"],
        exits: [.done, .usage, .refused], action: run)

    private static func run(_ invocation: Invocation) throws -> ExitCode {
        let (data, target) = (try invocation.required("data"), try invocation.required("to"))
        let site = try invocation.requiredWord("SITE")
        let (snapshot, bytes) = try NodeCommands.explain("make a snapshot for \(site)") {
            try Heartbeat.during { step in
                try SiteSnapshot.make(for: SiteID(site), of: Node.DataFolder(data), to: target, step: step)
            }
        }
        if invocation.has("json") {
            JSONText.say([
                "site": .string(site), "file": .string(target), "bytes": .integer(Int64(bytes)),
                "entities": .integer(Int64(snapshot.entities)), "changes": .integer(Int64(snapshot.changes)),
            ])
            return .done
        }
        Terminal.say(
            "\(target) (\(Bytes.text(bytes))) holds \(snapshot.entities) entities and \(snapshot.changes) changes for "
                + site)
        return .done
    }
}
