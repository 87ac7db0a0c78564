/// A strict JSON parser over bytes that the caller keeps alive for as long as the parser lives.
///
/// It walks the bytes once and counts lines only when it has an error to report.
struct JSONParser {
    let bytes: UnsafeBufferPointer<UInt8>
    var index = 0
    private var depth = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    mutating func document() throws(StandardsError) -> JSONValue {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            throw error(at: 0, "it begins with a byte order mark", "save it as UTF-8 without one")
        }
        skipWhitespace()
        let value = try value()
        skipWhitespace()
        guard index == bytes.count else { throw expected("the end of the document") }
        return value
    }

    private mutating func value() throws(StandardsError) -> JSONValue {
        guard index < bytes.count else { throw expected("a value") }
        switch bytes[index] {
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "{"): return try nested { parser throws(StandardsError) in try parser.object() }
        case UInt8(ascii: "["): return try nested { parser throws(StandardsError) in try parser.array() }
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
        default: throw expected("a value")
        }
    }

    private mutating func nested(
        _ read: (inout JSONParser) throws(StandardsError) -> JSONValue
    ) throws(StandardsError) -> JSONValue {
        guard depth < JSONValue.depthLimit else {
            throw error(
                at: index, "lists and objects are nested deeper than \(JSONValue.depthLimit)", "make it flatter")
        }
        depth += 1
        defer { depth -= 1 }
        index += 1
        skipWhitespace()
        return try read(&self)
    }

    private mutating func object() throws(StandardsError) -> JSONValue {
        var members: [String: JSONValue] = [:]
        if take(UInt8(ascii: "}")) { return .object(members) }
        while true {
            guard index < bytes.count, bytes[index] == UInt8(ascii: "\"") else {
                throw expected(members.isEmpty ? "a key in quotes or \"}\"" : "a key in quotes")
            }
            let keyStart = index
            let key = try string()
            skipWhitespace()
            guard take(UInt8(ascii: ":")) else { throw expected("\":\"") }
            skipWhitespace()
            let value = try value()
            guard members.updateValue(value, forKey: key) == nil else {
                throw error(at: keyStart, "the object has this key twice", "keep one of them")
            }
            skipWhitespace()
            if take(UInt8(ascii: "}")) { return .object(members) }
            guard take(UInt8(ascii: ",")) else { throw expected("\",\" or \"}\"") }
            skipWhitespace()
        }
    }

    private mutating func array() throws(StandardsError) -> JSONValue {
        var elements: [JSONValue] = []
        if take(UInt8(ascii: "]")) { return .array(elements) }
        while true {
            elements.append(try value())
            skipWhitespace()
            if take(UInt8(ascii: "]")) { return .array(elements) }
            guard take(UInt8(ascii: ",")) else { throw expected("\",\" or \"]\"") }
            skipWhitespace()
        }
    }

    private mutating func word(_ word: StaticString, _ value: JSONValue) throws(StandardsError) -> JSONValue {
        let end = index + word.utf8CodeUnitCount
        let letters = UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
        guard end <= bytes.count, bytes[index..<end].elementsEqual(letters) else {
            throw expected("true, false or null")
        }
        index = end
        return value
    }

    /// Steps over `byte` if it comes next.
    mutating func take(_ byte: UInt8) -> Bool {
        guard index < bytes.count, bytes[index] == byte else { return false }
        index += 1
        return true
    }

    private mutating func skipWhitespace() {
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\t"): index += 1
            default: return
            }
        }
    }
}
