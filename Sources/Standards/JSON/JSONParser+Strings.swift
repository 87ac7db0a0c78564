extension JSONParser {
    /// Reads a text; `index` stands on its opening quote.
    mutating func string() throws(StandardsError) -> String {
        let opening = index
        index += 1
        let start = index
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "\""):
                let text = String(validating: UnsafeBufferPointer(rebasing: bytes[start..<index]), as: UTF8.self)
                guard let text else { throw invalidUTF8(in: start..<index) }
                index += 1
                return text
            case UInt8(ascii: "\\"):
                return try stringWithEscapes(opening: opening, start: start)
            case 0..<0x20:
                throw bareControlCharacter()
            default:
                index += 1
            }
        }
        throw neverClosed(opening)
    }

    /// Continues a text in which an escape was met at `index`; `start` is its first byte.
    private mutating func stringWithEscapes(opening: Int, start: Int) throws(StandardsError) -> String {
        var decoded = [UInt8](bytes[start..<index])
        while index < bytes.count {
            let byte = bytes[index]
            switch byte {
            case UInt8(ascii: "\""):
                guard let text = String(validating: decoded, as: UTF8.self) else {
                    throw invalidUTF8(in: start..<index)
                }
                index += 1
                return text
            case UInt8(ascii: "\\"):
                try escape(into: &decoded)
            case 0..<0x20:
                throw bareControlCharacter()
            default:
                decoded.append(byte)
                index += 1
            }
        }
        throw neverClosed(opening)
    }

    private mutating func escape(into decoded: inout [UInt8]) throws(StandardsError) {
        let start = index
        index += 1
        guard index < bytes.count else { throw expected("an escaped character") }
        let letter = bytes[index]
        index += 1
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): decoded.append(letter)
        case UInt8(ascii: "b"): decoded.append(0x08)
        case UInt8(ascii: "f"): decoded.append(0x0C)
        case UInt8(ascii: "n"): decoded.append(0x0A)
        case UInt8(ascii: "r"): decoded.append(0x0D)
        case UInt8(ascii: "t"): decoded.append(0x09)
        case UInt8(ascii: "u"): decoded.append(contentsOf: try escapedScalar(start).utf8)
        default:
            throw error(at: start, "this escape does not exist", "use one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX")
        }
    }

    /// Reads the digits after `\u`, and the second half of a pair where the first asks for one.
    private mutating func escapedScalar(_ start: Int) throws(StandardsError) -> Unicode.Scalar {
        let first = try fourHexDigits()
        if let scalar = Unicode.Scalar(first) { return scalar }
        if first < 0xDC00, take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) {
            let second = try fourHexDigits()
            if (0xDC00...0xDFFF).contains(second),
                let scalar = Unicode.Scalar(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00))
            {
                return scalar
            }
        }
        throw error(at: start, "this is half of a surrogate pair", "write both halves, or the character itself")
    }

    private mutating func fourHexDigits() throws(StandardsError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard index < bytes.count, let digit = Self.hexDigit(bytes[index]) else {
                throw expected("four hexadecimal digits")
            }
            value = value << 4 | digit
            index += 1
        }
        return value
    }

    private static func hexDigit(_ byte: UInt8) -> UInt32? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte - UInt8(ascii: "a") + 10)
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte - UInt8(ascii: "A") + 10)
        default: nil
        }
    }
}
