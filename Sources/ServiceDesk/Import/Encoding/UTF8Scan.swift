/// Looks through a file for bytes that are not UTF-8, fed with pieces of any size.
public struct UTF8Scan: Sendable {
    /// The beginning of a character whose end is in the next piece.
    private var cut: [UInt8] = []
    /// Whether everything so far is UTF-8.
    public private(set) var isValid = true
    /// Whether anything so far is more than ASCII.
    public private(set) var hasMoreThanASCII = false

    public init() {}

    public mutating func feed(_ piece: some Collection<UInt8>) {
        guard isValid else { return }
        var bytes = cut
        bytes.append(contentsOf: piece)
        let tail = Self.unfinished(bytes)
        cut = Array(bytes.suffix(tail))
        bytes.removeLast(tail)
        if !hasMoreThanASCII { hasMoreThanASCII = bytes.contains { $0 >= 0x80 } || tail > 0 }
        isValid = String(validating: bytes, as: UTF8.self) != nil
    }

    /// Says that the file has ended.
    public mutating func finish() { if !cut.isEmpty { isValid = false } }

    /// How many bytes at the end may be the beginning of a character.
    private static func unfinished(_ bytes: [UInt8]) -> Int {
        for back in 1...3 where back <= bytes.count {
            let byte = bytes[bytes.count - back]
            if byte < 0x80 { return 0 }
            if byte >= 0xC0 {
                let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2
                return back < length ? back : 0
            }
        }
        return 0
    }
}
