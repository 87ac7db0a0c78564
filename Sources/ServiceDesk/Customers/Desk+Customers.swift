import Replication
import Standards

extension Desk {
    /// The customer of an identifier, as far as this site may see it.
    public func customer(_ name: String) throws -> EntityRow {
        guard let id = EntityID(kind: .customer, text: name.lowercased()), let row = try store.row(id),
            row.state.exists, !row.isWithdrawn
        else {
            throw DeskError(
                .notFound, "There is no customer of that identifier here.",
                remedy: "Take it from a ticket; a customer of another branch is not held here.")
        }
        return row
    }

    /// Notes what is known of a customer, and sets its grade by hand or leaves it to the model again.
    /// - Parameter facts: by the words of ``CustomerFactWords``; null takes a fact back.
    public func note(
        _ facts: [String: Value], of name: String, shown: RowVersion?, key: IdempotencyKey?, in session: inout Session
    ) throws -> WriteOutcome {
        let row = try customer(name)
        let rules = try standard().pack.customers
        let problems = facts.sorted { $0.key < $1.key }.compactMap { word, value in
            CustomerFactWords.problem(word, value, rules).map { DeskError.Problem(field: word, problem: $0) }
        }
        guard !facts.isEmpty, problems.isEmpty else {
            throw DeskError(
                .invalid, "The facts are not right.", remedy: "Correct these fields and send them again.",
                problems: problems)
        }
        if let grade = facts["grade"], grade != .null, facts["reason"]?.textValue?.isEmpty ?? true {
            throw DeskError(
                .invalid, "A grade that is set by hand needs a reason.", remedy: "Say why.",
                problems: [.init(field: "reason", problem: .missing)])
        }
        var edits = facts.sorted { $0.key < $1.key }.compactMap { word, value in
            CustomerFactWords.field(word).map { Edit.assign($0, value) }
        }
        // Whoever leaves the grade to the model leaves the reason behind.
        if facts["grade"] == .null { edits.append(.assign(CustomerField.gradeReason, .null)) }
        return try session.write(Draft(entity: row.id, edits: edits, actor: actor, key: key, shown: shown), at: now)
    }
}

/// The facts of a customer by the words that clients use.
public enum CustomerFactWords {
    public static let all = [
        "class", "monthlyFen", "since", "arrears", "grade", "reason", "contractEnds", "accountManager",
        "serviceManager",
    ]

    static func field(_ word: String) -> Field? {
        switch word {
        case "class": CustomerField.customerClass
        case "monthlyFen": CustomerField.monthlyFen
        case "since": CustomerField.since
        case "arrears": CustomerField.arrears
        case "grade": CustomerField.gradeByHand
        case "reason": CustomerField.gradeReason
        case "contractEnds": CustomerField.contractEnds
        case "accountManager": CustomerField.accountManager
        case "serviceManager": CustomerField.serviceManager
        default: nil
        }
    }

    /// What is wrong with a fact; nil when nothing is.
    static func problem(_ word: String, _ value: Value, _ rules: StandardPack.CustomerRules) -> Flaw? {
        if value == .null { return field(word) == nil ? "is no fact of a customer" : nil }
        switch word {
        case "class":
            let isOne = rules.classes.contains { .text($0.id) == value }
            return isOne ? nil : .noOption(of: rules.classes.map(\.id))
        case "grade":
            let isOne = rules.grades.contains { .text($0.id) == value }
            return isOne ? nil : .noOption(of: rules.grades.map(\.id))
        case "reason":
            guard let text = value.textValue else { return .notAText }
            return DeskLimits.problem(text, longestLength: DeskLimits.reasonLength)
        case "monthlyFen": return number(value, 0...1_000_000_000_000)
        case "arrears": return number(value, 0...12)
        case "since", "contractEnds": return number(value, 0...Int64(4_102_444_800_000))
        case "accountManager", "serviceManager":
            guard let text = value.textValue else { return .notAText }
            return DeskLimits.problem(text, longestLength: DeskLimits.managerNameLength)
        default: return "is no fact of a customer"
        }
    }

    private static func number(_ value: Value, _ range: ClosedRange<Int64>) -> Flaw? {
        guard let number = value.integerValue else { return .notANumber }
        return range.contains(number) ? nil : .outOfRange(from: range.lowerBound, to: range.upperBound)
    }
}
