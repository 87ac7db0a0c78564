import Replication
import Standards

/// What somebody says of a circuit.
public struct CircuitChange: Sendable {
    /// By the words of ``CircuitFacts``; null takes a fact back.
    public var facts: [String: Value] = [:]
    /// Branches that it concerns from now on, and those that it does not concern any longer.
    public var adding: [SiteID] = []
    public var removing: [SiteID] = []
    /// Why; a circuit that is there already is not changed without.
    public var reason = ""

    public init() {}
}

extension Desk {
    /// The circuit of a number, however it is written, as far as it is held here.
    public func circuit(_ number: String) throws -> EntityRow {
        guard let row = try CircuitBook.circuit(number, in: store) else {
            throw DeskError(
                .notFound, "There is no circuit of that number here.",
                remedy: "Check the number; a circuit that does not concern this branch is not held here.")
        }
        return row
    }

    /// Registers a circuit, or changes what is known of one.
    /// - Parameter number: however it is written.
    public func set(
        _ change: CircuitChange, of number: String, shown: RowVersion?, key: IdempotencyKey?, in session: inout Session
    ) throws -> WriteOutcome {
        if let key, let replay = try session.replay(of: key) { return .written(replay) }
        let number = CircuitNumber.canonical(number)
        let isNew = try CircuitBook.circuit(number, in: store) == nil
        var edits = try self.edits(of: change, number, isNew: isNew, session.life)
        if isNew {
            // A branch that registers a circuit is one of those that it concerns.
            let own = session.life.isHub ? [] : [session.life.site]
            let sites = Set(own + change.adding).sorted { $0.text < $1.text }
            edits =
                [.create(Creation(label: number)), .assign(CircuitField.number, .text(number))] + edits
                + sites.map { .add(CircuitField.sites, .text($0.text)) }
        } else {
            edits += change.adding.map { .add(CircuitField.sites, .text($0.text)) }
            edits += change.removing.map { .remove(CircuitField.sites, .text($0.text)) }
        }
        if !change.reason.isEmpty { edits.append(.note(Note(text: change.reason, visibility: .internal))) }
        let draft = Draft(entity: CircuitBook.name(of: number), edits: edits, actor: actor, key: key, shown: shown)
        return try session.write(draft, at: now)
    }

    /// Finds all that is wrong at once.
    private func edits(
        of change: CircuitChange, _ number: String, isNew: Bool, _ life: Life
    ) throws -> [Edit] {
        let (_, pack) = try standard()
        var problems: [DeskError.Problem] = []
        var edits: [Edit] = []
        if let problem = CircuitNumber.problem(number) { problems.append(.init(field: "number", problem: problem)) }
        for (word, value) in change.facts.sorted(by: { $0.key < $1.key }) {
            let read = CircuitFacts.read(word, value, pack)
            if let problem = read.problem { problems.append(.init(field: word, problem: problem)) }
            if let edit = read.edit { edits.append(edit) }
            if case .assign(CircuitField.customer, .bytes(let id))? = read.edit, try !isHeld(customer: id) {
                problems.append(.init(field: word, problem: "is not held here; take it from a ticket"))
            }
        }
        problems += try siteProblems(change, isNew: isNew, life)
        if let problem = DeskLimits.problem(change.reason, longestLength: DeskLimits.reasonLength) {
            problems.append(.init(field: "reason", problem: problem))
        } else if !isNew, change.reason.isEmpty {
            problems.append(.init(field: "reason", problem: Flaw("is missing: say why it is changed", .required)))
        }
        if !isNew, edits.isEmpty, problems.isEmpty, change.adding.isEmpty, change.removing.isEmpty {
            problems.append(.init(field: "facts", problem: "are missing: name at least one"))
        }
        guard problems.isEmpty else {
            let all = problems.map { "\($0.field) \($0.problem)" }.joined(separator: "; ")
            throw DeskError(
                .invalid, "What is said of the circuit is not right: \(all).",
                remedy: "Correct these and send it again.", problems: problems)
        }
        return edits
    }

    private func isHeld(customer bytes: [UInt8]) throws -> Bool {
        guard let row = try EntityID(kind: .customer, bytes: bytes).flatMap(store.row) else { return false }
        return row.state.exists && !row.isWithdrawn
    }

    private func siteProblems(_ change: CircuitChange, isNew: Bool, _ life: Life) throws -> [DeskError.Problem] {
        var problems: [DeskError.Problem] = []
        for site in change.adding where try store.directoryEntry(of: site)?.isBranch != true {
            problems.append(.init(field: "add", problem: "names \(site), which is no branch of this province"))
        }
        if change.adding.count > DeskLimits.circuitSites {
            problems.append(.init(field: "add", problem: "names more than \(DeskLimits.circuitSites) branches"))
        }
        if isNew, life.isHub, change.adding.isEmpty {
            problems.append(.init(field: "add", problem: "is missing: name the branches that the circuit concerns"))
        }
        if !change.removing.isEmpty, isNew || !life.isHub {
            let problem: Flaw = isNew ? "is for a circuit that is there" : "is the province's: ask it"
            problems.append(.init(field: "remove", problem: problem))
        }
        return problems
    }
}
