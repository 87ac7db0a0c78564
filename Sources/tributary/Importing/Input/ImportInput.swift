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
        try choose(
            isJSONLines && declared == nil ? .utf8 : declared, rescannable: isPacked || file.size == nil ? nil : path)
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
        var hasMore = true
        while hasMore, sample.count < EncodingChoice.sampleBytes {
            let piece = try source()
            hasMore = !piece.isEmpty
            head.append(piece)
            sample += piece
        }
        let isUTF8 = try declared == nil && Self.isUTF8(sample, isWhole: !hasMore, rescannable: path)
        let choice = try EncodingChoice(name, declared: declared, sample: sample, isUTF8: isUTF8)
        encoding = choice.encoding
        remark = choice.remark
        if encoding != .utf8 { decoder = try TextDecoder(from: encoding) }
    }

    /// A file on the disk is looked through to its end; of a stream only its beginning can be.
    private static func isUTF8(_ sample: [UInt8], isWhole: Bool, rescannable path: String?) throws -> Bool {
        var scan = UTF8Scan()
        scan.feed(sample)
        guard !isWhole else {
            scan.finish()
            return scan.isValid
        }
        guard let path else { return scan.isValid }
        scan = UTF8Scan()
        let file = try InputFile(path)
        while scan.isValid {
            let piece = try file.next()
            if piece.isEmpty { break }
            scan.feed(piece)
        }
        scan.finish()
        return scan.isValid
    }
}
