/// One JSON value.
///
/// Numbers keep two forms: an integer that fits 64 bits stays exact, everything else (fractions, exponents, larger
/// integers) is a double. `.integer(1)` and `.number(1)` are therefore different values, and both survive a round trip.
/// Keys are compared as Swift strings, that is by canonical equivalence.
public enum JSONValue: Hashable, Sendable {
    case null
    case bool(Bool)
    case integer(Int64)
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])

    /// Texts are equal only byte for byte: `é` as one character and as two are two values, and each has bytes of its
    /// own.
    public static func == (left: JSONValue, right: JSONValue) -> Bool {
        switch (left, right) {
        case (.null, .null): true
        case (.bool(let a), .bool(let b)): a == b
        case (.integer(let a), .integer(let b)): a == b
        case (.number(let a), .number(let b)): a == b
        case (.string(let a), .string(let b)): a.utf8.elementsEqual(b.utf8)
        case (.array(let a), .array(let b)): a == b
        case (.object(let a), .object(let b)): a == b
        default: false
        }
    }

    /// The deepest nesting of arrays and objects that is read. It bounds the parser's stack.
    public static let depthLimit = 64

    /// Reads one strict JSON document (RFC 8259): no comments, no trailing commas, no duplicate keys, no byte order
    /// mark, valid UTF-8 only.
    ///
    /// - Parameters:
    ///   - bytes: the document, UTF-8.
    ///   - sizeLimit: the greatest size accepted, in bytes; the caller knows what is reasonable for its document.
    /// - Throws: a ``StandardsError`` with line and column and what was expected there.
    public init(parsing bytes: [UInt8], sizeLimit: Int) throws(StandardsError) {
        guard bytes.count <= sizeLimit else {
            throw StandardsError(
                operation: "read JSON", position: nil,
                reason: "the document has \(bytes.count) bytes and the limit is \(sizeLimit)",
                remedy: "send less at a time")
        }
        self = try bytes.withUnsafeBufferPointer { buffer throws(StandardsError) -> JSONValue in
            var parser = JSONParser(buffer)
            return try parser.document()
        }
    }

    /// Reads one strict JSON document from text; see ``init(parsing:sizeLimit:)-([UInt8],_)``.
    public init(parsing text: String, sizeLimit: Int) throws(StandardsError) {
        try self.init(parsing: Array(text.utf8), sizeLimit: sizeLimit)
    }
}
