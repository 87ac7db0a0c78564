import Replication
import ServiceDesk
import Standards

/// What a patch asks of a ticket: the difference between the resource as it is and as it is to be.
struct TicketPatch {
    /// The characteristic that names a step of the procedure, where a status alone would leave it open.
    static let step = "transition"

    private let resource: TicketResource
    private let before: [String: JSONValue]
    private let after: [String: JSONValue]
    /// Whether lists of the patched resource are whole: in a merge patch a list names what is added or changed.
    private let isExact: Bool

    private var problems: [String] = []
    private var fields: [String: Value] = [:]
    private var kept: KeptAttributes
    private var notes: [Note] = []
    /// What is to be put in before the revision is carried out.
    private(set) var files: [SentFiles.One] = []
    private var stepNamed: String?

    init(_ resource: TicketResource, before: [String: JSONValue], after: [String: JSONValue], isExact: Bool) {
        self.resource = resource
        self.before = before
        self.after = after
        self.isExact = isExact
        kept = KeptAttributes(resource.state)
    }

    /// - Throws: ``NodeError`` that lists all that is wrong, or says which steps are open.
    mutating func revision() throws -> TicketRevision {
        let names = Set(before.keys).union(after.keys).sorted()
        for name in names where before[name] != after[name] && name != "status" { take(name) }
        try Intake.finish(problems)
        var revision = TicketRevision(
            step: try step(), fields: fields, notes: notes, files: files.map(\.file))
        if kept != KeptAttributes(resource.state) { revision.sourceColumns = try kept.columns() ?? "{}" }
        return revision
    }

    private mutating func take(_ name: String) {
        guard let attribute = TicketAttribute.of(name, in: resource.dialect) else {
            return problems.append(Intake.unknown(name, resource.dialect))
        }
        let value = after[name]
        switch attribute.place {
        case .made: problems.append("\(name) is the node's to say")
        case .kept(let shape):
            if let value { problems += shape.problems(value, at: name) }
            keep(name, value)
        case .mapped: takeMapped(name, value)
        }
    }

    private mutating func keep(_ name: String, _ value: JSONValue?) {
        guard let value else { return kept.remove(Self.keptName(name)) }
        let said = Translation.kept(name, value, from: resource.dialect)
        kept[said.name] = said.value
    }

    private static func keptName(_ name: String) -> String { name == "externalId" ? "externalIdentifier" : name }

    private mutating func takeMapped(_ name: String, _ value: JSONValue?) {
        switch (name, value) {
        case ("creationDate", _): problems.append("creationDate is the node's to say")
        case ("ticketType", _): problems.append("ticketType does not change; open another ticket")
        case ("attachment", let value): takeFiles(value)
        case ("troubleTicketSpecification", let value):
            if value?["id"] != before[name]?["id"] { problems.append("troubleTicketSpecification does not change") }
        case ("note", let value): takeNotes(value)
        case ("troubleTicketCharacteristic", let value): takeCharacteristics(value)
        case ("severity", nil), ("priority", nil), ("channel", nil):
            kept.remove(name)
            if resource.type?.field(name) != nil { fields[name] = .null }
        case ("severity", let value?), ("priority", let value?):
            problems += Shape.text.problems(value, at: name)
            Intake.fill(name, value, into: &fields, &kept, resource.type, &problems)
        case ("channel", let value?):
            problems += TicketAttribute.channel(resource.dialect).problems(value, at: name)
            Intake.fill(name, value, into: &fields, &kept, resource.type, &problems)
        default:
            if let value { problems += Shape.text.problems(value, at: name) }
            fields[name == "name" ? "subject" : name] = value?.stringValue.map { .text($0) } ?? .null
        }
    }

    /// Notes are only added. What is there already is known by its identifier, or by its text.
    private mutating func takeNotes(_ value: JSONValue?) {
        var held = before["note"]?.arrayValue ?? []
        var ordinals = NoteOrdinals()
        for note in held { _ = ordinals.next(note["text"]?.stringValue ?? "") }
        let fresh = (value?.arrayValue ?? []).filter { item in
            let place = held.firstIndex { old in
                item == old || (item["id"] != nil ? item["id"] == old["id"] : item["text"] == old["text"])
            }
            guard let place else { return true }
            let old = held.remove(at: place)
            if item["text"] != old["text"] { problems.append("a note does not change; add another") }
            return false
        }
        if value == nil || (isExact && !held.isEmpty) { problems.append("notes are not taken away") }
        for note in SentNotes(value.map { _ in .array(fresh) }, resource.dialect, &problems).all {
            notes.append(Note(text: note.text, visibility: .internal))
            kept.keep(extras: note.extras, of: .note(note.text, ordinal: ordinals.next(note.text)))
        }
        if let value, value.arrayValue == nil { problems.append("note is not a list") }
    }

    /// Files are only added, by value. What is there already is known by its address.
    private mutating func takeFiles(_ value: JSONValue?) {
        let held = before["attachment"]?.arrayValue ?? []
        let list = value?.arrayValue ?? []
        let fresh = list.filter { item in
            !held.contains { item == $0 || (item["href"] != nil && item["href"] == $0["href"]) }
        }
        if value == nil || (isExact && list.count - fresh.count < held.count) {
            problems.append("attachment: files are not taken away")
        }
        files = SentFiles(value.map { _ in .array(fresh) }, resource.dialect, &problems).all
        for one in files { kept.keep(extras: one.extras, of: .file(one.file.hash)) }
        if let value, value.arrayValue == nil { problems.append("attachment is not a list") }
    }

    private mutating func takeCharacteristics(_ value: JSONValue?) {
        let held = before["troubleTicketCharacteristic"]?.arrayValue ?? []
        guard let list = value?.arrayValue else {
            return problems.append("troubleTicketCharacteristic is not a list")
        }
        let changed = list.filter { !held.contains($0) }
        for sent in TicketCharacteristics.read(.array(changed), &problems) {
            if sent.name == Self.step, case .text(let name) = sent.value {
                stepNamed = name
            } else {
                Intake.fill(sent, into: &fields, resource.type, &problems)
            }
        }
        guard isExact else { return }
        let names = Set(list.compactMap { $0["name"]?.stringValue })
        for name in held.compactMap({ $0["name"]?.stringValue }) where !names.contains(name) {
            Intake.fill(.init(name: name, value: .null), into: &fields, resource.type, &problems)
        }
    }

    /// The step that leads to the status: the one that is named, or the first of the procedure that has all it asks
    /// for, or the first, which then says what it lacks.
    private func step() throws -> String? {
        guard before["status"] != after["status"] else { return stepNamed }
        guard let wanted = after["status"]?.stringValue.flatMap(TicketStatus.init) else {
            throw NodeError(
                .badRequest, "status is none of \(TicketStatus.allCases.map(\.rawValue).joined(separator: ", ")).",
                remedy: "Send one of them.")
        }
        guard let type = resource.type else { return stepNamed }
        let open = type.transitions(from: resource.state.stageName)
        let leading = open.filter { type.state($0.to)?.status == wanted }
        if let stepNamed {
            guard leading.contains(where: { $0.name == stepNamed }) else {
                throw Self.notOpen(wanted, type, open, "Step \(Finding.quote(stepNamed)) does not lead there.")
            }
            return stepNamed
        }
        guard let first = leading.first else { throw Self.notOpen(wanted, type, open, "") }
        let ready = leading.first { rule in
            rule.requires.allSatisfy { name in
                let value = fields[name] ?? resource.state[FieldNumbers.field(name)]
                return value != .null && value != .text("")
            }
        }
        return (ready ?? first).name
    }

    private static func notOpen(
        _ wanted: TicketStatus, _ type: TicketType, _ open: [TransitionRule], _ more: String
    ) -> NodeError {
        let steps = open.map { "\(type.state($0.to)?.status.rawValue ?? $0.to) (by \($0.name))" }
        return NodeError(
            .notNow, "No step leads from where the ticket is to \(wanted.rawValue). \(more)",
            remedy: steps.isEmpty ? "Nothing leaves this state." : "Open are: \(steps.joined(separator: ", ")).")
    }
}
