import Standards

/// Reads documents that have a check of their own.
enum DocumentFile {
    /// - Parameters:
    ///   - what: such as "the topology", for the error.
    ///   - check: gives the document, or all that is wrong with it.
    /// - Throws: an error that lists every finding.
    static func read<Document>(
        _ path: String, _ what: String, limit: Int, check: ([UInt8]) -> (Document?, [Finding])
    ) throws -> Document {
        let (document, findings) = check(try InputFile.bytes(path, limit: limit))
        guard let document else {
            let remedy = findings.count == 1 ? "correct this" : "correct these \(findings.count) places"
            throw CommandError(
                .usage, "use \(path)", reason: "\(what) is not right", remedy: remedy,
                details: findings.map(\.description))
        }
        return document
    }
}
