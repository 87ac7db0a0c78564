/// The name of a test is a sentence that says what holds, so that the list of tests reads as a description.
struct TestNameRule: Rule {
    let name = "test name"

    private static let fewestWords = 3

    func findings(in tree: SourceTree) -> [Finding] {
        tree.swiftFiles.filter(\.isTest).flatMap { file in
            file.tokens.indices.compactMap { index in
                guard file.tokens.reads(["@", "Test"], at: index), !Self.hasSentence(file.tokens, index + 2) else {
                    return nil
                }
                return finding(
                    file, file.tokens[index].line,
                    "say in `@Test(\"…\")` what holds, in \(Self.fewestWords) words or more")
            }
        }
    }

    private static func hasSentence(_ tokens: [Token], _ index: Int) -> Bool {
        guard tokens.reads(["("], at: index), index + 1 < tokens.count, tokens[index + 1].kind == .string else {
            return false
        }
        return tokens[index + 1].text.split(separator: " ").count >= fewestWords
    }
}
