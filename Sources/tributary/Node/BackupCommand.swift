import Node
import Standards

/// `tributary backup`
enum BackupCommand {
    static let command = Command(
        "backup", "Copies a site's database while its node works, and checks the copy",
        explanation: [
            "The copy is one moment of the database. It is opened again, checked page by page and folded anew before "
                + "the folder appears under its name; an existing folder is never touched.",
            "It holds customers' words, a branch's credential, and a hub's list of payments; it never holds the hub "
                + "key, "
                + "which `hub key` exports. Copy it to another disk: on the same one it is lost with the site.",
        ],
        options: [
            HubCommands.data, OptionRule("to", "DIR", "a new folder for the backup", .required), NodeOptions.json,
        ],
        examples: ["tributary backup --data hub --to /mnt/backup/hub-monday"], exits: [.done, .usage, .refused],
        action: run)

    private static func run(_ invocation: Invocation) throws -> ExitCode {
        let (data, target) = (try invocation.required("data"), try invocation.required("to"))
        let backup = try NodeCommands.explain("back up \(data)") {
            try Heartbeat.during { try Backup.make(of: Node.DataFolder(data), to: Node.DataFolder(target), step: $0) }
        }
        if invocation.has("json") {
            JSONText.say(backup.json)
            return .done
        }
        Terminal.say("\(backup.holdings.words) as of \(backup.timeText)")
        Terminal.say(
            "it is in \(target) (\(Bytes.text(backup.bytes))), opened again and clean, digest \(backup.holdings.digest)"
        )
        if backup.isSameDisk {
            Terminal.note("it is on the same disk as the site: copy it to another")
        }
        return .done
    }
}

extension Holdings {
    /// What is held, in a line for people.
    var words: String {
        let unsent = unsent == 0 ? "" : ", \(unsent) of them not sent yet"
        return "\(site) (\(isHub ? "hub" : "branch")): \(tickets) tickets, \(changes) changes\(unsent)"
    }
}
