extension TicketType {
    /// What a ticket type may refer to.
    struct Scope {
        /// Nil when the pack declares no roles; any identifier is one then.
        let roles: UniqueNames?
        let needsRoles: Bool
        let sources: FormSources
        let book: NameBook
    }

    convenience init?(reading reader: JSONReader, in scope: Scope) {
        reader.explain(Self.meanings)
        let id = reader.text("id", .identifier)
        scope.book.claim(.ticketType, id, reader)
        let name = reader.object("name", read: LocalText.init(reading:))
        let (fields, fieldNames) = Self.form(reading: reader, in: scope)
        var stateNames = UniqueNames("state")
        let states = reader.objects("states", count: 1...Self.stateLimit) { TicketState(reading: $0, &stateNames) }
        let initial = reader.text("initial", .identifier)
        var transitionNames = UniqueNames("transition")
        let ofTransitions = TransitionRule.Scope(
            states: stateNames, fields: fieldNames, roles: scope.roles, needsRoles: scope.needsRoles, book: scope.book)
        let transitions = reader.objects("transitions", count: 0...Self.transitionLimit) {
            TransitionRule(reading: $0, &transitionNames, in: ofTransitions)
        }
        if let initial, !stateNames.contains(initial) {
            NameBook.resolve(initial, "state", among: stateNames, "initial", reader)
        } else if let initial, reader.read(states, of: "states"), reader.read(transitions, of: "transitions") {
            ProcessGraph(initial: initial, states: states, transitions: transitions)
                .report(paths: stateNames, reader.log)
        }
        if !states.isEmpty, !states.contains(where: \.isFinal) {
            reader.report("states", "no state is final", "mark the last one \"final\": true")
        }
        let work = TicketWork(reading: reader, fields, states: stateNames, in: ofTransitions.ofGuards)
        guard let id, let name, let initial else { return nil }
        self.init(
            id: id, name: name, fields: fields, initial: initial, states: states, transitions: transitions, work: work)
        check(reader, transitionNames)
    }

    /// The fields of its own after those of the sets that it uses.
    private static func form(reading reader: JSONReader, in scope: Scope) -> ([FormField], UniqueNames) {
        var names = UniqueNames("field")
        var fields: [FormField] = []
        for set in reader.texts("uses", .identifier, count: 0...20, .optional) {
            scope.book.resolve(set, .fieldSet, "uses", reader)
            for field in scope.sources.sets[set] ?? [] {
                if names.claim(field.id, at: reader.path(of: "uses"), reader.log) { fields.append(field) }
            }
        }
        let room = max(0, fieldLimit - fields.count)
        fields += reader.objects("fields", count: 0...room) { FormField(reading: $0, &names, scope.sources) }
        return (fields, names)
    }

    private func check(_ reader: JSONReader, _ names: UniqueNames) {
        for guardRule in transitions.flatMap(\.guards) {
            if case .differentPerson(let than) = guardRule {
                NameBook.resolve(than, "transition", among: names, "transitions", reader)
            }
        }
        let asksReview = (transitions.flatMap(\.guards) + work.rules).contains {
            $0 == .reviewPassed || $0 == .reviewVetoed
        }
        if asksReview, work.review == nil {
            reader.report("review", "is missing, but a transition depends on one", "add the departments that are asked")
        }
        let asksCircuit = (transitions.flatMap(\.guards) + work.rules).contains { $0.name == .knownCircuit }
        if asksCircuit, work.circuit == nil {
            reader.report(
                "circuitField", "is missing, but knownCircuit depends on it",
                "name the field that holds a circuit's number")
        }
        for transition in transitions where transition.kind == .suspend {
            guard let field = work.pauseField else {
                reader.report(
                    "pauseField", "is missing, but \(transition.name) suspends", "name the field of the reason")
                continue
            }
            if !transition.requires.contains(field) {
                reader.report(
                    "transitions", "\(transition.name) suspends without a reason", "let it require \"\(field)\"")
            }
        }
    }

    private static var meanings: [String: String] {
        [
            "id": "What tickets name it by", "name": "What people call it",
            "uses": "Sets of fields that the form begins with", "fields": "The fields of its own",
            "initial": "The state of a new ticket", "states": "In the order of the stage line",
            "transitions": "The steps from state to state",
            "department": "Who has a new ticket; when left out its circuit's department, or else routing",
            "steps": "The steps within every such ticket",
            "stepsIn": "The states in which steps are worked; any when left out",
            "modeField": "The choice of an implementation mode",
            "pauseField": "The choice of why a suspended ticket waits",
            "circuitField": "The text that holds the number of a circuit",
            "unknownCircuit": "What is done when no such circuit is known; flag when left out",
            "review": "Who decides, where it is a review",
            "rules": "What must be so whenever a person changes the ticket",
        ]
    }
}

extension JSONReader {
    /// Whether every element of a list could be read. Where one could not, what hangs on it would be reported wrongly.
    fileprivate func read<Element>(_ elements: [Element], of key: String) -> Bool {
        value(key, .optional)?.arrayValue?.count == elements.count
    }
}
