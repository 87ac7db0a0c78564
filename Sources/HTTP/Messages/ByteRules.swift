/// The character classes of RFC 9110 and 9112, over bytes: `Int("+5")` is 5 and `Character` joins CR with LF, so
/// nothing that decides about framing goes through `String`.
enum ByteRules {
    static let carriageReturn = UInt8(ascii: "\r")
    static let lineFeed = UInt8(ascii: "\n")
    static let space = UInt8(ascii: " ")
    static let tab = UInt8(ascii: "\t")
    static let colon = UInt8(ascii: ":")

    /// `tchar`: what a method or a field name may consist of.
    static func isToken(_ byte: UInt8) -> Bool {
        tokenTable[Int(byte)]
    }

    static func isToken(_ bytes: some Collection<UInt8>) -> Bool {
        !bytes.isEmpty && bytes.allSatisfy { isToken($0) }
    }

    /// `field-vchar`, space and tab; bytes above 0x7F are let through as RFC 9110 lets them.
    static func isFieldValue(_ bytes: some Sequence<UInt8>) -> Bool {
        bytes.allSatisfy { ($0 >= 0x20 && $0 != 0x7F) || $0 == tab }
    }

    static func isDigit(_ byte: UInt8) -> Bool {
        byte >= 0x30 && byte <= 0x39
    }

    static func isLetter(_ byte: UInt8) -> Bool {
        let lower = lowercased(byte)
        return lower >= 0x61 && lower <= 0x7A
    }

    static func hexadecimalValue(_ byte: UInt8) -> Int? {
        switch byte {
        case 0x30...0x39: Int(byte) - 0x30
        case 0x41...0x46: Int(byte) - 0x41 + 10
        case 0x61...0x66: Int(byte) - 0x61 + 10
        default: nil
        }
    }

    static func lowercased(_ byte: UInt8) -> UInt8 {
        byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
    }

    /// Digits only, no sign, no blank, and small enough for an `Int`; nil otherwise.
    static func decimal(_ bytes: some Collection<UInt8>) -> Int? {
        number(bytes, base: 10) { isDigit($0) ? Int($0) - 0x30 : nil }
    }

    /// Hexadecimal digits only, no sign, no `0x`, and small enough for an `Int`; nil otherwise.
    static func hexadecimal(_ bytes: some Collection<UInt8>) -> Int? {
        number(bytes, base: 16, hexadecimalValue)
    }

    /// Without the spaces and tabs at both ends.
    static func trimmed<Bytes: BidirectionalCollection<UInt8>>(_ bytes: Bytes) -> Bytes.SubSequence {
        var start = bytes.startIndex
        var end = bytes.endIndex
        while start < end, bytes[start] == space || bytes[start] == tab { start = bytes.index(after: start) }
        while start < end {
            let last = bytes.index(before: end)
            guard bytes[last] == space || bytes[last] == tab else { break }
            end = last
        }
        return bytes[start..<end]
    }

    /// UTF-8 where the bytes are UTF-8, Latin-1 otherwise, so that no byte is lost.
    static func text(_ bytes: some Collection<UInt8>) -> String {
        String(validating: bytes, as: UTF8.self) ?? String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
    }

    private static func number(
        _ bytes: some Collection<UInt8>, base: Int, _ digit: (UInt8) -> Int?
    ) -> Int? {
        guard !bytes.isEmpty else { return nil }
        var result = 0
        for byte in bytes {
            guard let value = digit(byte) else { return nil }
            let (scaled, overflow) = result.multipliedReportingOverflow(by: base)
            let (sum, carry) = scaled.addingReportingOverflow(value)
            if overflow || carry { return nil }
            result = sum
        }
        return result
    }

    private static let tokenTable: [Bool] = (0...255).map { code in
        let byte = UInt8(code)
        return isDigit(byte) || isLetter(byte) || "!#$%&'*+-.^_`|~".utf8.contains(byte)
    }
}
