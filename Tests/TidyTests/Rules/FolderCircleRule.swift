/// Folders inside a target follow the domain. Two that name each other's types are one thing in two places.
///
/// Text only: a folder leans on another when it names a type, or a free function, that only one file of the project
/// declares and that lies there.
struct FolderCircleRule: Rule {
    let name = "folder circle"

    func findings(in tree: SourceTree) -> [Finding] {
        let sources = tree.swiftFiles.filter { $0.target != nil }
        let homes = Self.homes(in: sources)
        var arrows: [Arrow: [Use]] = [:]
        for file in sources {
            for token in file.tokens where token.isWord {
                guard let home = homes[token.text], home.target == file.target, home.folder != file.folder else {
                    continue
                }
                let arrow = Arrow(from: file.folder, to: home.folder)
                arrows[arrow, default: []].append(Use(file: file, line: token.line, name: token.text))
            }
        }
        return arrows.keys.filter { $0.from < $0.to && arrows[$0.back] != nil }.sorted { $0.from < $1.from }
            .flatMap { circle(arrows[$0] ?? [], arrows[$0.back] ?? [], $0) }
    }

    private struct Arrow: Hashable {
        let from: String
        let to: String

        var back: Arrow { Arrow(from: to, to: from) }
    }

    private struct Use {
        let file: SourceFile
        let line: Int
        let name: String
    }

    /// One finding, on the side that leans less: it is the cheaper one to turn.
    private func circle(_ there: [Use], _ back: [Use], _ arrow: Arrow) -> [Finding] {
        let (few, many) = there.count <= back.count ? (there, back) : (back, there)
        let (from, to) = there.count <= back.count ? (arrow.from, arrow.to) : (arrow.to, arrow.from)
        guard let first = few.first else { return [] }
        let remedy =
            "\(from) uses \(Self.names(few)) of \(to), which uses \(Self.names(many)) of it: "
            + "move a type, or let one side be told through a protocol or a closure"
        return [finding(first.file, first.line, remedy)]
    }

    private static func names(_ uses: [Use]) -> String {
        let names = Set(uses.map(\.name)).sorted()
        return names.prefix(3).joined(separator: ", ") + (names.count > 3 ? " and \(names.count - 3) more" : "")
    }

    /// The one file that declares each name; names that several declare are left out.
    private static func homes(in files: [SourceFile]) -> [String: SourceFile] {
        var homes: [String: SourceFile] = [:]
        var shared: Set<String> = []
        for file in files {
            for name in declaredNames(in: file.tokens) {
                if let other = homes[name], other.path != file.path { shared.insert(name) }
                homes[name] = file
            }
        }
        return homes.filter { !shared.contains($0.key) }
    }

    private static let declaring: Set<String> = ["struct", "class", "enum", "actor", "protocol", "typealias"]

    static func declaredNames(in tokens: [Token]) -> Set<String> {
        var names: Set<String> = []
        for index in tokens.indices.dropLast() where tokens[index].kind == .word {
            let next = tokens[index + 1]
            let isMember = index > 0 && tokens[index - 1].isCode(".")
            if declaring.contains(tokens[index].text), next.isTypeName, !isMember, isDeclared(tokens, index) {
                names.insert(next.text)
            }
            if tokens[index].text == "func", next.isWord, isAtLeftEdge(tokens, index) { names.insert(next.text) }
        }
        return names
    }

    /// `actor: Actor` is a parameter, `import struct Glibc.stat` a use: a declaration goes on in its own way.
    private static func isDeclared(_ tokens: [Token], _ index: Int) -> Bool {
        index == 0 || !tokens[index - 1].isCode("import")
    }

    /// A free function: nothing but its modifiers stands before it, at the very left.
    private static func isAtLeftEdge(_ tokens: [Token], _ index: Int) -> Bool {
        var start = index
        while !tokens[start].isFirstOnLine { start -= 1 }
        let modifiers: Set<String> = ["public", "package", "internal"]
        return tokens[start].column == 0
            && tokens[start..<index].allSatisfy { $0.kind == .word && modifiers.contains($0.text) }
    }
}
