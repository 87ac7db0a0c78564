/// Percent-encoding (RFC 3986). Decoding happens once, in the request parser; doing it again would let `%252e` become
/// a dot.
public enum PercentCoding {
    /// The decoded text, or nil when an escape is broken, the result is not UTF-8 or holds a control character.
    ///
    /// - Parameter plusIsSpace: true in a query, where forms write a space as `+`.
    public static func decode(_ text: some Collection<UInt8>, plusIsSpace: Bool = false) -> String? {
        var decoded: [UInt8] = []
        decoded.reserveCapacity(text.count)
        var iterator = text.makeIterator()
        while let byte = iterator.next() {
            if byte == UInt8(ascii: "%") {
                guard let high = iterator.next().flatMap(ByteRules.hexadecimalValue),
                    let low = iterator.next().flatMap(ByteRules.hexadecimalValue)
                else { return nil }
                decoded.append(UInt8(high * 16 + low))
            } else {
                decoded.append(plusIsSpace && byte == UInt8(ascii: "+") ? ByteRules.space : byte)
            }
        }
        return String(validating: decoded, as: UTF8.self)
    }

    /// The text with everything but letters, digits and `-._~` escaped: safe as a path segment or a query value.
    public static func encode(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var encoded: [UInt8] = []
        for byte in text.utf8 {
            if ByteRules.isDigit(byte) || ByteRules.isLetter(byte) || "-._~".utf8.contains(byte) {
                encoded.append(byte)
            } else {
                encoded += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: encoded, as: UTF8.self)
    }
}
