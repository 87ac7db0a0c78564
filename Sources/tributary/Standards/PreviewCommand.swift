import Standards

/// `tributary standards preview`
enum PreviewCommand {
    static let command = Command(
        "preview", "Asks the hub which branches a pack would concern, before it is published",
        explanation: [
            "A branch may be stricter than the province. Where the pack is as strict or stricter, or has no such limit "
                + "any longer, what the branch settled counts no longer; where it drops a department, ticket type, "
                + "category or wording that a branch has built on, that part breaks. Both are listed by branch. "
                + "Nothing is published.",
            "Ends with 0 when no branch would notice, with 1 when one would.",
        ],
        parameters: [StandardsCommands.pack], options: NodeOptions.reading,
        examples: ["tributary standards preview my-pack --data hub"], exits: NodeOptions.exits + [.no]
    ) { invocation in
        let document = try PackInput(invocation.requiredWord("PACK")).whole().document
        let answer = try NodeOptions.client(invocation).post("/api/standards/preview", document).json
        let preview = answer["preview"]
        let branches = preview?["branches"]?.arrayValue ?? []
        if invocation.has("json") {
            JSONText.say(answer)
        } else {
            for branch in branches { say(branch) }
            Terminal.say(
                "\(JSONText.value(preview?["current"])) → \(JSONText.value(preview?["version"])): "
                    + "\(JSONText.value(preview?["differences"])) differences; what \(branches.count) "
                    + "\(branches.count == 1 ? "branch has" : "branches have") settled would be touched")
        }
        return branches.isEmpty ? .done : .no
    }

    private static func say(_ branch: JSONValue) {
        Terminal.say(JSONText.value(branch["site"]))
        for limit in branch["overtaken"]?.arrayValue ?? [] {
            let province = limit["province"]?.stringValue.map { "the province's would be \($0)" }
            let own = "limit \(JSONText.value(limit["limit"])): \(JSONText.value(limit["branch"]))"
            let then = province ?? "the province would have none"
            Terminal.say(PlainText.line("  \(own) here counts no longer, \(then)"))
        }
        for finding in branch["broken"]?.arrayValue ?? [] {
            Terminal.say(
                PlainText.line("  \(JSONText.value(finding["path"])): \(JSONText.value(finding["problem"]))"))
        }
    }
}
