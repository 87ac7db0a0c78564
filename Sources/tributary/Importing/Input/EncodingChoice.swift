import ServiceDesk

/// In which encoding a file is read: as a person says, as its byte order mark says, as UTF-8 when it is, and as GB18030
/// when ``ChineseText`` passes. Anything else is refused and shown both ways: a guess would turn names into garbage.
struct EncodingChoice {
    /// How much of a file is looked at for its beginning.
    static let sampleBytes = 1 << 20
    /// Characters that a refusal shows of a line.
    private static let charactersShown = 72

    let encoding: TextEncoding
    /// What the operator should know of the choice.
    let remark: String?

    /// - Parameters:
    ///   - name: of the file, for errors.
    ///   - declared: what the option or the map says.
    ///   - sample: the file's beginning, up to ``sampleBytes``.
    ///   - evidence: what the bytes say, where nothing else does.
    init(_ name: String, declared: TextEncoding?, sample: [UInt8], _ evidence: EncodingEvidence) throws {
        let marked = TextEncoding.marked(sample)
        if let declared {
            guard marked.map(declared.agrees) ?? true else {
                throw Self.refusal(
                    name,
                    "its byte order mark says \(marked?.rawValue ?? ""), and it is to be read as "
                        + declared.rawValue, "leave out the encoding")
            }
            guard declared != .utf16 || marked != nil else {
                throw Self.refusal(name, "it has no byte order mark", "say utf-16le or utf-16be")
            }
        }
        if let known = marked ?? declared {
            (encoding, remark) = (known, nil)
            return
        }
        // A stray NUL rejects its record; text of UTF-16 is full of them.
        if sample.count(where: { $0 == 0 }) * 10 > sample.count {
            throw Self.refusal(
                name, "it is full of NUL bytes, as UTF-16 without a byte order mark is",
                "say --encoding utf-16le or utf-16be")
        }
        if evidence.isUTF8 {
            (encoding, remark) = (.utf8, nil)
            return
        }
        guard evidence.isChinese else { throw try Self.undecided(name, evidence) }
        encoding = .gb18030
        remark = "is not UTF-8 and was read as GB18030, since its characters are those of Chinese text"
    }

    private static func undecided(_ name: String, _ evidence: EncodingEvidence) throws -> CommandError {
        let shown = try evidence.strangeLines.flatMap { line in
            [
                "as UTF-8:   " + excerpt(line),
                "as GB18030: " + excerpt(try TextDecoder(from: .gb18030).decode(line, isLast: true)),
            ]
        }
        return CommandError(
            .usage, "read \(name)", reason: "it is not UTF-8 throughout, and nothing says what it is",
            remedy:
                "if the second way below reads right, say --encoding gb18030; --encoding utf-8 rejects the lines that "
                + "are not; else convert the file with iconv",
            details: shown)
    }

    private static func excerpt(_ bytes: [UInt8]) -> String {
        PlainText.line(String(String(decoding: bytes, as: UTF8.self).prefix(charactersShown)))
    }

    private static func refusal(_ name: String, _ reason: String, _ remedy: String) -> CommandError {
        CommandError(.usage, "read \(name)", reason: reason, remedy: remedy)
    }
}
