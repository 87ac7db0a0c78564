import Node
import Standards

/// `tributary restore`
enum RestoreCommand {
    static let command = Command(
        "restore", "Restores a branch from a backup",
        explanation: [
            "The branch must be stopped. --data names its folder, or a new one. A database that is there is moved into "
                + "a folder beside it, never deleted: it may hold changes that nobody else has.",
            "When it is started the branch takes a new origin by itself, goes on at once, and gets back from the hub "
                + "whatever it had sent after the backup. The hub is restored with `tributary hub restore`.",
        ],
        options: [from, HubCommands.data, NodeOptions.json],
        examples: ["tributary restore --from /mnt/backup/yinchuan-monday --data yinchuan"],
        exits: [.done, .usage, .refused], action: run)

    static let from = OptionRule("from", "DIR", "the folder that `tributary backup` made", .required)

    private static func run(_ invocation: Invocation) throws -> ExitCode {
        let (source, data) = (try invocation.required("from"), try invocation.required("data"))
        let restore = try NodeCommands.explain("restore \(data)") {
            try Heartbeat.during {
                try Restore.branch(from: Node.DataFolder(source), to: Node.DataFolder(data), step: $0)
            }
        }
        if invocation.has("json") {
            JSONText.say(restore.json)
            return .done
        }
        for line in restore.lines { Terminal.say(line) }
        Terminal.say("Run it: tributary branch run --data \(data)")
        return .done
    }
}

extension Restore {
    var json: JSONValue {
        guard case .object(var members) = holdings.json else { return holdings.json }
        members["time"] = .string(time)
        members["aside"] = aside.map { .string($0) } ?? .null
        members["unsentAside"] = unsentAside.map { .integer(Int64(clamping: $0)) } ?? .null
        return .object(members)
    }

    /// What was done, in lines for people.
    var lines: [String] {
        var lines = [
            "\(holdings.words) are back, as of \(time)",
            "nobody is signed in; accounts and tokens are as they were then: see `tributary account list` and "
                + "`tributary token list` for those that were removed since",
        ]
        guard let aside else { return lines }
        lines.append("the database that was there is kept in \(aside)")
        if let unsentAside, unsentAside > 0 {
            lines.append("\(unsentAside) changes in it had never left this site: nobody else has them")
        }
        return lines
    }
}
