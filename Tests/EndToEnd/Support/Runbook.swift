import Foundation

/// A page of the runbook, as a shell and as an operator reads it: what is typed, and what comes back.
struct Runbook {
    struct Step {
        var commands: String
        /// Lines that must come back, in this order; `…` stands for anything.
        var expected: [String]
    }

    let steps: [Step]

    init(_ page: String) throws {
        let text = Scratch.text(of: ProjectFiles.path("ops/runbook/\(page)"))
        guard !text.isEmpty else { throw Failure("there is no page \(page)") }
        try self.init(text: text)
    }

    /// Fences marked `sh` are typed, those marked `text` compared, all others left alone.
    ///
    /// A page of which nothing is typed, or nothing compared, would hold whatever the program does.
    init(text: String) throws {
        var steps: [Step] = []
        var mark: String?
        for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
            guard !line.hasPrefix("```") else {
                if mark == nil {
                    mark = String(line.dropFirst(3))
                    if mark == "sh" { steps.append(Step(commands: "", expected: [])) }
                } else {
                    mark = nil
                }
                continue
            }
            guard !steps.isEmpty else { continue }
            if mark == "sh" { steps[steps.count - 1].commands += line + "\n" }
            if mark == "text", !line.isEmpty { steps[steps.count - 1].expected.append(line) }
        }
        guard steps.contains(where: { !$0.expected.isEmpty }), steps.allSatisfy({ !$0.commands.isEmpty }) else {
            throw Failure("the page types nothing, or compares nothing")
        }
        self.steps = steps
    }

    /// Types the whole page into one shell.
    /// - Parameter settings: the variables that the page names.
    /// - Returns: what differs from the page; empty when it holds.
    func type(_ settings: [String: String], seconds: Double = 120) throws -> [String] {
        let scratch = try Scratch()
        let script = steps.enumerated().map { "\(Self.border($0))\n\($1.commands)" }.joined()
        try Data(script.utf8).write(to: URL(fileURLWithPath: scratch.file("page.sh")))
        let folder = URL(fileURLWithPath: ProjectFiles.command).deletingLastPathComponent().path
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        let tool = try Tool(
            ["-e", scratch.file("page.sh")], program: "/bin/sh",
            environment: settings.merging(["PATH": "\(folder):\(path)"]) { $1 }, seconds: seconds)
        guard tool.code == 0 else { return ["the page ended with \(tool.code): \(tool.output)\(tool.errors)"] }
        var differences: [String] = []
        for (number, step) in steps.enumerated() {
            let said = Self.part(number, of: tool.output)
            var rest = said[...]
            for line in step.expected {
                guard let place = rest.firstIndex(where: { Self.matches($0, line) }) else {
                    differences.append(
                        "after \(step.commands)no line is like\n\(line)\nin\n\(said.joined(separator: "\n"))")
                    break
                }
                rest = rest[(place + 1)...]
            }
        }
        return differences
    }

    private static func border(_ number: Int) -> String { "echo '--- step \(number)'" }

    private static func part(_ number: Int, of output: String) -> [String] {
        let lines = output.split(separator: "\n").map(String.init)
        let start = lines.firstIndex(of: "--- step \(number)").map { $0 + 1 } ?? lines.count
        let end = lines[start...].firstIndex(of: "--- step \(number + 1)") ?? lines.count
        return Array(lines[start..<end])
    }

    /// Whether a line is as the page says, blanks aside.
    private static func matches(_ line: String, _ pattern: String) -> Bool {
        func plain(_ text: String) -> String { text.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
        let pieces = plain(pattern).components(separatedBy: "…")
        var rest = plain(line)[...]
        for (index, piece) in pieces.enumerated() {
            let trimmed = index == 0 ? piece : piece
            guard !trimmed.isEmpty else { continue }
            guard let range = rest.range(of: trimmed), index > 0 || range.lowerBound == rest.startIndex else {
                return false
            }
            rest = rest[range.upperBound...]
        }
        return pieces.last?.isEmpty ?? true || rest.isEmpty
    }
}
