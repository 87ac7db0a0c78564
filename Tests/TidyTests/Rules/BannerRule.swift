/// A comment says why. A line of signs says nothing.
struct BannerRule: Rule {
    let name = "banner"

    private static let signs: Set<Character> = ["-", "=", "*", "#", "~", "_", "+", "/"]

    func findings(in tree: SourceTree) -> [Finding] {
        tree.swiftFiles.flatMap { file in
            file.comments.filter { Self.isBanner($0.text) }.map { comment in
                finding(file, comment.line, "a decorated comment: remove the signs, or split the file where it parts")
            }
        }
    }

    static func isBanner(_ comment: String) -> Bool {
        var content = Substring(comment)
        if content.hasPrefix("////") { return true }
        while content.first == "/" { content.removeFirst() }
        let words = content.split { $0 == " " }
        guard let first = words.first, let last = words.last else { return false }
        return isRun(first) || isRun(last) || words.first == "MARK:" && words.dropFirst().first == "-"
    }

    private static func isRun(_ word: Substring) -> Bool {
        word.count >= 3 && word.first.map { signs.contains($0) && word.allSatisfy([$0].contains) } == true
    }
}
