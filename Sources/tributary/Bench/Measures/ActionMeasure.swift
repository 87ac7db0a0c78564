import Replication
import ServiceDesk

/// A step of a procedure, against a change of a field.
enum ActionMeasure {
    static let measure = Measure(
        name: "action",
        purpose: "steps of the standard's fault at a branch, each checked by its procedure, fields and guards, "
            + "against changes of one field of the same tickets",
        unit: "µs/action", budget: Budget(judged: .ratio, better: .lower, must: 1.5, aim: 1.2), run: run)

    /// In the order of the procedure; each once a round, on tickets of that round.
    private static let steps: [ServiceDesk.TicketAction] = [
        .transition("accept", fields: [:]), .transition("dispatch", fields: ["assignedTeam": .text("3")]),
        .transition("locate", fields: ["faultLocation": .text("pole 17"), "faultCause": .text("rain")]),
        .transition("repair", fields: ["resolution": .text("spliced")]),
        .transition("confirm", fields: ["confirmedBy": .text("the customer")]),
        .transition("close", fields: ["satisfaction": .text("satisfied")]),
    ]

    private static func run(_ bench: Bench) throws -> Outcome {
        let ground = try ServiceGround(bench)
        defer { ground.close() }
        let size = max(10, bench.scale.edits / (bench.scale.rounds + 1))
        let tickets = try ground.openFaults(2 * size * (bench.scale.rounds + 1))
        var next = 0
        func part() -> [EntityID] {
            next += size
            return Array(tickets[next - size..<next])
        }
        return try Rounds.alternate(
            bench.scale.rounds,
            baseline: {
                let part = part()
                return try Stopwatch.microseconds(each: size * steps.count) {
                    for number in steps.indices {
                        try ground.act(.assign(["faultLocation": .text("pole \(number)")]), on: part)
                    }
                }
            },
            measured: {
                let part = part()
                return try Stopwatch.microseconds(each: size * steps.count) {
                    for step in steps { try ground.act(step, on: part) }
                }
            })
    }
}
