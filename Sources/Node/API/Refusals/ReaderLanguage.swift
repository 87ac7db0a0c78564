import HTTP

/// The language in which somebody is told why something was refused.
enum ReaderLanguage: String, Sendable {
    case english = "en"
    case chinese = "zh-CN"

    /// Chinese where a request prefers it to everything else; else English, as programs have it, which ask for none.
    init(_ headers: Headers) {
        var (best, weight) = ("", 0.0)
        for token in headers.listTokens("Accept-Language") {
            let parts = token.split(separator: ";").map { part in part.filter { $0 != " " && $0 != "\t" } }
            let said: Double = parts.dropFirst().first { $0.hasPrefix("q=") }.map { Double($0.dropFirst(2)) ?? 0 } ?? 1
            // Of equals the first is meant.
            if let tag = parts.first, said > weight, said <= 1 { (best, weight) = (tag, said) }
        }
        self = best == "zh" || best.hasPrefix("zh-") ? .chinese : .english
    }
}
