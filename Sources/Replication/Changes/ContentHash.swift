import Hashing

/// SHA-256 of a file's content: the name by which it is kept and fetched.
public struct ContentHash: Hashable, Comparable, Sendable {
    public static let byteCount = SHA256.digestByteCount

    public let bytes: [UInt8]

    /// Nil unless there are 32 bytes.
    public init?(_ bytes: [UInt8]) {
        guard bytes.count == Self.byteCount else { return nil }
        self.bytes = bytes
    }

    /// Of a content at hand.
    public init(of content: [UInt8]) { bytes = SHA256.hash(content) }

    /// Reads 64 hexadecimal digits.
    public init?(text: String) {
        let digits = Array(text.utf8)
        guard digits.count == 2 * Self.byteCount else { return nil }
        let values = digits.compactMap { Character(UnicodeScalar($0)).hexDigitValue }
        guard values.count == digits.count else { return nil }
        bytes = (0..<Self.byteCount).map { UInt8(values[2 * $0] << 4 | values[2 * $0 + 1]) }
    }

    /// 64 hexadecimal digits in lower case.
    public var text: String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    public static func < (left: ContentHash, right: ContentHash) -> Bool {
        left.bytes.lexicographicallyPrecedes(right.bytes)
    }
}
