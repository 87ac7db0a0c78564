import Replication
import Standards

/// Checks what was filled in against the form of a ticket type; finds all that is wrong at once.
struct Form {
    /// What the form is filled in for.
    enum Purpose {
        /// A new ticket: every required field is there.
        case opening
        /// A ticket from elsewhere, which may lack what its old home did not ask for.
        case importing
        /// Some fields of a ticket that exists: a required one is not emptied.
        case editing
    }

    /// The longest text of a field that the form itself does not name, in Unicode scalars.
    static let textLengthMax = 20_000

    let pack: StandardPack
    let type: TicketType

    func check(_ fields: [String: Value], for purpose: Purpose) throws -> [(Field, Value)] {
        var problems: [DeskError.Problem] = []
        for field in type.fields where field.isRequired && purpose != .importing {
            guard purpose == .opening || fields[field.id] != nil else { continue }
            let value = fields[field.id] ?? .null
            if value == .null || value == .text("") {
                problems.append(.init(field: field.id, problem: "is required"))
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
        guard let field = type.field(name) else { return commonProblem(name, value) }
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

    /// The fields that every ticket has, whether or not the form names them.
    private func commonProblem(_ name: String, _ value: Value) -> String? {
        switch (name, value) {
        case ("openedAt", .integer(let milliseconds)):
            return (0...Stamp.millisecondsMax).contains(milliseconds) ? nil : "is not a time after 1970"
        case ("openedAt", _): return "is not a time"
        case ("subject", .null), ("description", .null), ("assignee", .null), ("category", .null): return nil
        case ("supervised", .null), ("supervised", .bool): return nil
        case ("supervised", _): return "is not a boolean"
        case ("category", .text(let category)):
            return pack.category(category)?.types.contains(type.id) == true ? nil : "is no category of \(type.id)"
        case ("subject", .text), ("description", .text), ("assignee", .text):
            return textProblem(value, Self.textLengthMax)
        case ("subject", _), ("description", _), ("assignee", _), ("category", _): return "is not a text"
        default:
            let hint = NearestWord.nearest(to: name, among: type.fields.map(\.id))
            return "is not on the form" + (hint.map { "; did you mean \($0)?" } ?? "")
        }
    }

    private func textProblem(_ value: Value, _ limit: Int) -> String? {
        guard let text = value.textValue, text.unicodeScalars.count > limit else { return nil }
        return "is longer than \(limit) characters"
    }
}
