extension Words {
    /// The same in both languages: a number, an identifier.
    init(_ text: String) { self.init(zh: text, en: text) }

    static func + (left: Words, right: Words) -> Words { Words(zh: left.zh + right.zh, en: left.en + right.en) }

    static func + (left: Words, right: String) -> Words { Words(zh: left.zh + right, en: left.en + right) }

    /// Sentences one after the other: English puts a blank between them.
    static func sentences(_ sentences: [Words]) -> Words {
        Words(zh: sentences.map(\.zh).joined(), en: sentences.map(\.en).joined(separator: " "))
    }

    /// A list of names: `A、B` and `A, B`.
    static func list(_ items: [Words]) -> Words {
        Words(zh: items.map(\.zh).joined(separator: "、"), en: items.map(\.en).joined(separator: ", "))
    }
}

/// Which language a report is written in.
public enum ReportLanguage: String, CaseIterable, Sendable {
    case zh, en
    /// Both in one file, with a switch at its head; Chinese first.
    case both
}
