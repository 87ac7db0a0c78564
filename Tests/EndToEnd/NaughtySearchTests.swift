import Foundation
import HTTP
import Standards
import Testing

extension RealProcesses {
    @Suite("Texts that programs are known to spoil, looked for and exported")
    struct NaughtySearchTests {
        private static let strings = NaughtyStrings.own + NaughtyStrings.marked

        /// A subject has 1 to 300 characters.
        private static func subject(_ text: String) -> String { NaughtyCheck.length(text) <= 300 ? text : "long" }

        /// The tickets that a question finds; nil when it is refused, as it must be when it has no word of two letters
        /// or digits, has a shorter one beside others, or is too long.
        private func found(_ question: String, at node: TestNode) throws -> Set<String>? {
            let path = "/api/search?limit=200&q=" + PercentCoding.encode(question)
            let answer = try node.call("GET", path)
            // The request's first line, which has its end too.
            guard "GET \(path) HTTP/1.1".utf8.count <= 8 * 1_024 else {
                #expect(answer.status == 414)
                return nil
            }
            let words = Self.words(question)
            let isAsked = question.count <= 200 && !words.isEmpty && words.allSatisfy { $0 >= 2 }
            #expect(answer.status == (isAsked ? 200 : 422), "\(answer.status) to \(words)")
            guard NaughtyCheck.isTaken(answer, question, "search") else { return nil }
            return Set(try answer.json.list("results").map { try $0.text("ticket") })
        }

        /// How many letters and digits stand together, each time that some do: all that is looked for, in any script,
        /// and wide letters as well as narrow ones.
        private static func words(_ text: String) -> [Int] {
            text.unicodeScalars.split { scalar in
                let isWide = (0xFF01...0xFF5E).contains(scalar.value)
                let narrow = isWide ? Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar : scalar
                return !narrow.properties.isAlphabetic && narrow.properties.numericType == nil
            }.map(\.count)
        }

        @Test(
            "each as a question finds its ticket or is refused as too short or too long, at the branch and at the hub")
        func everyQuestion() throws {
            try TestProvince.with(["yinchuan"]) { province in
                let branch = try province.branch("yinchuan")
                var ids: [String] = []
                for text in Self.strings { ids.append(try branch.open(Self.subject(text))) }
                let last = try branch.open("最后一张")
                try province.waitUntilLevel()
                for node in [branch, province.hub] {
                    // The index is kept a moment behind what is written.
                    try Moment.wait(for: "the index") { try found("最后一张", at: node) == [last] }
                    var answered = 0
                    for (text, id) in zip(Self.strings, ids) {
                        guard let tickets = try found(text, at: node) else { continue }
                        answered += 1
                        #expect(tickets.contains(id), "\(text.unicodeScalars.prefix(20).map(\.value))")
                    }
                    #expect(answered > 20)
                }
                NaughtyCheck.expectUnlogged([branch, province.hub])
            }
        }

        @Test("what an index would take for its own signs and words are signs and words like any other")
        func operators() throws {
            try TestProvince.with(["yinchuan"]) { province in
                let node = try province.branch("yinchuan")
                let cable = try node.open("光缆中断")
                let words = try node.open("NEAR and OR not match")
                try Moment.wait(for: "the index") { try found("match", at: node) == [words] }
                for question in [
                    "\"光缆\"", "\"光缆", "光缆*", "-光缆", "^光缆", "(光缆", "光缆)", "{光缆}:", "光缆;--", "'光缆", "+光缆",
                    "光缆 中断", "%光缆_", "光缆\u{2028}中断", "\\光缆",
                ] {
                    #expect(try found(question, at: node) == [cable], "\(question)")
                }
                for question in ["NEAR(", "AND", "or", "NOT", "NEAR and OR", "near + not", "\"NEAR\" AND \"match\""] {
                    #expect(try found(question, at: node) == [words], "\(question)")
                }
                for question in [
                    "光缆 OR 宽带", "光缆 AND 中断", "NOT 光缆", "NEAR(光缆 中断)", "grams:光缆", "search match 光缆", "rowid:12",
                ] {
                    #expect(try found(question, at: node) == [], "\(question)")
                }
                for question in ["\"", "\"\"", "*", "-", "^", ":", "(", "NEAR(光缆, 2)", "a", "光 缆", "%", ";", "'"] {
                    #expect(try found(question, at: node) == nil, "\(question)")
                }
            }
        }

        @Test("the console's export makes harmless whatever a spreadsheet would take for a formula, and spoils nothing")
        func exports() throws {
            try TestProvince.with(["yinchuan"]) { province in
                let branch = try province.branch("yinchuan")
                var ids: [String] = []
                for text in Self.strings {
                    let said = JSONValue.string(text)
                    let isLong = NaughtyCheck.length(text) > 4_000
                    let id = try branch.open(
                        Self.subject(text),
                        fields: ["description": isLong ? "long" : said, "resolution": isLong ? "long" : said])
                    try branch.note(id, text)
                    ids.append(id)
                }
                for format in ["csv", "jsonl"] {
                    let (tickets, raw) = try table("tickets.\(format)", branch, province)
                    for (text, id) in zip(Self.strings, ids) {
                        let row = try #require(tickets.by("id")[id])
                        NaughtyCheck.expect(row["subject"], Self.subject(text), format)
                        guard NaughtyCheck.length(text) <= 4_000 else { continue }
                        NaughtyCheck.expect(row["description"], text, format)
                        NaughtyCheck.expect(row["resolution"], text, format)
                    }
                    let (timelines, rawTimelines) = try table("timelines.\(format)", branch, province)
                    let notes = Dictionary(grouping: timelines.rows) { $0["id"] ?? "" }
                    for (text, id) in zip(Self.strings, ids) {
                        NaughtyCheck.expect((notes[id] ?? []).compactMap { $0["note"] }, [text], "notes in \(format)")
                    }
                    if format == "csv" { for file in [raw, rawTimelines] { expectHarmless(file) } }
                }
                NaughtyCheck.expectUnlogged([branch, province.hub])
            }
        }

        /// A table as the console asks for it, read, and as it came.
        private func table(
            _ name: String, _ node: TestNode, _ province: TestProvince
        ) throws -> (table: Table, bytes: [UInt8]) {
            let parts = name.split(separator: ".").map(String.init)
            let answer = try node.call("GET", "/api/export/\(parts[0])?format=\(parts[1])")
            #expect(answer.status == 200)
            #expect(answer.headers["content-disposition"]?.hasPrefix("attachment; filename=\"") == true)
            let path = province.scratch.file(name)
            try Data(answer.body).write(to: URL(fileURLWithPath: path))
            return (try Table(path), answer.body)
        }

        /// No cell begins with a sign of formulas, and those that would have do with an apostrophe.
        private func expectHarmless(_ bytes: [UInt8]) {
            let signs = "=+-@\t\r＝＋－＠".unicodeScalars
            var defused = 0
            for cell in Table.records(Array(bytes.dropFirst(3))).joined() {
                let text = String(decoding: cell, as: UTF8.self).unicodeScalars
                guard let first = text.first else { continue }
                #expect(!signs.contains(first))
                if first == "'", let sign = text.first(where: { $0 != "'" }), signs.contains(sign) { defused += 1 }
            }
            #expect(defused > 10)
        }
    }
}
