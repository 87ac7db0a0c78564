import HTTP
import Standards

/// Says what the API refuses in the language of whoever reads it. What is refused says it in English, as programs and
/// the command line have it; on its way out it is told in Chinese where a page asks for that.
enum Refusals {
    /// An answer to whoever sent `head`: a refusal of the API in the reader's language, anything else as it is.
    static func worded(_ response: Response, for head: RequestHead) -> Response {
        guard response.headers["Content-Type"] == "application/problem+json", head.target.path.hasPrefix("/api/")
        else { return response }
        var worded = response
        worded.headers["Content-Language"] = ReaderLanguage.english.rawValue
        worded.headers["Vary"] = "Accept-Language"
        guard ReaderLanguage(head.headers) == .chinese, case .bytes(let bytes) = response.body,
            let (body, languages) = inChinese(bytes)
        else { return worded }
        worded.headers["Content-Language"] = languages
        worded.body = .bytes(body)
        return worded
    }

    /// More than the node says by itself: what echoes so much of a request stays as it is.
    static let bytesMax = 64 << 10

    /// - Returns: the problem and its languages; nil where nothing of it has Chinese.
    private static func inChinese(_ bytes: [UInt8]) -> ([UInt8], String)? {
        guard bytes.count <= bytesMax,
            var members = (try? JSONValue(parsing: bytes, sizeLimit: bytes.count))?.objectValue,
            let detail = members["detail"]?.stringValue
        else { return nil }
        let sentences = ChineseSentences.all
        let errors = members["errors"]?.arrayValue ?? []
        let listed = errors.compactMap { error in
            sentences.fault(error["problem"]?.stringValue ?? "", of: error["field"]?.stringValue ?? "")
        }
        let isWhole = !errors.isEmpty && listed.count == errors.count
        let told = sentences.told(detail, errors: isWhole ? listed.joined(separator: "；") : nil)
        guard told.languages.contains(.chinese) else { return nil }
        members["detail"] = .string(told.text)
        if let title = members["title"]?.stringValue { members["title"] = .string(sentences.told(title).text) }
        if !errors.isEmpty { members["errors"] = .array(errors.map { fault($0) }) }
        let isMixed = told.languages.contains(.english)
        return (JSONValue.object(members).bytes(), isMixed ? "zh-CN, en" : "zh-CN")
    }

    private static func fault(_ error: JSONValue) -> JSONValue {
        guard var members = error.objectValue, let problem = members["problem"]?.stringValue,
            let chinese = ChineseSentences.all.clause(problem[...])
        else { return error }
        members["problem"] = .string(chinese)
        return .object(members)
    }
}
