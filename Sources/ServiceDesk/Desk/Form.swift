import Replication
import Standards

/// Checks what was filled in against the form of a ticket type; finds all that is wrong at once.
struct Form {
    /// The longest text of a field that the form itself does not name, in Unicode scalars.
    static let textLengthMax = 20_000

    let type: TicketType

    /// - Parameter isComplete: whether every required field must be there.
    func check(_ fields: [String: Value], isComplete: Bool) throws -> [(Field, Value)] {
        var problems: [DeskError.Problem] = []
        if isComplete {
            for field in type.fields where field.isRequired {
                let value = fields[field.id] ?? .null
                if value == .null || value == .text("") {
                    problems.append(.init(field: field.id, problem: "is required"))
                }
            }
        }
        for name in fields.keys.sorted() {
            guard let problem = problem(name, fields[name] ?? .null) else { continue }
            problems.append(.init(field: name, problem: problem))
        }
        guard problems.isEmpty else {
            let names = problems.map { "\($0.field) \($0.problem)" }.joined(separator: "; ")
            throw DeskError(
                .invalid, "The form of \(type.id) is not right: \(names).",
                remedy: "Correct these fields and send it again.", problems: problems)
        }
        return fields.keys.sorted().map { (FieldNumbers.field($0), fields[$0] ?? .null) }
    }

    private func problem(_ name: String, _ value: Value) -> String? {
        guard let field = type.field(name) else {
            if ["subject", "description", "category", "assignee", "openedAt", "supervised"].contains(name) {
                return textProblem(value, Self.textLengthMax)
            }
            let hint = NearestWord.nearest(to: name, among: type.fields.map(\.id))
            return "is not on the form" + (hint.map { "; did you mean \($0)?" } ?? "")
        }
        if value == .null { return nil }
        switch (field.kind, value) {
        case (.text, .text): return textProblem(value, field.maximumLength ?? FormField.usualLength)
        case (.choice, .text(let text)):
            let options = field.options.map(\.id)
            return options.contains(text) ? nil : "is none of \(options.joined(separator: ", "))"
        case (.integer, .integer), (.time, .integer), (.boolean, .bool): return nil
        default: return "is not a \(field.kind.rawValue)"
        }
    }

    private func textProblem(_ value: Value, _ limit: Int) -> String? {
        guard let text = value.textValue, text.unicodeScalars.count > limit else { return nil }
        return "is longer than \(limit) characters"
    }
}
