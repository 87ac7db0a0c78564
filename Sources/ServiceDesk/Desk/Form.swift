import Replication
import Standards

/// Checks what was filled in against the form of a ticket type; finds all that is wrong at once.
struct Form {
    let pack: StandardPack
    let type: TicketType

    /// - Parameter isComplete: whether every required field must be there; one that is there is never empty.
    func check(_ filled: [String: Value], isComplete: Bool) throws -> [(Field, Value)] {
        var problems: [DeskError.Problem] = []
        // By their places, here and below: a field is large, and would be copied whole to look at one thing of it.
        for place in type.fields.indices where type.fields[place].isRequired {
            let name = type.fields[place].id
            let value = filled[name]
            if (value != nil || isComplete) && Self.isEmpty(value) {
                problems.append(.init(field: name, problem: .required))
            }
        }
        var kept: [(Field, Value)] = []
        kept.reserveCapacity(filled.count)
        for (name, value) in filled.sorted(by: { $0.key < $1.key }) {
            let place = type.place(of: name)
            if let problem = place.map({ problem(at: $0, value) }) ?? commonProblem(name, value) {
                problems.append(.init(field: name, problem: problem))
            }
            let isTime = name == "openedAt" || place.map { type.fields[$0].kind } == .time
            kept.append((FieldNumbers.field(name), Self.kept(value, isTime: isTime)))
        }
        guard problems.isEmpty else {
            let all = problems.map { "\($0.field) \($0.problem)" }.joined(separator: "; ")
            throw DeskError(
                .invalid, "The form of \(type.id) is not right: \(all).",
                remedy: "Correct these fields and send it again.", problems: problems)
        }
        return kept
    }

    /// Whether a field of the form may hold a value.
    func takes(_ value: Value, in name: String) -> Bool {
        type.place(of: name).map { problem(at: $0, value) == nil } ?? false
    }

    private static func isEmpty(_ value: Value?) -> Bool {
        switch value {
        case nil, .null: true
        case .text(let text): text.isEmpty
        default: false
        }
    }

    /// Times are kept as milliseconds, however they were written.
    private static func kept(_ value: Value, isTime: Bool) -> Value {
        guard isTime, let text = value.textValue, let time = InstantText.milliseconds(text) else { return value }
        return .integer(time)
    }

    private static func timeProblem(_ value: Value) -> Flaw? {
        let isTime = value.integerValue != nil || value.textValue.flatMap(InstantText.milliseconds) != nil
        return isTime ? nil : .notATime
    }

    /// - Parameter place: of the field in the form.
    private func problem(at place: Int, _ value: Value) -> Flaw? {
        let kind = type.fields[place].kind
        switch (kind, value) {
        case (_, .null): return nil
        case (.text, .text): return textProblem(value, type.fields[place].maximumLength ?? FormField.usualLength)
        case (.choice, .text(let text)):
            let options = type.fields[place].options
            if options.contains(where: { $0.id == text }) { return nil }
            return .noOption(of: options.map(\.id))
        case (.integer, .integer), (.boolean, .bool): return nil
        case (.time, _): return Self.timeProblem(value)
        case (.file, .text): return textProblem(value, DeskLimits.hashLength)
        case (.set, _):
            return Flaw("is a set: add to it, or take away from it", .wrongKind, [kind.rawValue])
        case (.boolean, _): return .notAFlag
        default: return Flaw("is not of kind \(kind.rawValue)", .wrongKind, [kind.rawValue])
        }
    }

    /// Of a field that every ticket has, whether its form names it or not.
    private func commonProblem(_ name: String, _ value: Value) -> Flaw? {
        switch name {
        case "subject", "description", "assignee": return textProblem(value, DeskLimits.textLength)
        case "category":
            let isOne = value.textValue.flatMap { pack.category($0) }?.types.contains(type.id) ?? false
            return isOne || value == .null ? nil : .noCategory
        case "openedAt": return Self.timeProblem(value)
        case "supervised": return value.boolValue == nil && value != .null ? .notAFlag : nil
        default:
            return .notOnForm(butPerhaps: NearestWord.nearest(to: name, among: type.fields.map(\.id)))
        }
    }

    private func textProblem(_ value: Value, _ limit: Int) -> Flaw? {
        if value == .null { return nil }
        guard let text = value.textValue else { return .notAText }
        return DeskLimits.problem(text, longestLength: limit)
    }
}
