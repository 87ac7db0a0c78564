/// What a customer is told when a step is taken: a text with places that are filled in when it is sent.
///
/// A place is a word in braces, such as `{number}`. What stands in square brackets is left out when one of its places
/// has nothing to be filled with.
public struct NoticeTemplate: Hashable, Sendable {
    public static let limit = 200
    /// Characters; with every place filled a text message of some ten parts.
    public static let lengthLimit = 500

    /// What can be filled in.
    public enum Place: String, CaseIterable, Sendable {
        /// The ticket's number.
        case number
        /// What its type is called.
        case type
        /// What the state is called that the step has reached.
        case stage
        /// When it is due.
        case promised
        /// Where the customer can follow it.
        case link
    }

    public enum Language: String, CaseIterable, Sendable { case zh, en }

    public let id: String
    public let zh: String
    public let en: String
    /// All when empty.
    public let types: [String]
    /// The steps, by their names; all that tell the customer when empty.
    public let transitions: [String]

    public init(id: String, zh: String, en: String, types: [String] = [], transitions: [String] = []) {
        self.id = id
        self.zh = zh
        self.en = en
        self.types = types
        self.transitions = transitions
    }

    init?(reading reader: JSONReader, _ book: NameBook, _ names: inout UniqueNames) {
        reader.explain([
            "id": "What it is named by", "zh": "In Chinese, with places such as {number}",
            "en": "In English, with the same places", "types": "The ticket types; all when left out",
            "transitions": "The steps that it tells of; all that tell the customer when left out",
        ])
        let id = reader.text("id", .identifier)
        if let id { names.claim(id, at: reader.path(of: "id"), reader.log) }
        let zh = reader.text("zh", .line(Self.lengthLimit))
        let en = reader.text("en", .line(Self.lengthLimit))
        for (key, text) in [("zh", zh), ("en", en)] {
            guard let text, let wrong = Self.problem(of: text) else { continue }
            reader.report(key, wrong.problem, wrong.remedy)
        }
        types = reader.texts("types", .identifier, count: 0...TicketType.limit, .optional)
        for type in types { book.resolve(type, .ticketType, "types", reader) }
        transitions = reader.texts("transitions", .identifier, count: 0...TicketType.transitionLimit, .optional)
        guard let id, let zh, let en else { return nil }
        self.id = id
        self.zh = zh
        self.en = en
    }

    public func fits(_ transition: String, of type: String) -> Bool {
        (types.isEmpty || types.contains(type)) && (transitions.isEmpty || transitions.contains(transition))
    }

    public func text(in language: Language) -> String { language == .zh ? zh : en }

    /// The text with its places filled.
    /// - Parameter value: what to fill a place with; nil for nothing.
    public func filled(in language: Language, _ value: (Place) -> String?) -> String {
        var (text, part, isLacking): (String, String?, Bool) = ("", nil, false)
        func add(_ more: String) { if part == nil { text += more } else { part? += more } }
        var rest = self.text(in: language)[...]
        while let character = rest.popFirst() {
            switch character {
            case "[" where part == nil: (part, isLacking) = ("", false)
            case "]" where part != nil:
                let whole = isLacking ? "" : part ?? ""
                part = nil
                text += whole
            case "{":
                let word = rest.prefix { $0 != "}" }
                rest = rest.dropFirst(word.count + 1)
                let filling = Place(rawValue: String(word)).flatMap(value)
                if let filling { add(filling) } else { isLacking = true }
            default: add(String(character))
            }
        }
        return text + (part ?? "")
    }

    /// What is wrong with a text; nil when it can be filled.
    static func problem(of text: String) -> (problem: String, remedy: String)? {
        var isInside = false
        var rest = text[...]
        while let character = rest.popFirst() {
            switch character {
            case "[", "]":
                guard isInside == (character == "]") else {
                    return (
                        "has square brackets that do not close one another", "write each pair as [ … ], none in another"
                    )
                }
                isInside.toggle()
            case "{":
                let word = rest.prefix { $0 != "}" && $0 != "{" }
                rest = rest.dropFirst(word.count)
                guard rest.popFirst() == "}" else {
                    return ("has a brace that is not closed", "write places as {number}")
                }
                guard Place(rawValue: String(word)) != nil else {
                    return (
                        "has the place \(Finding.quote(String(word))), which nothing fills",
                        NearestWord.hint(for: String(word), among: Place.allCases.map(\.rawValue))
                    )
                }
            case "}": return ("has a brace that was not opened", "write places as {number}")
            default: break
            }
        }
        return isInside ? ("has square brackets that do not close one another", "write each pair as [ … ]") : nil
    }

    /// What is said where the standard says nothing of its own.
    public static let builtIn = NoticeTemplate(
        id: "builtIn",
        zh: "您的工单{number}（{type}）最新进展：{stage}。[承诺时限：{promised}。][查询：{link}]",
        en: "Your ticket {number} ({type}) is now: {stage}.[ Promised by {promised}.][ Follow it at {link}]")
}
