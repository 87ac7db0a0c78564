import Node
import Standards

/// `tributary backup`
enum BackupCommand {
    static let command = Command(
        "backup", "Copies a site's database while its node works, and checks the copy",
        explanation: [
            "The copy is one moment of the database. It is opened again, checked page by page and folded anew before "
                + "the folder appears under its name; an existing folder is never touched.",
            "It holds customers' words, a branch's credential, and a hub's lists of payments and notices; it never "
                + "holds the hub key, which `hub key` exports, or the secret of a gateway for notices. Make it on "
                + "another disk: on the same one it is lost with the site. "
                + "A hub's on another disk counts as a second place of what it holds, so that a branch may erase a "
                + "copy that has left its scope. Keep it until the next one is made.",
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
        let isNoted = backup.isSecondPlace ? try note(backup, data) : false
        if invocation.has("json") {
            JSONText.say(backup.json(isNoted: isNoted))
            return .done
        }
        Terminal.say("\(backup.holdings.words) as of \(backup.timeText)")
        Terminal.say(
            "it is in \(target) (\(Bytes.text(backup.bytes))), opened again and clean, digest \(backup.holdings.digest)"
        )
        if backup.isSameDisk {
            Terminal.note("it is on the same disk as the site: copy it to another")
        } else if isNoted {
            Terminal.say("it is on another disk: what it holds may be erased where it is no longer needed")
        }
        return .done
    }

    /// Tells the hub of a backup on another disk: what it holds has a second place.
    private static func note(_ backup: Backup, _ data: String) throws -> Bool {
        let folder = DataFolder(path: data)
        guard let running = folder.running() else {
            return try NodeCommands.explain("note the backup in \(data)") {
                try backup.note(in: Node.DataFolder(data))
            }
        }
        let address = try NodeAddress(running.url, token: folder.token())
        let answer = try NodeClient(address, actor: "backup").post("/api/backups", backup.noting)
        return answer.json["noted"] == true
    }
}

extension Backup {
    fileprivate func json(isNoted: Bool) -> JSONValue {
        guard case .object(var members) = json else { return json }
        members["otherDisk"] = .bool(!isSameDisk)
        members["secondPlace"] = .bool(isNoted)
        return .object(members)
    }
}

extension Holdings {
    /// What is held, in a line for people.
    var words: String {
        let unsent = unsent == 0 ? "" : ", \(unsent) of them not sent yet"
        return "\(site) (\(role)): \(tickets) tickets, \(changes) changes\(unsent)"
    }
}
