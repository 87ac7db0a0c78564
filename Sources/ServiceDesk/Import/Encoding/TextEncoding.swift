/// The encodings that files are read in.
public enum TextEncoding: String, CaseIterable, Sendable {
    case utf8 = "utf-8"
    /// Byte order by the mark at the beginning.
    case utf16 = "utf-16"
    case utf16LittleEndian = "utf-16le"
    case utf16BigEndian = "utf-16be"
    /// GBK and GB 2312 are parts of it.
    case gb18030

    /// What a person may write for it.
    public init?(_ word: String) {
        switch word.lowercased() {
        case "utf8": self = .utf8
        case "gbk", "gb2312", "cp936": self = .gb18030
        case let name:
            guard let encoding = TextEncoding(rawValue: name) else { return nil }
            self = encoding
        }
    }

    /// Those that a byte order mark can stand for.
    private static let marks: [(bytes: [UInt8], encoding: TextEncoding)] = [
        ([0xEF, 0xBB, 0xBF], .utf8), ([0xFF, 0xFE], .utf16LittleEndian), ([0xFE, 0xFF], .utf16BigEndian),
    ]

    /// What the byte order mark at the beginning of a file says, if there is one.
    public static func marked(_ head: some Collection<UInt8>) -> TextEncoding? {
        marks.first { head.starts(with: $0.bytes) }?.encoding
    }

    /// Whether a file that a person calls this may carry a mark for `marked`.
    public func agrees(with marked: TextEncoding) -> Bool {
        self == marked || (self == .utf16 && [.utf16LittleEndian, .utf16BigEndian].contains(marked))
    }
}
