/// One thing wrong with a document, where, and what to do about it.
public struct Finding: Hashable, Sendable, CustomStringConvertible {
    /// The JSON pointer (RFC 6901) of the place, such as `/sites/3/id`; empty for the document as a whole.
    public let path: String
    public let problem: String
    public let remedy: String

    public init(path: String, problem: String, remedy: String) {
        self.path = path
        self.problem = problem
        self.remedy = remedy
    }

    public var description: String {
        "\(path.isEmpty ? "document" : path): \(problem); \(remedy)"
    }

    /// Scalars of one key that a path shows. A key may be as long as its document, and a document have hundreds of
    /// findings below one key.
    public static let pathKeyLimit = 100

    /// The path of the member `key` of the value at `path`; a longer key is cut to ``pathKeyLimit`` scalars.
    public static func path(_ path: String, _ key: String) -> String {
        let scalars = key.unicodeScalars
        let escaped = scalars.prefix(pathKeyLimit).map { scalar in
            switch scalar {
            case "~": "~0"
            case "/": "~1"
            default: String(scalar)
            }
        }
        return path + "/" + escaped.joined() + (scalars.count > pathKeyLimit ? "…" : "")
    }

    /// A word of the document, short enough and plain enough to stand in a finding.
    public static func quote(_ word: String) -> String { "\"\(shortened(word))\"" }

    /// As ``quote(_:)``, without the quotes.
    static func shortened(_ word: String) -> String {
        let printable = word.unicodeScalars.prefix(60).map { $0.properties.generalCategory == .control ? "?" : $0 }
        var text = String(String.UnicodeScalarView(printable))
        if word.unicodeScalars.count > 60 { text += "…" }
        return text
    }
}
