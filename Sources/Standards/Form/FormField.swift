/// One field of a ticket type's form.
public struct FormField: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        case text
        /// One of ``FormField/options``.
        case choice
        case integer
        case boolean
        /// An instant, in milliseconds since 1970-01-01T00:00Z.
        case time
        /// A file attached to the ticket, by its content's hash: such as a signed test report.
        case file
        /// A set of texts, to which people add and from which they take away.
        case set
    }

    /// The length of a text whose field states none, in Unicode scalars.
    public static let usualLength = 200
    /// The greatest length a field may state.
    public static let lengthLimit = 20_000
    /// The most options of a choice.
    public static let optionLimit = 200

    public let id: String
    public let name: LocalText
    public let kind: Kind
    /// Whether a ticket cannot be opened without it.
    public let isRequired: Bool
    /// Of a text, and of each text of a set, in Unicode scalars; nil for other kinds.
    public let maximumLength: Int?
    /// Of a choice; empty for other kinds.
    public let options: [FieldOption]
    /// Whether it holds personal data, which never reaches logs, errors or figures and is erased on request.
    public let isPersonal: Bool
    /// What it is filled from when the ticket's circuit is chosen; nil when only people fill it in.
    public let source: CircuitFact?

    public init(
        id: String, name: LocalText, kind: Kind, isRequired: Bool = false, maximumLength: Int? = nil,
        options: [FieldOption] = [], isPersonal: Bool = false, source: CircuitFact? = nil
    ) {
        self.id = id
        self.name = name
        self.kind = kind
        self.isRequired = isRequired
        self.maximumLength = maximumLength
        self.options = options
        self.isPersonal = isPersonal
        self.source = source
    }

    init?(reading reader: JSONReader, _ names: inout UniqueNames, _ sources: FormSources) {
        reader.explain([
            "id": "What a ticket's data name it by", "name": "What the form says", "kind": "What it holds",
            "required": "Whether a ticket cannot be opened without it",
            "personal": "Whether it holds personal data, which never reaches logs or figures",
            "maxLength": "Of a text, in characters", "options": "Of a choice: what may be chosen",
            "optionsFrom": "Of a choice: the list of this pack that may be chosen from",
            "from": "What of a circuit fills it in, in tickets that name one",
        ])
        let id = reader.text("id", .identifier)
        if let id {
            names.claim(id, at: reader.path(of: "id"), reader.log)
            sources.numbers?.claim(id, at: reader.path(of: "id"), reader.log)
        }
        let name = reader.object("name", read: LocalText.init(reading:))
        let kind = reader.choice("kind", of: Kind.self)
        let isRequired = reader.flag("required", absent: false)
        let isPersonal = reader.flag("personal", absent: false)
        let length = reader.integer("maxLength", in: 1...Self.lengthLimit, .optional)
        if reader.has("maxLength"), let kind, kind != .text, kind != .set {
            reader.report("maxLength", "only a text has a length", "remove it")
        }
        if kind == .set || kind == .file, isRequired {
            reader.report(
                "required", "cannot be met when a ticket is opened", "let the transition that needs it require it")
        }
        let options = FieldOption.list(reading: reader, kind, sources)
        let source = reader.choice("from", of: CircuitFact.self, .optional)
        if source != nil, let kind, kind != .text, kind != .choice {
            reader.report("from", "only a text or a choice is filled from a circuit", "remove it")
        }
        guard let id, let name, let kind else { return nil }
        self.init(
            id: id, name: name, kind: kind, isRequired: isRequired,
            maximumLength: kind == .text || kind == .set ? length ?? Self.usualLength : nil, options: options,
            isPersonal: isPersonal, source: source)
    }
}
