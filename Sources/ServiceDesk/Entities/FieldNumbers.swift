import Hashing
import Replication

/// Numbers for the fields of a form, which a pack names by words.
///
/// Fields that every ticket has keep their small numbers; any other word is given one from its own letters, so that two
/// sites that have never met number it alike and a pack needs no registry. Two words that fall on one number are
/// refused when a pack is published.
public enum FieldNumbers {
    /// Below this are the fields that are compiled in.
    static let firstOfForms: UInt16 = 4_096

    private static let common: [String: Field] = [
        "subject": TicketField.subject, "description": TicketField.description, "category": TicketField.category,
        "assignee": TicketField.assignee, "openedAt": TicketField.openedAt, "supervised": TicketField.isSupervised,
    ]

    public static func field(_ name: String) -> Field {
        if let field = common[name] { return field }
        let room = UInt32(UInt16.max - firstOfForms) + 1
        return Field(rawValue: firstOfForms + UInt16(checksum(name) % room))
    }

    /// The number itself: two words of a pack must not have one.
    public static func number(_ name: String) -> UInt16 { field(name).rawValue }

    private static func checksum(_ name: String) -> UInt32 {
        var name = name
        return name.withUTF8 { CRC32.checksum(UnsafeRawBufferPointer($0)) }
    }

    /// Whether a person fills it in when a ticket is opened; the desk itself writes the others.
    static func isOfForms(_ field: Field) -> Bool {
        let ofForms = [TicketField.subject, TicketField.description, TicketField.category, TicketField.assignee]
        return field.rawValue >= firstOfForms || ofForms.contains(field)
    }

    /// The word for a field that is compiled in.
    public static func name(_ field: Field) -> String? {
        switch field {
        case TicketField.type: "type"
        case TicketField.subject: "subject"
        case TicketField.description: "description"
        case TicketField.home: "home"
        case TicketField.transferTo: "transferTo"
        case TicketField.customer: "customer"
        case TicketField.category: "category"
        case TicketField.assignee: "assignee"
        case TicketField.pack: "pack"
        case TicketField.openedAt: "openedAt"
        case TicketField.source: "source"
        case TicketField.sourceKey: "sourceKey"
        case TicketField.isSupervised: "supervised"
        case TicketField.sourceVersion: "sourceVersion"
        case TicketField.sourceTime: "sourceTime"
        case TicketField.sourceColumns: "sourceColumns"
        case TicketField.department: "department"
        case TicketField.handOverTo: "handOverTo"
        case TicketField.heldBy: "heldBy"
        case TicketField.escalation: "escalation"
        case TicketField.parent: "parent"
        case TicketField.round: "round"
        case TicketField.collaborators: "collaborators"
        case TicketField.expedites: "expedites"
        case TicketField.articles: "articles"
        default: nil
        }
    }
}
