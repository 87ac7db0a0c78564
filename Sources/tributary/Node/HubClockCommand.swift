import Node
import Standards

/// `tributary hub clock`
enum HubClockCommand {
    static let command = Command(
        "clock", "Says whether the hub's clock is believed, and lets an administrator say that it is right",
        explanation: [
            "A hub holds its clock against those of its branches. If the median of at least three is more than ten "
                + "minutes off, or after a while away nobody has borne its clock out yet, it tells its time to nobody "
                + "who would have to believe it: the branches go on by themselves, and nothing is lost.",
            "If the hub's clock is wrong, set it right and start the hub again: nothing else is needed. If it is "
                + "right, "
                + "or the province is to keep the time that was given out, say so with --trust.",
        ],
        options: NodeOptions.reading + [
            OptionRule("trust", nil, "the hub's time is right, whatever the branches' clocks say"), NodeOptions.actor,
        ],
        examples: ["tributary hub clock --data hub", "tributary hub clock --data hub --trust"],
        exits: [.done, .no, .usage, .unreachable, .refused], action: run)

    private static func run(_ invocation: Invocation) throws -> ExitCode {
        let client = try NodeOptions.clientIfRunning(invocation)
        if invocation.has("trust") {
            let shift: JSONValue
            if let client {
                shift = try client.post("/api/clock/trust").json
            } else {
                let data = try invocation.required("data")
                let trusted = try NodeCommands.explain("trust the clock of \(data)") {
                    try HubRescue.trustClock(Node.DataFolder(data), actor: NodeOptions.actor(invocation))
                }
                shift = ["offsetMilliseconds": .integer(trusted)]
            }
            if invocation.has("json") {
                JSONText.say(shift)
            } else {
                Terminal.say(
                    "noted. The hub's time goes on; its branches' clocks are "
                        + ClockLine.words(shift["offsetMilliseconds"]))
            }
            return .done
        }
        let status =
            try client?.get("/api/status").json
            ?? NodeCommands.statusOfStopped(data: try invocation.required("data"))
        let clock = status["clock"] ?? .null
        if invocation.has("json") { JSONText.say(clock) } else { ClockLine.ofHub(clock).forEach(Terminal.say) }
        return clock["standing"] == "doubted" ? .no : .done
    }
}
