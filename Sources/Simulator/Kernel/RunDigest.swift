/// What a run's events add up to: equal for equal runs, and different soon after the first difference.
///
/// FNV-1a over 64-bit words, finished by SplitMix64's mixing: quick, and nobody is to be kept from forging it.
public struct RunDigest: Sendable {
    /// A run notes its digest every so many events, so that a second run can name the first stretch that differs.
    public static let stride: UInt64 = 1_024

    private var state: UInt64 = 0xCBF2_9CE4_8422_2325
    public private(set) var events: UInt64 = 0
    public private(set) var checkpoints: [UInt64] = []

    public init() {}

    mutating func absorb(_ word: UInt64) {
        state = (state ^ word) &* 0x0000_0100_0000_01B3
        state ^= state >> 29
    }

    mutating func absorb(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { absorb($0) }
    }

    /// Eight bytes a word, the first the most significant, and a last word of what is left; the length stands before
    /// those of fewer than eight.
    mutating func absorb(_ bytes: UnsafeRawBufferPointer) {
        let whole = bytes.count / 8 * 8
        for offset in Swift.stride(from: 0, to: whole, by: 8) {
            absorb(UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)))
        }
        var word = whole == 0 ? UInt64(bytes.count) : 0
        for byte in bytes[whole...] { word = word << 8 | UInt64(byte) }
        absorb(word)
    }

    mutating func endEvent() {
        events += 1
        if events % Self.stride == 0 { checkpoints.append(value) }
    }

    /// The digest of everything so far.
    public var value: UInt64 {
        var mixer = SplitMix64(seed: state)
        return mixer.next()
    }

    /// 16 hexadecimal digits.
    public var text: String { HexText.text(value) }
}

/// Numbers as hexadecimal digits.
enum HexText {
    static func text(_ value: UInt64) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
