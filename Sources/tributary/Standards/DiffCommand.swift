import Standards

/// `tributary standards diff`
enum DiffCommand {
    static let command = Command(
        "diff", "Lists what changes from one pack to another, and for whom",
        explanation: [
            "Parts are matched by their names, so an order that has changed is no difference. Each line says what was "
                + "added, removed or changed, and in brackets the roles, ticket types and departments that notice it.",
            "Ends with 0 when the packs say the same, with 1 when they differ.",
        ],
        parameters: [
            ParameterRule("OLD", "the pack of before: a file or a folder"),
            ParameterRule("NEW", "the pack of afterwards: a file or a folder"),
        ],
        options: [NodeOptions.json],
        examples: ["tributary standards diff Topology/standards/first.json my-pack"], exits: [.done, .no, .usage]
    ) { invocation in
        let old = try PackInput(invocation.requiredWord("OLD")).whole()
        let new = try PackInput(invocation.requiredWord("NEW")).whole()
        let differences = PackDifference.all(from: old.document, to: new.document)
        if invocation.has("json") {
            JSONText.say([
                "from": .string(old.pack.version), "to": .string(new.pack.version),
                "differences": .array(differences.map(json)),
            ])
        } else {
            for difference in differences { Terminal.say(PlainText.line(line(difference))) }
            Terminal.say(
                "\(old.pack.version) → \(new.pack.version): "
                    + (differences.isEmpty ? "no difference" : "\(differences.count) in all"))
        }
        return differences.isEmpty ? .done : .no
    }

    private static func json(_ difference: PackDifference) -> JSONValue {
        [
            "kind": .string(difference.kind.rawValue), "path": .array(difference.path.map { .string($0) }),
            "before": difference.before ?? .null, "after": difference.after ?? .null,
            "concerns": .array(difference.concerns.map { .string($0) }),
        ]
    }

    private static func line(_ difference: PackDifference) -> String {
        let path = difference.path.joined(separator: " › ")
        let people = difference.concerns.isEmpty ? "" : " [\(difference.concerns.joined(separator: ", "))]"
        return switch difference.kind {
        case .added: "+ \(path): \(short(difference.after))\(people)"
        case .removed: "- \(path): \(short(difference.before))\(people)"
        case .changed: "~ \(path): \(short(difference.before)) → \(short(difference.after))\(people)"
        }
    }

    /// What a line can hold of a value; `--json` has all of it.
    private static func short(_ value: JSONValue?) -> String {
        let text = value?.text() ?? ""
        return text.count > 80 ? text.prefix(79) + "…" : text
    }
}
