import Standards

extension Words {
    /// The same in both languages: a number, an identifier.
    init(_ text: String) { self.init(zh: text, en: text) }

    static func + (left: Words, right: Words) -> Words { Words(zh: left.zh + right.zh, en: left.en + right.en) }

    static func + (left: Words, right: String) -> Words { Words(zh: left.zh + right, en: left.en + right) }

    /// Cut where it would be wider than so many digits; a Chinese character is as wide as two.
    func shortened(to units: Int) -> Words {
        Words(zh: Self.shortened(zh, to: units), en: Self.shortened(en, to: units))
    }

    private static func shortened(_ text: String, to units: Int) -> String {
        guard DisplayWidth.columns(text) > units else { return text }
        var short = ""
        for character in text {
            guard DisplayWidth.columns(short) + DisplayWidth.columns(String(character)) < units else { break }
            short.append(character)
        }
        return short + "…"
    }

    /// Sentences one after the other: English puts a blank between them.
    static func sentences(_ sentences: [Words]) -> Words {
        Words(zh: sentences.map(\.zh).joined(), en: sentences.map(\.en).joined(separator: " "))
    }

    /// A list of names: `A、B` and `A, B`.
    static func list(_ items: [Words]) -> Words {
        Words(zh: items.map(\.zh).joined(separator: "、"), en: items.map(\.en).joined(separator: ", "))
    }
}
