/// Bytes received and not yet understood; gives out whole lines and runs of bytes.
///
/// A line is scanned once, however many reads bring it, so that a client dripping single bytes costs no more than
/// one sending them together.
struct InputBuffer: Sendable {
    enum Line: Equatable {
        case complete([UInt8])
        case needsMore
        case tooLong
        /// A CR without LF, or an LF without CR: two readers may disagree where such a line ends.
        case bareLineEnd
    }

    private var bytes: [UInt8] = []
    private var start = 0
    private var scanned = 0

    var count: Int { bytes.count - start }
    var isEmpty: Bool { count == 0 }

    mutating func append(_ more: [UInt8]) {
        if start > 0, start == bytes.count || start >= 64 * 1024 {
            bytes.removeSubrange(..<start)
            scanned -= start
            start = 0
        }
        bytes += more
    }

    /// The next line without its CRLF, at most `bytesMax` long.
    mutating func takeLine(bytesMax: Int) -> Line {
        scanned = max(scanned, start)
        while scanned < bytes.count {
            let byte = bytes[scanned]
            let followsReturn = scanned > start && bytes[scanned - 1] == ByteRules.carriageReturn
            if followsReturn != (byte == ByteRules.lineFeed) { return .bareLineEnd }
            if followsReturn {
                let line = Array(bytes[start..<scanned - 1])
                scanned += 1
                start = scanned
                return .complete(line)
            }
            if scanned - start >= bytesMax, byte != ByteRules.carriageReturn { return .tooLong }
            scanned += 1
        }
        return .needsMore
    }

    /// Up to `limit` bytes, all that are there otherwise.
    mutating func take(upTo limit: Int) -> [UInt8] {
        let end = start + min(limit, count)
        let taken = start == 0 && end == bytes.count ? bytes : Array(bytes[start..<end])
        start = end
        scanned = end
        if start == bytes.count {
            bytes = []
            start = 0
            scanned = 0
        }
        return taken
    }
}
