import Standards

/// `tributary branch …`
enum BranchCommands {
    static let command = Command(
        "branch", "Joins a branch to its hub and runs it",
        examples: [
            "tributary branch join --hub http://10.0.0.1:7070 --token T --data yinchuan",
            "tributary branch run --data yinchuan",
        ],
        commands: [join, run, point, keep])

    private static let join = Command(
        "join", "Joins the hub once and makes the branch's data folder",
        explanation: [
            "The token comes from `tributary site token SITE` at the hub and is good for one join.",
            "A site with many tickets can bring them along in a file that `tributary site snapshot` has made at the "
                + "hub, and then needs the line only for what came after. Each change in it is checked; remove the "
                + "file when the site has joined.",
        ],
        options: [
            OptionRule("hub", "URL", "the hub's address", .required),
            OptionRule("token", "T", "the one-time token", .required), HubCommands.data, HubCommands.listen,
            OptionRule("snapshot", "FILE", "what the site begins with, made at the hub"),
        ],
        examples: ["tributary branch join --hub http://10.0.0.1:7070 --token T --data yinchuan"],
        exits: NodeOptions.exits
    ) { invocation in
        try NodeCommands.joinBranch(
            hub: try invocation.required("hub"), token: try invocation.required("token"),
            data: try invocation.required("data"), listen: invocation.text("listen"),
            snapshot: invocation.text("snapshot"))
    }

    private static let point = Command(
        "point", "Tells a stopped branch that its hub is at another address",
        explanation: [
            "The branch keeps its database and its credential. It learns by itself whether the hub there is the one "
                + "that "
                + "it follows, or one that has begun a new epoch."
        ],
        options: [OptionRule("hub", "URL", "the hub's new address", .required), HubCommands.data],
        examples: ["tributary branch point --hub http://10.0.0.2:7070 --data yinchuan"],
        exits: [.done, .usage, .refused]
    ) { invocation in
        try NodeCommands.pointBranch(hub: try invocation.required("hub"), data: try invocation.required("data"))
    }

    private static let keep = Command(
        "keep", "Of two databases of one branch, says that this one stays",
        explanation: [
            "When a branch's disk was copied and both copies run, both are heard, and the hub feeds the one that "
                + "announced "
                + "itself last. Stop both, type this for the one that stays, start it, and never start the other "
                + "again. It "
                + "goes on under a new origin and is compared; nothing that either has sent is lost."
        ],
        options: [HubCommands.data], examples: ["tributary branch keep --data yinchuan"],
        exits: [.done, .usage, .refused]
    ) { invocation in
        try NodeCommands.keepBranch(data: try invocation.required("data"))
    }

    private static let run = Command(
        "run", "Runs the branch until SIGTERM or Ctrl-C",
        explanation: ["It takes and works tickets whether or not the line to the hub is up."],
        options: [HubCommands.data, HubCommands.untilEOF], examples: ["tributary branch run --data yinchuan"],
        exits: [.done, .usage, .refused]
    ) { invocation in
        try NodeCommands.run(
            role: .branch, data: try invocation.required("data"), endsWithInput: invocation.has("until-eof"))
    }
}
