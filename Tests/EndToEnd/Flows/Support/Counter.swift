import Standards
import Testing

/// Somebody at a branch or at the hub who works tickets as people do: with the command, under their own name.
struct Counter {
    let name: String
    let node: TestNode

    init(_ name: String, at node: TestNode) {
        self.name = name
        self.node = node
    }

    /// Takes a ticket.
    /// - Parameter fields: as they are typed: `subject=…`, or `affectedCircuits:=60`.
    /// - Returns: its identifier.
    func open(_ type: String, _ fields: [String]) throws -> String {
        let words = ["ticket", "new", "--type", type] + Self.options(fields) + ["--as", name, "--json"]
        return try Tool.done(words + ["--data", node.folder]).json.text("ticket", "id")
    }

    func act(_ ticket: String, _ action: String, _ words: [String]) throws {
        try Tool.done(self.words(ticket, action, words))
    }

    /// Takes a step of the procedure.
    func take(_ step: String, _ ticket: String, _ fields: [String] = []) throws {
        try act(ticket, "transition", ["--name", step] + Self.options(fields))
    }

    func assign(_ ticket: String, _ fields: [String]) throws { try act(ticket, "assign", Self.options(fields)) }

    /// Lets a branch help, so that it sees the ticket.
    func share(_ ticket: String, with site: String) throws { try act(ticket, "share", ["--add", site]) }

    func vote(_ ticket: String, _ department: String, _ choice: String) throws {
        try act(
            ticket, "vote",
            ["--department", department, "--choice", choice] + (choice == "approve" ? [] : ["--reason", "退订路径不清楚"]))
    }

    /// Tries to take a step that is refused.
    /// - Returns: what the command says of why.
    func refusal(of step: String, _ ticket: String, _ fields: [String] = []) throws -> String {
        let tool = try Tool(words(ticket, "transition", ["--name", step] + Self.options(fields)))
        #expect(tool.code == 4, "\(step): \(tool.output)\(tool.errors)")
        return tool.errors
    }

    private func words(_ ticket: String, _ action: String, _ words: [String]) -> [String] {
        ["ticket", "act", ticket, action] + words + ["--as", name, "--data", node.folder]
    }

    private static func options(_ fields: [String]) -> [String] { fields.flatMap { ["--field", $0] } }
}
