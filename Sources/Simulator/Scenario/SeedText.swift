/// Seeds as files and the command line write them: `0x5eed`, or a number in decimal.
public enum SeedText {
    /// - Returns: nil for anything else and for what 64 bits cannot hold.
    public static func parse(_ text: String) -> UInt64? {
        let isHexadecimal = text.hasPrefix("0x")
        let digits = isHexadecimal ? text.dropFirst(2) : text[...]
        guard let first = digits.first, first != "+", first != "-" else { return nil }
        return UInt64(digits, radix: isHexadecimal ? 16 : 10)
    }

    public static func text(_ seed: UInt64) -> String { "0x" + String(seed, radix: 16) }
}
