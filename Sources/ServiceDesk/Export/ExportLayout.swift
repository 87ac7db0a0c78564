import Replication
import Standards

/// The columns of an export: what every ticket has, then the fields of the forms.
struct ExportLayout {
    /// What every ticket has. Raw values are the names of columns.
    enum Fixed: String, CaseIterable {
        case id
        case number
        case type
        case state
        case home
        case transferTo
        case category
        case openedAt
        case updatedAt
        case source
        case sourceKey
        case sourceVersion
        case sourceTime
        case sourceColumns
        case customerID = "customer.id"
        case customerName = "customer.name"
        case customerPhone = "customer.phone"
        case supervised
        case collaborators
        /// The version of the standard that it was opened under.
        case standard
        case openConflicts
        case onlyHere
        case subject
        case description
        case assignee
    }

    /// What a change has beside the ticket after it.
    enum OfChange: String, CaseIterable {
        case version
        case at
        case actor
        case site
        case change
        /// The branch that owns the ticket now: where an import takes all of its changes.
        case homeNow
        case what
        case note
        case noteVisibility
    }

    /// A field that some form has.
    struct FormColumn {
        let name: String
        let field: Field
        let form: FormField
        /// The types of tickets that have it.
        let types: [String]
        /// Whether two types mean different kinds of value by it.
        let isAmbiguous: Bool
    }

    /// Fields that no form known here names, as a JSON object.
    static let others = "otherFields"

    let forms: [FormColumn]
    /// By number, to tell what has no column.
    let columnsByField: [Field: Int]

    /// - Parameter types: of all standards held, those in force first; the first that names a field decides its place.
    init(_ types: [TicketType]) {
        var order: [String] = []
        var found: [String: [(type: String, form: FormField)]] = [:]
        for type in types {
            for form in type.fields
            where form.kind != .set && FieldNumbers.name(FieldNumbers.field(form.id)) == nil {
                if found[form.id] == nil { order.append(form.id) }
                found[form.id, default: []].append((type.id, form))
            }
        }
        forms = order.map { id in
            let uses = found[id] ?? []
            return FormColumn(
                name: Self.taken.contains(id) ? "form.\(id)" : id, field: FieldNumbers.field(id), form: uses[0].form,
                types: uses.map(\.type), isAmbiguous: uses.contains { !Self.agree($0.form.kind, uses[0].form.kind) })
        }
        columnsByField = Dictionary(
            forms.enumerated().map { ($1.field, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Texts and choices are both texts to a file.
    private static func agree(_ one: FormField.Kind, _ other: FormField.Kind) -> Bool {
        one == other || [one, other].allSatisfy { $0 == .text || $0 == .choice }
    }

    private static let taken = Set(
        Fixed.allCases.map(\.rawValue) + OfChange.allCases.map(\.rawValue) + [others])

    /// The columns of tickets.
    var ticket: [String] { Fixed.allCases.map(\.rawValue) + forms.map(\.name) + [Self.others] }

    /// The columns of timelines: which ticket, then the change, then the ticket after it.
    var timeline: [String] {
        let identity = [Fixed.id.rawValue, Fixed.number.rawValue]
        return identity + OfChange.allCases.map(\.rawValue) + ticket.dropFirst(identity.count)
    }

    static let conflict = [
        "id", "number", "subject", "field", "rule", "losingValue", "losingChange", "losingActor", "losingSite",
        "losingAt",
        "winningValue", "winningChange", "winningActor", "winningSite", "winningAt", "settled", "settledChange",
        "settledActor", "settledSite", "settledAt",
    ]

    static let decision = [
        "id", "number", "request", "purpose", "charge", "amountFen", "reason", "actor", "site", "at", "outcome",
        "answer", "answerReason", "answeredBy", "answeredAt", "effect",
    ]

    func columns(of subject: ExportQuery.Subject) -> [String] {
        switch subject {
        case .tickets: ticket
        case .timelines: timeline
        case .conflicts: Self.conflict
        case .decisions: Self.decision
        }
    }
}
