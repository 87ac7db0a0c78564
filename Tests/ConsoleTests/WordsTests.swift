import Testing

@Suite struct WordsTests {
    /// A line of the table: a name, Chinese, English.
    struct Entry {
        let name: String
        let chinese: String
        let english: String
    }

    /// What is loaded at once, and what comes with the pages that are loaded on demand.
    static let files = ["words.js", "terms.js"]

    static func entries() throws -> [Entry] { try files.flatMap(entries) }

    static func entries(of file: String) throws -> [Entry] {
        let text = try WebFolder.text(file)
        return text.matches(of: /(?m)^  '?([A-Za-z0-9.]+)'?: \['(.*)', '(.*)'\],$/).map {
            Entry(name: String($0.1), chinese: String($0.2), english: String($0.3))
        }
    }

    @Test("every line of the words has both languages")
    func bothColumnsAreFull() throws {
        let entries = try Self.entries()
        let lines = try Self.files.flatMap { file in
            try WebFolder.text(file).split(separator: "\n").drop { $0 != "const words = {" }.dropFirst()
                .prefix { $0 != "};" }
        }
        #expect(entries.count == lines.count, "a line is not of the form name: ['中文', 'English'],")
        for entry in entries {
            #expect(!entry.chinese.isEmpty && !entry.english.isEmpty, "\(entry.name)")
            // A pattern that only puts things in has no language.
            let isPattern = entry.chinese == entry.english
            #expect(isPattern || entry.english.unicodeScalars.allSatisfy { $0.value < 0x2E80 }, "\(entry.name)")
        }
        #expect(Set(entries.map(\.name)).count == entries.count, "a name stands twice")
    }

    @Test("both languages put in the same values")
    func placesAreEqual() throws {
        for entry in try Self.entries() {
            let places = [entry.chinese, entry.english].map { text in Set(text.matches(of: /\{\d\}/).map { $0.0 }) }
            #expect(places[0] == places[1], "\(entry.name)")
        }
    }

    @Test("every word that a script asks for by name is there")
    func askedWordsAreThere() throws {
        let names = Set(try Self.entries().map(\.name))
        for script in WebFolder.scripts where !Self.files.contains(script.name) {
            for match in script.text.matches(of: /\b(?:t|both)\('([A-Za-z.]+)'\s*[,)]/) {
                #expect(names.contains(String(match.1)), "\(match.1) in \(script.name)")
            }
            // Of words that are put together at least the group must be there.
            for match in script.text.matches(of: /\b(?:t|both)\('([A-Za-z.]+\.)' \+/) {
                #expect(names.contains { $0.hasPrefix(String(match.1)) }, "\(match.1)… in \(script.name)")
            }
        }
    }

    @Test("a step that takes any role at all has words of its own for whoever holds none, and names no role")
    func anyRole() throws {
        let entry = try #require(try Self.entries().first { $0.name == "why.anyRole" })
        #expect(!entry.chinese.contains("{0}") && !entry.english.contains("{0}"))
        #expect(try WebFolder.text("actions.js").contains("code !== 'role' ? code : 'anyRole'"))
    }

    @Test("a script that asks for a word loads the file in which it stands")
    func askedWordsAreLoaded() throws {
        let later = try Set(Self.entries(of: "terms.js").map(\.name))
        #expect(later.count > 100)
        for script in WebFolder.scripts where !Self.files.contains(script.name) {
            guard try !Modules.loadedAtOnce(from: [script.name]).contains("terms.js") else { continue }
            for call in script.text.matches(of: /\b(?:t|both)\(([^()]*)/) {
                for name in call.1.matches(of: /'([A-Za-z.]+)'/).map({ String($0.1) }) {
                    let isLater = name.hasSuffix(".") ? later.contains { $0.hasPrefix(name) } : later.contains(name)
                    #expect(!isLater, "\(name) in \(script.name): import from terms.js, or move the word to words.js")
                }
            }
        }
    }

    @Test("scripts hold no Chinese of their own: all words stand in one place")
    func noWordsElsewhere() {
        for script in WebFolder.scripts where !["words.js", "terms.js", "app.js"].contains(script.name) {
            let isHan = script.text.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }
            #expect(!isHan || script.text.contains("'中文'"), "\(script.name)")
        }
    }
}
