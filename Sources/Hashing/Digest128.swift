/// 128 bits of a digest, with addition and subtraction modulo 2^128.
///
/// A sum of digests does not depend on the order in which a set was built, and a member is taken out by
/// subtracting it, so two replicas compare their sets by comparing one value.
public struct Digest128: Hashable, Sendable {
    /// The length in bytes.
    public static let byteCount = 16
    /// The sum of no digests.
    public static let zero = Digest128(high: 0, low: 0)

    /// The more significant 64 bits.
    public let high: UInt64
    /// The less significant 64 bits.
    public let low: UInt64

    public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// The first 16 bytes of a longer digest, most significant first. Traps when there are fewer.
    public init(truncating digest: [UInt8]) {
        precondition(digest.count >= Self.byteCount, "a digest of at least 16 bytes is needed")
        self = digest.withUnsafeBytes { bytes in
            Digest128(
                high: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 0, as: UInt64.self)),
                low: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
            )
        }
    }

    /// A digest from exactly 16 bytes, most significant first; nil for any other length.
    public init?(bytes: [UInt8]) {
        guard bytes.count == Self.byteCount else { return nil }
        self.init(truncating: bytes)
    }

    /// A digest from exactly 32 hexadecimal digits, of either case; nil for anything else.
    public init?(hexadecimal text: some StringProtocol) {
        var digits = 0
        var words: (high: UInt64, low: UInt64) = (0, 0)
        for byte in text.utf8 {
            let value: UInt8
            switch byte {
            case 0x30...0x39: value = byte - 0x30
            case 0x41...0x46: value = byte - 0x41 + 10
            case 0x61...0x66: value = byte - 0x61 + 10
            default: return nil
            }
            digits += 1
            guard digits <= 2 * Self.byteCount else { return nil }
            words.high = words.high &<< 4 | words.low &>> 60
            words.low = words.low &<< 4 | UInt64(value)
        }
        guard digits == 2 * Self.byteCount else { return nil }
        self.init(high: words.high, low: words.low)
    }

    /// The 16 bytes, most significant first.
    public var bytes: [UInt8] {
        [UInt8](unsafeUninitializedCapacity: Self.byteCount) { buffer, count in
            let words = UnsafeMutableRawBufferPointer(buffer)
            words.storeBytes(of: high.bigEndian, toByteOffset: 0, as: UInt64.self)
            words.storeBytes(of: low.bigEndian, toByteOffset: 8, as: UInt64.self)
            count = Self.byteCount
        }
    }

    /// The sum modulo 2^128.
    public static func &+ (left: Digest128, right: Digest128) -> Digest128 {
        let (low, carried) = left.low.addingReportingOverflow(right.low)
        return Digest128(high: left.high &+ right.high &+ (carried ? 1 : 0), low: low)
    }

    /// The difference modulo 2^128.
    public static func &- (left: Digest128, right: Digest128) -> Digest128 {
        let (low, borrowed) = left.low.subtractingReportingOverflow(right.low)
        return Digest128(high: left.high &- right.high &- (borrowed ? 1 : 0), low: low)
    }

    /// Adds modulo 2^128.
    public static func &+= (left: inout Digest128, right: Digest128) {
        left = left &+ right
    }

    /// Subtracts modulo 2^128.
    public static func &-= (left: inout Digest128, right: Digest128) {
        left = left &- right
    }
}

extension Digest128: Comparable {
    /// The order of the numbers, which is also that of the bytes.
    public static func < (left: Digest128, right: Digest128) -> Bool {
        left.high == right.high ? left.low < right.low : left.high < right.high
    }
}

extension Digest128: CustomStringConvertible {
    /// 32 lower-case hexadecimal digits.
    public var description: String {
        let digits: StaticString = "0123456789abcdef"
        let all = bytes
        return String(unsafeUninitializedCapacity: 2 * Self.byteCount) { buffer in
            for (index, byte) in all.enumerated() {
                buffer[2 * index] = digits.utf8Start[Int(byte >> 4)]
                buffer[2 * index + 1] = digits.utf8Start[Int(byte & 15)]
            }
            return 2 * Self.byteCount
        }
    }
}
