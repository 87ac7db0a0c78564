import Glibc
import ServiceDesk

/// A file to import as UTF-8 pieces: from a path or standard input, packed or not, whatever its encoding.
final class ImportInput {
    /// The word for standard input.
    static let standardInput = "-"

    let name: String
    let isJSONLines: Bool
    private(set) var encoding = TextEncoding.utf8
    /// What the operator should know of how it is read.
    private(set) var remark: String?
    private let source: () throws -> [UInt8]
    private var head: [[UInt8]] = []
    private var decoder: TextDecoder?
    private var hasEnded = false

    /// - Parameters:
    ///   - declared: the encoding that the option or the map names.
    ///   - format: `csv` or `jsonl`; by the file's name when nil.
    init(_ path: String, declared: TextEncoding? = nil, format: String? = nil) throws {
        name = path == Self.standardInput ? "standard input" : path
        let bare = path.hasSuffix(".gz") ? String(path.dropLast(3)) : path
        isJSONLines = format.map { $0 == "jsonl" } ?? (bare.hasSuffix(".jsonl") || bare.hasSuffix(".ndjson"))
        let file = try path == Self.standardInput ? InputFile(descriptor: STDIN_FILENO, name) : InputFile(path)
        let first = try file.next()
        let isPacked = Unpacker.isPacked(first)
        if isPacked {
            guard path != Self.standardInput else {
                throw CommandError(
                    .usage, "read standard input", reason: "it is packed", remedy: "unpack it: gzip -dc FILE | …")
            }
            let unpacker = try Unpacker(path)
            source = unpacker.next
        } else {
            head = [first]
            source = file.next
        }
        try choose(declared, rescannable: isPacked || file.size == nil ? nil : path)
    }

    /// The next piece, in UTF-8; empty at the end.
    func next() throws -> [UInt8] {
        while !hasEnded {
            let raw = try rawPiece()
            hasEnded = raw.isEmpty
            guard let decoder else { return raw }
            let decoded = decoder.decode(raw, isLast: hasEnded)
            if !decoded.isEmpty { return decoded }
        }
        return []
    }

    private func rawPiece() throws -> [UInt8] {
        while let piece = head.first {
            head.removeFirst()
            if !piece.isEmpty { return piece }
        }
        return try source()
    }

    /// - Parameter path: of a file that can be read a second time.
    private func choose(_ declared: TextEncoding?, rescannable path: String?) throws {
        var sample = head.flatMap(\.self)
        var isWhole = false
        while !isWhole, sample.count < EncodingChoice.sampleBytes {
            let piece = try source()
            isWhole = piece.isEmpty
            head.append(piece)
            sample += piece
        }
        var evidence = EncodingEvidence()
        if declared == nil, TextEncoding.marked(sample) == nil {
            evidence = try isWhole || path == nil ? EncodingEvidence(of: sample, isWhole: isWhole) : Self.evidence(path)
        }
        let choice = try EncodingChoice(name, declared: declared, sample: sample, evidence)
        encoding = choice.encoding
        remark = choice.remark
        if encoding != .utf8 { decoder = try TextDecoder(from: encoding) }
    }

    /// A file on the disk is looked through to its end; of a stream only its beginning can be.
    private static func evidence(_ path: String?) throws -> EncodingEvidence {
        var evidence = EncodingEvidence()
        guard let path else { return evidence }
        let file = try InputFile(path)
        while true {
            let piece = try file.next()
            if piece.isEmpty { break }
            try evidence.look(at: piece)
        }
        try evidence.finish(isWhole: true)
        return evidence
    }
}
