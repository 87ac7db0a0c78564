import Foundation

/// A text file of the project, and for Swift its tokens and comments.
struct SourceFile: Sendable {
    enum Kind: Sendable {
        case swift
        /// Code in another language: scripts, pages, C headers.
        case otherCode
        /// Prose and data that people write: Markdown, JSON, configuration.
        case text
    }

    /// Relative to the root, with `/`.
    let path: String
    let text: String
    let kind: Kind
    /// Without their line ends; the empty rest after the last line end is no line.
    let lines: [String]
    let tokens: [Token]
    let comments: [Comment]
    private let commentsByLine: [Int: [Comment]]

    /// `nil` for a file whose name does not say that it is a text of ours.
    init?(path: String, text: String) {
        guard let kind = Self.kind(of: path, text: text) else { return nil }
        self.path = path
        self.text = text
        self.kind = kind
        var lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        if lines.last?.isEmpty == true { lines.removeLast() }
        self.lines = lines.map { String(decoding: $0, as: UTF8.self) }
        let lexer = kind == .swift ? Lexer(text) : nil
        tokens = lexer?.tokens ?? []
        comments = lexer?.comments ?? []
        commentsByLine = Dictionary(grouping: comments, by: \.line)
    }

    /// The target under `Sources/` that this file belongs to.
    var target: String? {
        let parts = path.split(separator: "/")
        return parts.count > 2 && parts[0] == "Sources" ? String(parts[1]) : nil
    }

    var isCore: Bool { target.map(House.coreTargets.contains) ?? false }

    var isTest: Bool { path.hasPrefix("Tests/") }

    var folder: String { path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "" }

    /// Whether the comment lines that stand directly above `line` hold one that begins with `opening` and gives a
    /// reason after it.
    func isDefended(line: Int, by opening: String) -> Bool {
        var above = line - 1
        while let comment = commentsByLine[above]?.first, comment.isAlone {
            if gives(comment, opening) { return true }
            above -= 1
        }
        return false
    }

    /// As `isDefended`, and a comment at the end of the line itself counts too.
    func isExplained(line: Int, by opening: String) -> Bool {
        commentsByLine[line]?.contains { gives($0, opening) } == true || isDefended(line: line, by: opening)
    }

    /// A reason of fewer characters than this says nothing.
    static let shortestReason = 8

    private func gives(_ comment: Comment, _ opening: String) -> Bool {
        guard comment.text.hasPrefix(opening) else { return false }
        let reason = comment.text.dropFirst(opening.count).trimmingCharacters(in: .whitespaces)
        return reason.count >= Self.shortestReason
    }

    private static func kind(of path: String, text: String) -> Kind? {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        switch parts.count > 1 ? String(parts[parts.count - 1]) : "" {
        case "swift": return .swift
        case "sh", "bash", "py", "js", "mjs", "css", "html", "c", "h", "modulemap": return .otherCode
        case "md", "json", "txt", "yml", "yaml", "conf", "service", "timer", "toml", "sql", "svg": return .text
        default: return text.hasPrefix("#!") ? .otherCode : nil
        }
    }
}
