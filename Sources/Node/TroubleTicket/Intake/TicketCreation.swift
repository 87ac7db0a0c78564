import Replication
import ServiceDesk
import Standards

/// A ticket as a caller asks for it: what it says, sorted by what becomes of it.
struct TicketCreation {
    /// Characters of the subject that is made of a description where none is given.
    private static let subjectLength = 60

    private let dialect: Dialect
    private let members: [String: JSONValue]
    private let sent: [TicketCharacteristics.Sent]
    private let notes: SentNotes
    private let files: SentFiles

    /// What the desk is to do.
    struct Order {
        let ticket: NewTicket
        /// What follows in the same transaction: notes and files.
        let revision: TicketRevision
        /// What is to be put in before.
        let files: [SentFiles.One]
    }

    /// - Throws: ``NodeError`` that lists all that is wrong.
    init(_ json: JSONValue, dialect: Dialect) throws {
        guard let object = json.objectValue else {
            throw NodeError(.badRequest, "The body is \(json.kindName).", remedy: "Send a JSON object.")
        }
        self.dialect = dialect
        let members = object.filter { !$0.value.isNull }
        self.members = members
        var problems: [String] = []
        let required = ["description", "severity", "ticketType"] + (dialect == .v5 ? ["@type"] : [])
        problems += required.filter { members[$0] == nil }.map { "\($0) is required" }
        for (name, value) in members.sorted(by: { $0.key < $1.key }) {
            problems += Self.problems(name, value, dialect)
        }
        sent = members["troubleTicketCharacteristic"].map { TicketCharacteristics.read($0, &problems) } ?? []
        notes = SentNotes(members["note"], dialect, &problems)
        files = SentFiles(members["attachment"], dialect, &problems)
        try Intake.finish(problems)
    }

    private static func problems(_ name: String, _ value: JSONValue, _ dialect: Dialect) -> [String] {
        guard let attribute = TicketAttribute.of(name, in: dialect) else { return [Intake.unknown(name, dialect)] }
        switch attribute.place {
        case .made: return ["\(name) is the node's to say"]
        case .kept(let shape): return shape.problems(value, at: name)
        case .mapped: break
        }
        switch name {
        case "creationDate" where dialect == .v5: return ["creationDate is the node's to say"]
        case "creationDate": return Shape.time.problems(value, at: name)
        case "channel": return TicketAttribute.channel(dialect).problems(value, at: name)
        case "troubleTicketSpecification": return TicketAttribute.specification.problems(value, at: name)
        case "note", "attachment", "troubleTicketCharacteristic": return []
        default: return Shape.text.problems(value, at: name)
        }
    }

    /// The caller's own name for the ticket, if it gives one: the same name with the same content is the same request.
    var externalName: String? {
        let kept = members["externalId"].map { JSONValue.array([.object(["id": $0])]) } ?? members["externalIdentifier"]
        guard let first = kept?[0], let id = first["id"]?.stringValue, !id.isEmpty else { return nil }
        let parts = [first["owner"], first["externalIdentifierType"], .string(id)]
        return parts.map { $0?.stringValue ?? "" }.joined(separator: "\n")
    }

    /// What it says, however it is spelled.
    var content: [UInt8] { JSONValue.object(members).bytes() }

    /// - Parameters:
    ///   - pack: the standard in force; nil while none is here, which the desk will say.
    ///   - home: the branch that it is for when none is named; nil at the hub.
    func order(_ pack: StandardPack?, home: SiteID?) throws -> Order {
        let word = members["ticketType"]?.stringValue ?? ""
        let type = pack?.ticketTypes.first { $0.id == word || $0.name.zh == word || $0.name.en == word }
        var problems: [String] = []
        if let pack, type == nil {
            problems.append("ticketType is none of \(pack.ticketTypes.map(\.id).joined(separator: ", "))")
        }
        if let specified = members["troubleTicketSpecification"]?["id"]?.stringValue, specified != type?.id {
            problems.append("troubleTicketSpecification is not that of the ticketType")
        }
        if let status = members["status"]?.stringValue, let type, status != type.state(type.initial)?.status.rawValue {
            problems.append("status is not that of a new ticket; leave it out")
        }
        var kept = KeptAttributes()
        var fields: [String: Value] = [:]
        fill(&fields, &kept, type, &problems)
        var ticket = NewTicket(type: type?.id ?? word, home: home ?? SiteID(""), fields: [:])
        for characteristic in sent {
            switch (characteristic.name, characteristic.value) {
            case (TicketCharacteristics.home, .text(let site)): ticket.home = SiteID(site)
            case ("category", .text(let category)): ticket.category = category
            default: Intake.fill(characteristic, into: &fields, type, &problems)
            }
        }
        if ticket.home.text.isEmpty { problems.append("characteristic home is required at the hub: the owning branch") }
        ticket.fields = fields
        var ordinals = NoteOrdinals()
        for note in notes.all {
            kept.keep(extras: note.extras, of: .note(note.text, ordinal: ordinals.next(note.text)))
        }
        for one in files.all { kept.keep(extras: one.extras, of: .file(one.file.hash)) }
        try Intake.finish(problems)
        ticket.sourceColumns = try kept.columns()
        let said = notes.all.map { Note(text: $0.text, visibility: .internal) }
        let revision = TicketRevision(notes: said, files: files.all.map(\.file))
        return Order(ticket: ticket, revision: revision, files: files.all)
    }

    private func fill(
        _ fields: inout [String: Value], _ kept: inout KeptAttributes, _ type: TicketType?, _ problems: inout [String]
    ) {
        for (name, value) in members.sorted(by: { $0.key < $1.key }) {
            guard let attribute = TicketAttribute.of(name, in: dialect) else { continue }
            if case .kept = attribute.place {
                let (name, value) = Translation.kept(name, value, from: dialect)
                kept[name] = value
                continue
            }
            switch name {
            case "severity", "priority", "channel":
                Intake.fill(name, value, into: &fields, &kept, type, &problems)
            case "description": fields["description"] = .text(value.stringValue ?? "")
            case "creationDate": fields["openedAt"] = .text(value.stringValue ?? "")
            default: break
            }
        }
        let subject = members["name"]?.stringValue ?? Self.subject(of: members["description"]?.stringValue ?? "", type)
        fields["subject"] = .text(subject)
    }

    /// The first line of a description, or its beginning.
    private static func subject(of description: String, _ type: TicketType?) -> String {
        let line = description.split(whereSeparator: \.isNewline).first ?? ""
        let length = min(subjectLength, type?.field("subject")?.maximumLength ?? subjectLength)
        return String(String.UnicodeScalarView(line.unicodeScalars.prefix(length)))
    }
}
