import Standards

/// What must hold of every check of a document: a value and no findings, or no value and findings that can be shown.
enum CheckedDocument {
    /// Characters of one path, problem or remedy: what fits a terminal's screen.
    static let findingCharactersMax = 4_000

    static func check<Value>(_ check: ([UInt8]) -> (Value?, [Finding]), _ bytes: [UInt8]) throws -> Value? {
        let (value, findings) = check(bytes)
        try BrokenProperty.check(
            (value == nil) != findings.isEmpty, "a check gives a value and findings, or neither")
        try BrokenProperty.check(findings.count <= FindingLog.limit, "\(findings.count) findings")
        for finding in findings {
            let longest = max(finding.path.utf8.count, finding.problem.utf8.count, finding.remedy.utf8.count)
            try BrokenProperty.check(longest <= findingCharactersMax, "a finding of \(longest) bytes")
        }
        try BrokenProperty.check(check(bytes).1 == findings, "a second check finds something else")
        try checkWrittenAgain(bytes, value, check)
        return value
    }

    /// JSON that was read and written again is the same JSON, and as good or as bad a document as before.
    private static func checkWrittenAgain<Value>(
        _ bytes: [UInt8], _ value: Value?, _ check: ([UInt8]) -> (Value?, [Finding])
    ) throws {
        guard let written = try writtenAgain(bytes) else {
            return try BrokenProperty.check(value == nil, "a document was accepted that is no JSON")
        }
        try BrokenProperty.check(
            (check(written).0 == nil) == (value == nil), "written again the document is judged otherwise")
    }

    private static func writtenAgain(_ bytes: [UInt8]) throws -> [UInt8]? {
        guard let json = try? JSONValue(parsing: bytes, sizeLimit: bytes.count) else { return nil }
        let written = json.bytes()
        let again = try? JSONValue(parsing: written, sizeLimit: written.count)
        try BrokenProperty.check(again == json, "JSON written again is other JSON")
        return written
    }
}
