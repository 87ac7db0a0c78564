import Testing

@Suite struct ProgressWordsTests {
    @Test("every word of the customer's page has both languages, and every one that it asks for is there")
    func wordsAreThere() throws {
        let entries = try WordsTests.entries(of: "progress.js")
        #expect(entries.count > 30)
        for entry in entries {
            #expect(
                entry.chinese.contains { $0.unicodeScalars.allSatisfy { $0.value > 0x2E80 } } || entry.name == "other")
            #expect(entry.chinese.contains("{0}") == entry.english.contains("{0}"), "\(entry.name)")
        }
        let names = Set(entries.map(\.name))
        #expect(names.count == entries.count)
        for match in try WebFolder.text("progress.js").matches(of: /\bsay\('([A-Za-z]+)'/) {
            #expect(names.contains(String(match.1)), "\(match.1)")
        }
    }

    @Test("the customer's page loads nothing of the desk, and little")
    func loadsLittle() throws {
        let loaded = try Modules.loadedAtOnce(from: ["progress.js"])
        #expect(loaded == ["api.js", "dom.js", "progress.js"])
    }
}
