import HTTP
import SQLite
import Testing

@testable import Node

@Suite("What the node refuses has Chinese")
struct RefusalWordsTests {
    private typealias Pair = (english: String, chinese: String)

    private static let pairs: [Pair] = ChineseTexts.all.flatMap(ChineseSentences.pairs).map { pair in
        (String(pair.english), String(pair.chinese))
    }

    /// A sentence with `{}` in the place of each value.
    private static func bare(_ sentence: String) -> String { sentence.replacing(/\{[^}]*\}/, with: "{}") }

    /// What the sources put together of several pieces, each as it may be said; values of their own that have Chinese.
    private static var composed: [String] {
        let hints = ["did you mean \"cut\"?", "use one of: cut, slow, …", "remove it"]
        var all = [
            "Did you mean cut?", "is not on the form; did you mean subject?",
            "close leaves resolved, acknowledged, and the ticket is closed", "no role",
            "none of the roles clerk, supervisor", "integration only",
            "This hub gathers what its sites hold and decides nothing until enough are compared.",
            "This hub gathers what its sites hold and decides nothing until enough are compared; still to come: "
                + "nx-yinchuan, nx-wuzhong.",
            "Could not read JSON at line 3, column 4: expected a value, found something else; correct the text there.",
        ]
        all += hints + hints.map { $0 + "." } + hints.map { "Correct it: \($0)." }
        all += SpokenSentences.composed.sorted { $0.key < $1.key }.flatMap(\.value)
        all += AccessLevel.allCases.map { "\($0)" }
        all += ["waiting", "begun", "done", "returned", "exception"] + ["open", "passed", "vetoed"]
        let inside: [SQLiteError.Kind] = [.constraint, .other, .outcomeUnknown]
        all += SQLiteError.Kind.allCases.filter { !inside.contains($0) }.map { "Nothing was saved: why; \($0.hint)." }
        let alone = (try? SpokenSentences.hubsAlone()) ?? []
        all += alone + alone.map { $0.replacing(" at the hub.", with: "") }
        all += alone.compactMap { $0.wholeMatch(of: /Only the province (.+)\./).map { String($0.output.1) } }
        let statuses: [Status] = [
            .badRequest, .unauthorized, .forbidden, .notFound, .conflict, .preconditionFailed, .contentTooLarge,
            .unsupportedMediaType, .unprocessableContent, .tooManyRequests, .internalServerError, .serviceUnavailable,
        ]
        return all + statuses.map(\.reasonPhrase)
    }

    @Test("every sentence of a refusal that a page can meet has Chinese")
    func complete() throws {
        let known = Set(Self.pairs.map { Self.bare($0.english) })
        let spoken = try SpokenSentences.all()
        #expect(spoken.count > 500)
        #expect(try SpokenSentences.hubsAlone().count > 15)
        for (sentence, file) in spoken.sorted(by: { $0.key < $1.key }) where SpokenSentences.composed[sentence] == nil {
            #expect(
                known.contains(sentence),
                "\(file) says \"\(sentence)\": give it Chinese in Sources/Node/API/Refusals, or say why not")
        }
        for sentence in Self.composed {
            #expect(ChineseSentences.all.clause(sentence[...]) != nil, "\(sentence)")
        }
    }

    @Test("what has Chinese is said by the sources")
    func inUse() throws {
        let spoken = try SpokenSentences.all()
        for (english, _) in Self.pairs where spoken[Self.bare(english)] == nil {
            let pattern = SentencePattern(english[...])
            #expect(
                Self.composed.contains { pattern.values(of: $0[...]) != nil },
                "nothing says \"\(english)\" any more")
        }
    }

    @Test("a sentence has its Chinese once, with no value that the English has not")
    func wellFormed() throws {
        #expect(Set(Self.pairs.map { Self.bare($0.english) }).count == Self.pairs.count, "a sentence stands twice")
        for (english, chinese) in Self.pairs {
            let (before, after) = (SentencePattern(english[...]), SentencePattern(chinese[...]))
            #expect(Set(after.names).isSubset(of: before.names), "\(english)")
            #expect(Set(before.names).count == before.names.count, "\(english)")
            #expect(!before.texts.dropFirst().dropLast().contains(""), "\(english): two values touch")
            #expect(chinese.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }, "\(english)")
            #expect(english.unicodeScalars.allSatisfy { $0.value < 0x2E80 }, "\(english)")
            let ends = chinese.hasSuffix("。") || chinese.hasSuffix("？")
            #expect(english.hasSuffix(".") ? ends : !ends || english.hasSuffix("?"), "\(english)")
        }
    }

    @Test("each sentence is told by the Chinese under it and by no other, whatever its values")
    func unambiguous() {
        for (english, chinese) in Self.pairs {
            let said = SentencePattern(english[...]).filled { name in
                if name.hasPrefix("¥") { return "150005" }
                return name == "errors" ? "text is empty" : name.hasPrefix("=") ? "is empty" : "v\(name)"
            }
            let expected = SentencePattern(chinese[...]).filled { name in
                if name.hasPrefix("¥") { return "1500.05" }
                return name == "errors" ? "内容：不能为空" : name.hasPrefix("=") ? "不能为空" : "v\(name)"
            }
            let told = ChineseSentences.all.told(said ?? "", errors: "内容：不能为空")
            #expect(told.text == expected, "\(english)")
            #expect(told.languages == [.chinese], "\(english)")
        }
    }

    @Test("a sentence without Chinese stays English, and none is half of each")
    func neverMixed() {
        let told = { (text: String) in ChineseSentences.all.told(text) }
        #expect(told("The moon is full. Nothing is to be done.").text == "The moon is full. 无需处理。")
        #expect(told("Nothing is to be done. The moon is full.").text == "无需处理。 The moon is full.")
        #expect(told("Nothing is to be done. The moon is full.").languages == [.chinese, .english])
        // A value that is no word would be English in a Chinese sentence.
        #expect(told("Ask nx-hub.").text == "请联系 nx-hub。")
        #expect(told("Ask whoever looks after the moon.").text == "Ask whoever looks after the moon.")
        #expect(told("The text waxes and wanes.").languages == [.english])
        // Without what is wrong with each field, its sentence would say nothing.
        #expect(told("The request is not right: name waxes.").languages == [.english])
    }

    @Test("values are those of the English, and lists of them are written as Chinese writes lists")
    func values() {
        let told = { (text: String) in ChineseSentences.all.told(text).text }
        #expect(told("Step close needs subject, cause.") == "操作“close”须填写：subject、cause。")
        #expect(told("A refund is of 1 to 50000 fen.") == "退费金额须为 0.01 至 500 元。")
        // A text that nobody has written.
        let long = String(repeating: "Nothing is to be done. ", count: ChineseSentences.sentencesMax + 1)
        #expect(told(long) == long)
        #expect(told("It takes clerk or manager.") == "须由 clerk 或 manager 办理。")
    }

    @Test(
        "Chinese is told to whoever prefers it to everything else",
        arguments: [
            ("zh-CN", true), ("zh", true), ("ZH-Hans-CN", true), ("zh-CN,zh;q=0.9,en;q=0.8", true),
            ("en;q=0.8, zh", true), ("en;q=0.5,zh ; q=0.6", true), ("zh, en", true),
            ("en", false), ("en, zh", false), ("zh;q=0.4, en;q=0.9", false), ("fr, zh;q=0.9", false), ("*", false),
            ("zh;q=0", false), ("zh;q=x", false), ("zh;q=nan", false), ("zh;q=7", false), ("", false), (";q=1", false),
            ("zhuang", false),
        ])
    func preference(_ header: String, _ isChinese: Bool) {
        #expect((ReaderLanguage(["Accept-Language": header]) == .chinese) == isChinese, "\(header)")
    }

    @Test("whoever names no language is told in English, and a language named in a second line counts")
    func unnamed() {
        #expect(ReaderLanguage([:]) == .english)
        var headers: Headers = ["Accept-Language": "en;q=0.3"]
        headers.add("Accept-Language", "zh-CN;q=0.8")
        #expect(ReaderLanguage(headers) == .chinese)
    }
}
