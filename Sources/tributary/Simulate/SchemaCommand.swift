import Simulator

/// `tributary simulate schema`
enum SchemaCommand {
    static let command = Command(
        "schema", "Prints the JSON Schema of a scenario",
        explanation: ["Editors use it to complete and check a scenario while it is written."],
        examples: ["tributary simulate schema > scenario.schema.json"]
    ) { _ in
        JSONText.say(Scenario.schema)
        return .done
    }
}
