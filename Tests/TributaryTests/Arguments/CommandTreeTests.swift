import Testing

@testable import tributary

/// What holds for every command there is.
@Suite struct CommandTreeTests {
    private static func all(_ command: Command, _ path: [String]) -> [(path: [String], command: Command)] {
        [(path, command)] + command.commands.flatMap { all($0, path + [$0.name]) }
    }

    private static let commands = all(Tributary.command, [])

    @Test("every command teaches: purpose, usage, an example that begins with its own name, exit codes")
    func everyCommandTeaches() throws {
        for (path, command) in Self.commands {
            guard case .help(let text) = try CommandParser(root: Tributary.command).parse(path + ["--help"]) else {
                Issue.record("\(path) gives no help")
                continue
            }
            let name = (["tributary"] + path).joined(separator: " ")
            #expect(text.contains("usage: \(name)"), "\(name)")
            #expect(!command.examples.isEmpty, "\(name)")
            #expect(command.examples.allSatisfy { $0.hasPrefix(name) }, "\(name)")
            #expect(command.action == nil || text.contains("exit: 0 done"), "\(name)")
            #expect(!command.purpose.hasSuffix("."), "\(name)")
        }
    }

    @Test("no command has two options, words or commands of one name")
    func namesAreUnique() {
        for (path, command) in Self.commands {
            #expect(Set(command.options.map(\.name)).count == command.options.count, "\(path)")
            #expect(Set(command.parameters.map(\.name)).count == command.parameters.count, "\(path)")
            #expect(Set(command.commands.map(\.name)).count == command.commands.count, "\(path)")
        }
    }

    @Test("wrong usage ends with 2, and help with 0")
    func exitCodes() {
        #expect(Tributary.run(["nonsense"]) == .usage)
        #expect(Tributary.run(["ticket", "list"]) == .usage)
        #expect(Tributary.run(["topology", "check", "/nonexistent"]) == .usage)
        #expect(Tributary.run(["status", "--help"]) == .done)
    }
}
