import Testing

@testable import tributary

@Suite struct ArticleCommandTests {
    @Test("of a long text its end is sent, and never half of a character")
    func newest() {
        #expect(ArticleCommands.end(of: "测速") == "测速")
        let long = String(repeating: "客户", count: 600) + "测速"
        #expect(ArticleCommands.end(of: long).utf16.count == 800)
        #expect(ArticleCommands.end(of: long).hasSuffix("客户测速"))
        // A character of two units of which only the second would be among the last 800.
        let rare = "𠮷" + String(repeating: "字", count: 799)
        #expect(ArticleCommands.end(of: rare) == String(repeating: "字", count: 799))
    }
}
