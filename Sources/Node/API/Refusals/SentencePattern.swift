/// A sentence with places for values, which have names between braces.
struct SentencePattern: Sendable {
    /// What stands before, between and behind the values: one text more than there are values.
    let texts: [String]
    let names: [String]

    init(_ pattern: Substring) {
        var texts: [String] = []
        var names: [String] = []
        var rest = pattern
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            texts.append(String(rest[..<open]))
            names.append(String(rest[rest.index(after: open)..<close]))
            rest = rest[rest.index(after: close)...]
        }
        self.texts = texts + [String(rest)]
        self.names = names
    }

    /// How much of the sentence is its own.
    var length: Int { texts.reduce(0) { $0 + $1.count } }

    /// What stands in the places of a sentence, by name; nil if it is another sentence.
    func values(of sentence: Substring) -> [String: Substring]? {
        guard let first = texts.first, sentence.hasPrefix(first) else { return nil }
        var rest = sentence.dropFirst(first.count)
        var values: [String: Substring] = [:]
        for (place, name) in names.enumerated() {
            let text = texts[place + 1]
            let isLast = place == names.count - 1
            guard let found = isLast ? Self.end(text, of: rest) : rest.firstRange(of: text) else { return nil }
            values[name] = rest[..<found.lowerBound]
            rest = rest[found.upperBound...]
        }
        return rest.isEmpty ? values : nil
    }

    private static func end(_ text: String, of sentence: Substring) -> Range<Substring.Index>? {
        guard sentence.hasSuffix(text) else { return nil }
        return sentence.index(sentence.endIndex, offsetBy: -text.count)..<sentence.endIndex
    }

    /// The sentence with values in its places; nil if one of them is.
    func filled(_ value: (String) -> String?) -> String? {
        var sentence = texts[0]
        for (name, text) in zip(names, texts.dropFirst()) {
            guard let words = value(name) else { return nil }
            sentence += words + text
        }
        return sentence
    }
}
