import Testing

@testable import tributary

/// Which words make which command, and what is said about those that make none.
@Suite struct CommandParserTests {
    private static let root = Command(
        "desk", "Works at a desk", examples: ["desk ticket show 7"],
        commands: [
            Command(
                "ticket", "Works with tickets", examples: ["desk ticket show 7"],
                commands: [
                    Command(
                        "show", "Shows one", parameters: [ParameterRule("TICKET", "which one")],
                        options: [
                            OptionRule("node", "URL", "the node", .required),
                            OptionRule("limit", "N", "how many"),
                            OptionRule("field", "ID=VALUE", "a field", .repeated),
                            OptionRule("json", nil, "for programs"),
                            OptionRule("until-eof", nil, "hidden", isHidden: true),
                        ], examples: ["desk ticket show 7 --node U"], exits: [.done, .unreachable],
                        action: { _ in .done })
                ])
        ])

    private func invocation(_ arguments: [String]) throws -> Invocation {
        guard case .run(_, let invocation) = try CommandParser(root: Self.root).parse(arguments) else {
            throw CommandError.usage("no command was found", "look")
        }
        return invocation
    }

    private func refusal(_ arguments: [String]) -> CommandError? {
        #expect(throws: CommandError.self) { try CommandParser(root: Self.root).parse(arguments) }
    }

    private func help(_ arguments: [String]) throws -> String {
        guard case .help(let text) = try CommandParser(root: Self.root).parse(arguments) else { return "" }
        return text
    }

    @Test("options are read after a blank and after an equals sign, before and after the words")
    func options() throws {
        let read = try invocation(["ticket", "show", "--node=U", "7", "--limit", "20", "--json"])
        #expect(read.text("node") == "U")
        #expect(read.word("TICKET") == "7")
        #expect(try read.integer("limit", in: 1...500) == 20)
        #expect(read.has("json"))
        #expect(!read.has("field"))
    }

    @Test("a repeated option keeps every value in order, and a value may hold an equals sign")
    func repeated() throws {
        let read = try invocation(["ticket", "show", "7", "--node", "U", "--field", "a=1=2", "--field=b="])
        #expect(read.texts("field") == ["a=1=2", "b="])
    }

    @Test("after two hyphens everything is a word")
    func wordsAfterHyphens() throws {
        #expect(try invocation(["ticket", "show", "--node", "U", "--", "--json"]).word("TICKET") == "--json")
    }

    @Test("an unknown command is answered with the nearest one and exit code 2")
    func unknownCommand() {
        let error = refusal(["tiket"])
        #expect(error?.exitCode == .usage)
        #expect(error?.remedy.contains("`ticket`") == true)
    }

    @Test("an unknown option is answered with the nearest one that is not hidden")
    func unknownOption() {
        #expect(refusal(["ticket", "show", "7", "--nod", "U"])?.remedy.contains("`--node`") == true)
        #expect(refusal(["ticket", "show", "7", "--until-eo"])?.remedy.contains("until-eof") == false)
    }

    @Test("what is missing, given twice or too much is refused by name")
    func misuse() {
        #expect(refusal(["ticket", "show", "--node", "U"])?.reason.contains("TICKET") == true)
        #expect(refusal(["ticket", "show", "7"])?.reason.contains("--node URL") == true)
        #expect(refusal(["ticket", "show", "7", "8", "--node", "U"])?.reason.contains("`8`") == true)
        #expect(refusal(["ticket", "show", "7", "--node", "U", "--node", "V"])?.reason.contains("twice") == true)
        #expect(refusal(["ticket", "show", "7", "--node"])?.reason.contains("lacks its value") == true)
        #expect(refusal(["ticket", "show", "7", "--node", "U", "--json=yes"])?.reason.contains("no value") == true)
        #expect(refusal(["ticket"])?.remedy.contains("show") == true)
    }

    @Test("a number is refused just outside its bounds and taken at them")
    func numberBounds() throws {
        for (text, isTaken) in [("0", false), ("1", true), ("500", true), ("501", false), ("x", false)] {
            let read = try invocation(["ticket", "show", "7", "--node", "U", "--limit", text])
            let number = try? read.integer("limit", in: 1...500)
            #expect((number != nil) == isTaken, "\(text)")
        }
    }

    @Test("help is given at every level, however it is asked for")
    func helpEverywhere() throws {
        for arguments in [[], ["--help"], ["-h"], ["help"]] {
            #expect(try help(arguments).contains("usage: desk COMMAND"), "\(arguments)")
        }
        for arguments in [["ticket", "show", "--help"], ["ticket", "show", "7", "-h"], ["help", "ticket", "show"]] {
            let text = try help(arguments)
            #expect(text.contains("usage: desk ticket show TICKET --node URL [OPTIONS]"), "\(arguments)")
            #expect(text.contains("exit: 0 done; 3 the node cannot be reached"))
            #expect(text.contains("example:"))
            #expect(!text.contains("until-eof"))
        }
    }

    @Test("the version is told")
    func version() throws {
        guard case .version = try CommandParser(root: Self.root).parse(["--version"]) else {
            Issue.record("--version was not understood")
            return
        }
    }
}
