import Standards

/// The actions of `ticket act`, and what each needs to be told.
enum TicketAction {
    /// What a member of the request is and the option that says it.
    private struct Part {
        let member: String
        let option: String
        var isOptional = false
    }

    static let names = [
        "transition", "assign", "note", "offer-transfer", "accept-transfer", "decline-transfer", "request-refund",
        "hand-over", "accept-hand-over", "return-hand-over", "expedite", "escalate", "take", "give-back",
        "supervise", "lift-supervision", "reassign", "use-article", "step", "vote", "share", "change", "settle",
        "reinstate",
    ]

    static let explanation = [
        "transition: takes a step of the process (--name, with --field for what the step requires). "
            + "assign: writes fields (--field). note: adds a note (--text, --visibility).",
        "offer-transfer: offers the ticket to another branch (--to), which answers with accept-transfer or "
            + "decline-transfer. request-refund: asks the hub for a refund (--charge, --amount, --reason).",
        "hand-over: hands the ticket to another department (--to, --reason), which answers with accept-hand-over or "
            + "return-hand-over (--reason). expedite: the customer asks to hurry (--text). escalate: asks the province "
            + "to take it over (--reason), which answers with take and ends with give-back (--reason).",
        "supervise: the province marks the ticket for its attention, and the branch goes on working at it; "
            + "lift-supervision ends that (--reason). reassign: the province moves the ticket to another branch "
            + "without asking that one (--to, --reason). use-article: notes that an article was of use (--article).",
        "step: how far a step within the work is (--step, --state, --text). vote: a department's vote in a review "
            + "(--department, --choice, --reason). share: names branches that help (--add, --remove). change: adds to "
            + "a set of the form or takes away from it (--set, --add, --remove, with commas between several).",
        "settle: says that what one change lost has been looked at (--losing). reinstate: does one losing or "
            + "refused change again (--losing). `tributary conflict` does either for a run of steps as one.",
    ]

    static let options = [
        OptionRule("name", "STEP", "transition: the step's name in the standard pack, such as accept"),
        FieldValues.option,
        OptionRule("text", "TEXT", "note, expedite, step: what is to be said"),
        OptionRule("visibility", "WHO", "note: internal (else) or public"),
        OptionRule("to", "NAME", "offer-transfer, reassign: the branch; hand-over: the department"),
        OptionRule("step", "STEP", "step: its name in the standard pack"),
        OptionRule("state", "STATE", "step: begun, done, returned or exception"),
        OptionRule("department", "NAME", "vote: whose it is"),
        OptionRule("choice", "CHOICE", "vote: approve, reject or veto"),
        OptionRule("set", "FIELD", "change: a set of the form"),
        OptionRule("add", "TEXTS", "share, change: what comes into it"),
        OptionRule("remove", "TEXTS", "share, change: what goes out of it"),
        OptionRule("charge", "ID", "request-refund: the charge to be paid back"),
        OptionRule("amount", "FEN", "request-refund: how much, in fen"),
        OptionRule(
            "reason", "TEXT",
            "request-refund, hand-over, escalate, give-back, supervise, lift-supervision, reassign, vote: why"),
        OptionRule("article", "ARTICLE", "use-article: its identifier, as `articles list` shows it"),
        OptionRule("losing", "CHANGE", "settle, reinstate: the losing or refused change, as `ticket show` names it"),
    ]

    /// The request's body.
    static func body(_ invocation: Invocation) throws -> JSONValue {
        let name = try invocation.requiredWord("ACTION")
        var body: [String: JSONValue] = ["action": .string(camelCase(name))]
        guard let parts = parts[name] else {
            throw invocation.refusal("there is no action `\(name)`", WordHint.clause(for: name, among: names))
        }
        for part in parts {
            if let value = try value(part, invocation) {
                body[part.member] = value
            } else if !part.isOptional {
                throw invocation.refusal("`\(name)` needs --\(part.option)", "add it")
            }
        }
        let used = Set(parts.map(\.option))
        if let extra = options.map(\.name).first(where: { invocation.has($0) && !used.contains($0) }) {
            throw invocation.refusal("`\(name)` takes no --\(extra)", "leave it out")
        }
        if name == "note", body["visibility"] == nil { body["visibility"] = "internal" }
        return .object(body)
    }

    private static let parts: [String: [Part]] = [
        "transition": [
            Part(member: "name", option: "name"), Part(member: "fields", option: "field", isOptional: true),
        ],
        "assign": [Part(member: "fields", option: "field")],
        "note": [
            Part(member: "text", option: "text"), Part(member: "visibility", option: "visibility", isOptional: true),
        ],
        "offer-transfer": [Part(member: "to", option: "to")],
        "accept-transfer": [],
        "decline-transfer": [],
        "request-refund": [
            Part(member: "charge", option: "charge"), Part(member: "amountFen", option: "amount"),
            Part(member: "reason", option: "reason"),
        ],
        "hand-over": [
            Part(member: "to", option: "to"), Part(member: "reason", option: "reason", isOptional: true),
        ],
        "accept-hand-over": [],
        "return-hand-over": [Part(member: "reason", option: "reason")],
        "expedite": [Part(member: "text", option: "text", isOptional: true)],
        "escalate": [Part(member: "reason", option: "reason")],
        "take": [],
        "give-back": [Part(member: "reason", option: "reason")],
        "supervise": [Part(member: "reason", option: "reason")],
        "lift-supervision": [Part(member: "reason", option: "reason")],
        "reassign": [Part(member: "to", option: "to"), Part(member: "reason", option: "reason")],
        "use-article": [Part(member: "article", option: "article")],
        "step": [
            Part(member: "step", option: "step"), Part(member: "to", option: "state"),
            Part(member: "text", option: "text", isOptional: true),
        ],
        "vote": [
            Part(member: "department", option: "department"), Part(member: "choice", option: "choice"),
            Part(member: "reason", option: "reason", isOptional: true),
        ],
        "share": [
            Part(member: "add", option: "add", isOptional: true),
            Part(member: "remove", option: "remove", isOptional: true),
        ],
        "change": [
            Part(member: "field", option: "set"), Part(member: "add", option: "add", isOptional: true),
            Part(member: "remove", option: "remove", isOptional: true),
        ],
        "settle": [Part(member: "losing", option: "losing")],
        "reinstate": [Part(member: "losing", option: "losing")],
    ]

    private static func value(_ part: Part, _ invocation: Invocation) throws -> JSONValue? {
        switch part.option {
        case "field":
            let fields = try FieldValues.read(invocation)
            return fields.isEmpty ? nil : .object(fields)
        case "amount":
            return try invocation.integer("amount", in: 1...100_000_000).map { .integer(Int64($0)) }
        case "add", "remove":
            return invocation.text(part.option).map { text in
                .array(text.split(separator: ",").map { .string(String($0)) })
            }
        case "visibility":
            return try invocation.choice("visibility", of: ["internal", "public"]).map(JSONValue.string)
        default:
            return invocation.text(part.option).map(JSONValue.string)
        }
    }

    /// `offer-transfer` is `offerTransfer` in the API.
    private static func camelCase(_ name: String) -> String {
        let parts = name.split(separator: "-")
        return (parts.prefix(1).map(String.init) + parts.dropFirst().map(\.capitalized)).joined()
    }
}

extension Substring {
    fileprivate var capitalized: String { prefix(1).uppercased() + dropFirst() }
}
