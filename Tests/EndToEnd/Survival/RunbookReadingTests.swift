import Testing

/// A page that says what is not so must be found out, or the pages' own tests prove nothing.
@Suite("The reader of the runbook")
struct RunbookReadingTests {
    private func differences(_ text: String) throws -> Int { try Runbook(text: text).type([:]).count }

    private static func page(_ commands: String, _ expected: String) -> String {
        "# A page\n\n```sh\n\(commands)\n```\n\n```text\n\(expected)\n```\n"
    }

    @Test("what the program says is found, blanks aside, whatever stands between and where the page leaves out")
    func holds() throws {
        #expect(try differences(Self.page("echo one; echo two  2; echo three", "one\ntwo …\n…ree")) == 0)
    }

    @Test(
        "a line that is not said, is said earlier, or goes on otherwise is a difference",
        arguments: ["four", "two\none", "one more", "… four", "thr"])
    func differs(_ expected: String) throws {
        #expect(try differences(Self.page("echo one; echo two; echo three", expected)) == 1)
    }

    @Test("what one step says is not taken for what the next one should have said")
    func steps() throws {
        #expect(try differences(Self.page("echo one", "one") + Self.page("echo two", "one")) == 1)
    }

    @Test("a command that fails is a difference, whatever was said before it")
    func fails() throws {
        #expect(try differences(Self.page("echo one; false", "one")) == 1)
        #expect(try differences(Self.page("echo one; echo two | grep three", "one")) == 1)
    }

    @Test("a page that types nothing, compares nothing or is not there is no page")
    func nothing() {
        for text in ["# A page\n", "```sh\necho one\n```\n", "```text\none\n```\n", "```sh example\nfalse\n```\n"] {
            #expect(throws: Failure.self) { try Runbook(text: text) }
        }
        #expect(throws: Failure.self) { try Runbook("no-such-page.md") }
    }
}
