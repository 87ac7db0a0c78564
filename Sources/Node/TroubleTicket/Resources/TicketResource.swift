import Replication
import ServiceDesk
import Standards

/// A ticket as a trouble ticket of TMF621, in either edition.
struct TicketResource {
    typealias Members = [String: JSONValue]

    /// What cannot be shown without reading the log.
    private static let fromLog: Set<String> = [
        "statusChangeDate", "statusChange", "statusChangeHistory", "note", "resolutionDate",
    ]

    let row: EntityRow
    /// The ticket's state, perhaps of an earlier moment than the row.
    let state: EntityState
    let wording: Wording
    let dialect: Dialect
    let base: String
    private let pack: StandardPack?
    let type: TicketType?
    private let kept: KeptAttributes
    /// Its changes up to that moment; nil to read them when they are needed.
    private let changes: [Change]?

    init(
        _ row: EntityRow, wording: Wording, dialect: Dialect, base: String, as past: (EntityState, [Change])? = nil
    ) throws {
        self.row = row
        self.wording = wording
        self.dialect = dialect
        self.base = base
        state = past?.0 ?? row.state
        changes = past?.1
        let standing = try wording.standing(of: row)
        (pack, type) = (standing?.0, standing?.1)
        kept = KeptAttributes(state)
    }

    var href: String { "\(base)/troubleTicket/\(row.id.text)" }

    var status: TicketStatus? { type?.state(state.stageName)?.status }

    /// - Parameter wanted: first-level attributes; nil for all. Identifier, address and type are always among them.
    func members(_ wanted: Set<String>? = nil) throws -> Members {
        var members: Members = ["id": .string(row.id.text), "href": .string(href)]
        members["@type"] = Translation.shown("@type", kept, in: dialect) ?? "TroubleTicket"
        let names = TicketAttribute.names(of: dialect).filter { wanted?.contains($0) ?? true && members[$0] == nil }
        let needsLog = names.contains { Self.fromLog.contains($0) }
        let history = needsLog ? TicketHistory(try changes ?? wording.store.changes(of: row.number), type: type) : nil
        for name in names {
            if let value = try value(name, history), !value.isNull { members[name] = value }
        }
        return members
    }

    func json(_ wanted: Set<String>? = nil) throws -> JSONValue { .object(try members(wanted)) }

    private func value(_ name: String, _ history: TicketHistory?) throws -> JSONValue? {
        if let history, Self.fromLog.contains(name) { return value(name, of: history) }
        switch name {
        case "creationDate":
            return state[TicketField.openedAt].integerValue.map(wording.time)
                ?? state.last.map { wording.time($0.stamp) }
        case "lastUpdate": return state.last.map { wording.time($0.stamp) }
        case "name": return text(TicketField.subject)
        case "description": return text(TicketField.description)
        case "severity", "priority": return try ofForm(name).map { .string($0) } ?? kept[name]
        case "ticketType": return text(TicketField.type)
        case "status": return status.map { .string($0.rawValue) }
        case "channel": return try channel()
        case "attachment": return try attachments()
        case "expectedResolutionDate":
            return try DueRow.stored(row.number, in: wording.store.database)?.row.due.map(wording.time)
        case "troubleTicketSpecification": return type.map { specification($0) }
        case "troubleTicketCharacteristic":
            return .array(TicketCharacteristics(type: type, wording: wording).shown(state))
        default: return Translation.shown(name, kept, in: dialect)
        }
    }

    private func text(_ field: Field) -> JSONValue? { state[field].textValue.map { .string($0) } }

    /// A field of the form that has the attribute's name.
    private func ofForm(_ name: String) throws -> String? {
        guard type?.field(name) != nil else { return nil }
        return state[FieldNumbers.field(name)].textValue
    }

    private func value(_ name: String, of history: TicketHistory) -> JSONValue? {
        switch name {
        case "statusChangeDate": return history.moves.last.map { wording.time($0.at) }
        case "resolutionDate": return history.resolved.map { wording.time($0) }
        case "statusChange":
            return .array(
                history.moves.map { ["changeDate": wording.time($0.at), "status": .string($0.status.rawValue)] })
        case "statusChangeHistory":
            return .array(
                history.moves.map { move in
                    [
                        "@type": "StatusChange", "statusChangeDate": wording.time(move.at),
                        "status": .string(move.status.rawValue),
                    ]
                })
        case "note":
            var ordinals = NoteOrdinals()
            return .array(history.notes.map { note($0, ordinals.next($0.text)) })
        default: return nil
        }
    }

    private func note(_ noted: TicketHistory.Noted, _ ordinal: Int) -> JSONValue {
        var members = kept.extras(of: .note(noted.text, ordinal: ordinal))
        members["id"] = members["id"] ?? .string(noted.id)
        members["author"] = members["author"] ?? .string(noted.author)
        members["date"] = members["date"] ?? wording.time(noted.at)
        members["text"] = .string(noted.text)
        if dialect == .v5 { members["@type"] = "Note" }
        return .object(members)
    }

    /// As the caller said it, unless the form has come to say another one since.
    private func channel() throws -> JSONValue? {
        let chosen = try ofForm("channel")
        var members = kept["channel"]?.objectValue ?? [:]
        if let chosen, type?.field("channel")?.chosen(members["id"]?.stringValue ?? "") != chosen {
            let name = type?.field("channel")?.options.first { $0.id == chosen }?.name.en
            members = ["id": .string(chosen), "name": .string(name ?? chosen)]
        }
        guard !members.isEmpty else { return nil }
        if dialect == .v5 { members["@type"] = "ChannelRef" }
        return .object(members)
    }

    /// A file is named by its content's hash; v5 tells a file from a reference to one by its having no identifier.
    private func attachments() throws -> JSONValue {
        .array(
            state.attachments.map { attached in
                let file = attached.attachment
                let path = "/api/tickets/\(row.id.text)/attachments/\(Secrets.hex(file.hash))"
                var members = kept.extras(of: .file(file.hash))
                let own: Members = [
                    "href": .string(path), "name": .string(file.name), "mimeType": .string(file.mediaType),
                    "size": ["amount": .integer(Int64(clamping: file.size)), "units": "byte"],
                ]
                members.merge(own) { $1 }
                members["url"] = members["url"] ?? .string(path)
                members["attachmentType"] = members["attachmentType"] ?? .string(file.mediaType)
                if dialect == .v5 { members["@type"] = "Attachment" }
                if dialect == .v4 { members["id"] = .string(Secrets.hex(file.hash)) }
                return .object(members)
            })
    }

    private func specification(_ type: TicketType) -> JSONValue {
        [
            "@type": "TroubleTicketSpecificationRef", "id": .string(type.id), "name": .string(type.name.en),
            "href": .string("\(base)/troubleTicketSpecification/\(type.id)"), "version": .string(pack?.version ?? ""),
            "@referredType": "TroubleTicketSpecification",
        ]
    }
}

extension FormField {
    /// The value that a caller means by a word: of a choice the option of that identifier or name, of a text itself.
    func chosen(_ word: String) -> String? {
        if kind == .text { return word }
        return options.first { $0.id == word || $0.name.zh == word || $0.name.en == word }?.id
    }
}
