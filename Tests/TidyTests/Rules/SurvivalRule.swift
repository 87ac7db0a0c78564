/// The page that names the proof of every danger goes bad by itself: tests are renamed, rehearsals moved, bugs planted.
struct SurvivalRule: Rule {
    let name = "survival"

    static let page = "Sources/Replication/SURVIVAL.md"
    /// Where planted bugs are declared.
    static let mischiefs = "Sources/Replication/Changes/Mischief.swift"
    static let plantedBugs = "Sources/Simulator/Scenario/PlantedBug.swift"
    /// What a row says that needs no proof.
    static let exempt = "cannot occur"

    func findings(in tree: SourceTree) -> [Finding] {
        guard let page = tree.files.first(where: { $0.path == Self.page }) else { return [] }
        var findings: [Finding] = []
        var named: Set<String> = []
        for (index, line) in page.lines.enumerated() where Self.isRow(line, after: index, in: page.lines) {
            let names = Self.quoted(in: line)
            named.formUnion(names)
            let proofs = names.filter { Self.isTest($0) || $0.hasSuffix(".json") }
            for proof in proofs where !Self.exists(proof, in: tree) {
                findings.append(finding(page, index + 1, "there is no \(proof): name the test or rehearsal of today"))
            }
            if proofs.isEmpty && !line.contains(Self.exempt) {
                findings.append(
                    finding(page, index + 1, "a row without proof: name a test or a rehearsal, or say `\(Self.exempt)`")
                )
            }
        }
        let planted = Self.planted(in: tree)
        for bug in planted.subtracting(named).sorted() {
            findings.append(finding(page, 1, "the planted bug \(bug) is not in the page: say which test catches it"))
        }
        return findings
    }

    /// A line of a table's body: not its head, which a line of dashes follows, and not that line.
    private static func isRow(_ line: String, after index: Int, in lines: [String]) -> Bool {
        func isRuler(_ text: String) -> Bool { text.hasPrefix("| ---") }
        guard line.hasPrefix("|"), !isRuler(line) else { return false }
        return index + 1 >= lines.count || !isRuler(lines[index + 1])
    }

    private static func quoted(in line: String) -> [String] {
        line.split(separator: "`", omittingEmptySubsequences: false).enumerated().filter { $0.offset % 2 == 1 }
            .map { String($0.element) }
    }

    private static func isTest(_ name: String) -> Bool {
        let parts = name.split(separator: ".")
        return parts.count == 2 && parts[0].hasSuffix("Tests")
    }

    private static func exists(_ proof: String, in tree: SourceTree) -> Bool {
        guard isTest(proof) else { return tree.files.contains { $0.path.hasSuffix("/" + proof) } }
        let parts = proof.split(separator: ".")
        return tree.swiftFiles.contains { file in
            file.isTest && file.path.hasSuffix("/\(parts[0]).swift")
                && file.tokens.indices.contains { file.tokens.reads(["func", String(parts[1]), "("], at: $0) }
        }
    }

    private static func planted(in tree: SourceTree) -> Set<String> {
        var names: Set<String> = []
        for file in tree.files where [mischiefs, plantedBugs].contains(file.path) {
            for index in file.tokens.indices {
                if file.tokens.reads(["static", "let"], at: index), index + 3 < file.tokens.count,
                    file.tokens[index + 3].text == "="
                {
                    names.insert(file.tokens[index + 2].text)
                }
                guard file.tokens.reads(["case"], at: index), index + 2 < file.tokens.count,
                    file.tokens[index + 1].text != "."
                else { continue }
                // `case one, two, three`
                var next = index + 1
                names.insert(file.tokens[next].text)
                while next + 2 < file.tokens.count, file.tokens[next + 1].text == "," {
                    next += 2
                    names.insert(file.tokens[next].text)
                }
            }
        }
        return names
    }
}
