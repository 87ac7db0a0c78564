/// `tributary doctor`
enum DoctorCommand {
    static let command = Command(
        "doctor", "Examines a site and says what an operator should see to",
        options: [HubCommands.data, NodeOptions.json], examples: ["tributary doctor --data hub"],
        exits: [.done, .no, .usage, .unreachable]
    ) { invocation in
        try NodeCommands.doctor(data: try invocation.required("data"), asJSON: invocation.has("json"))
    }
}
