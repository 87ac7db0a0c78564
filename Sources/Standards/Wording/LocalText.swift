/// A wording in both languages of the product.
public struct LocalText: Hashable, Sendable {
    /// The longest wording, in Unicode scalars.
    public static let lengthLimit = 200

    public let zh: String
    public let en: String

    public init(zh: String, en: String) {
        self.zh = zh
        self.en = en
    }

    /// As it stands in our files and answers: `{"zh": …, "en": …}`.
    public var json: JSONValue { ["zh": .string(zh), "en": .string(en)] }

    /// Reads `{"zh": …, "en": …}`; both are required, since every page exists in both languages.
    init?(reading reader: JSONReader) {
        reader.explain(["zh": "In Chinese", "en": "In English"])
        let zh = reader.text("zh", .line(Self.lengthLimit))
        let en = reader.text("en", .line(Self.lengthLimit))
        guard let zh, let en else { return nil }
        self.init(zh: zh, en: en)
    }
}
