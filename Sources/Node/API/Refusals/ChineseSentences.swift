/// What the node says in English, in Chinese: sentence by sentence, whatever values stand in them. The values are those
/// of the English and no others.
struct ChineseSentences: Sendable {
    private struct Entry: Sendable {
        let english: SentencePattern
        let chinese: SentencePattern
    }

    static let all = ChineseSentences(ChineseTexts.all, fields: ChineseTexts.fields)

    /// Sentences without values.
    private let whole: [String: String]
    /// Of two that fit, the one that says more itself stands first.
    private let entries: [Entry]
    private let fields: [String: String]

    init(_ texts: [String], fields: String) {
        var whole: [String: String] = [:]
        var entries: [Entry] = []
        for (english, chinese) in texts.flatMap(Self.pairs) {
            let pattern = SentencePattern(english)
            if pattern.names.isEmpty {
                whole[String(english)] = String(chinese)
            } else {
                entries.append(Entry(english: pattern, chinese: SentencePattern(chinese)))
            }
        }
        self.whole = whole
        self.entries = entries.sorted { $0.english.length > $1.english.length }
        var byName: [String: String] = [:]
        for (english, chinese) in Self.pairs(fields) { byName[String(english)] = String(chinese) }
        self.fields = byName
    }

    /// The sentences of a text, each with the Chinese that stands under it.
    static func pairs(_ text: String) -> [(english: Substring, chinese: Substring)] {
        var pairs: [(english: Substring, chinese: Substring)] = []
        var english: Substring = ""
        for line in text.split(separator: "\n") {
            if line.first == " " {
                pairs.append((english, line.drop { $0 == " " }))
            } else {
                english = line
            }
        }
        return pairs
    }

    /// A text of several sentences. One that has no Chinese stays as it is, and none is half of each.
    /// - Parameter errors: what is wrong with fields, in Chinese; nil where that is not known.
    /// - Returns: the text, and the languages that are in it.
    func told(_ text: String, errors: String? = nil) -> (text: String, languages: Set<ReaderLanguage>) {
        var told = ""
        var languages: Set<ReaderLanguage> = []
        var before = ReaderLanguage.chinese
        let sentences = Self.sentences(text)
        guard sentences.count <= Self.sentencesMax else { return (text, [.english]) }
        for english in sentences {
            let chinese = sentence(english, errors: errors)
            let language = chinese == nil ? ReaderLanguage.english : .chinese
            if !told.isEmpty, language == .english || before == .english { told += " " }
            told += chinese ?? String(english)
            languages.insert(language)
            before = language
        }
        return (told, languages)
    }

    /// A text of more sentences is nothing that the node says.
    static let sentencesMax = 16

    private static func sentences(_ text: String) -> [Substring] {
        var sentences: [Substring] = []
        var (start, last) = (text.startIndex, Character(" "))
        for place in text.indices {
            if text[place] == " ", last == "." || last == "?" {
                sentences.append(text[start..<place])
                start = text.index(after: place)
            }
            last = text[place]
        }
        sentences.append(text[start...])
        return sentences.filter { !$0.isEmpty }
    }

    /// One sentence; nil if it has no Chinese.
    private func sentence(_ text: Substring, errors: String?) -> String? {
        if let whole = whole[String(text)] { return whole }
        for entry in entries {
            guard let values = entry.english.values(of: text) else { continue }
            let told = entry.chinese.filled { name in
                if name == "errors" { return errors }
                let value = values[name] ?? ""
                if name.hasPrefix("¥") { return Self.yuan(value) }
                return name.hasPrefix("=") ? clause(value) : Self.value(value)
            }
            if let told { return told }
        }
        return nil
    }

    /// A clause, or several of them; nil if one has no Chinese.
    func clause(_ text: Substring) -> String? {
        if let one = sentence(text, errors: nil) { return one }
        let parts = text.split(separator: "; ")
        let told = parts.compactMap { sentence($0, errors: nil) }
        return told.count == parts.count ? told.joined(separator: "；") : nil
    }

    /// What is wrong with a field; nil if that has no Chinese.
    func fault(_ problem: String, of field: String) -> String? {
        clause(problem[...]).map { "\(fields[field] ?? field)：\($0)" }
    }

    /// Pages show money in yuan, the API has it in fen.
    private static func yuan(_ value: Substring) -> String? {
        guard let fen = Int(value), fen >= 0 else { return nil }
        let rest = fen % 100
        return rest == 0 ? "\(fen / 100)" : "\(fen / 100).\(rest < 10 ? "0" : "")\(rest)"
    }

    /// A value as it is, a list as Chinese writes one. Nil for more English than a word.
    private static func value(_ value: Substring) -> String? {
        for (separator, mark) in [(", ", "、"), (" or ", " 或 ")] {
            let parts = value.split(separator: separator)
            guard parts.count > 1 else { continue }
            let told = parts.compactMap { Self.value($0) }
            return told.count == parts.count ? told.joined(separator: mark) : nil
        }
        return value.contains(" ") ? nil : String(value)
    }
}
