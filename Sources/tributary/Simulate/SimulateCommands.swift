/// `tributary simulate …`
enum SimulateCommands {
    static let command = Command(
        "simulate", "Rehearses a province's bad days before they come",
        explanation: [
            "The code that nodes run works in simulated time, on simulated disks and lines, with simulated people; "
                + "checkers hold it to its promises."
        ],
        examples: ["tributary simulate run Simulations/fibre-cut-on-the-first.json --report rehearsal.html"],
        commands: [
            RunCommand.command, SwarmCommand.command, ReplayCommand.command, ShrinkCommand.command,
            CompareCommand.command, SchemaCommand.command,
        ])
}
