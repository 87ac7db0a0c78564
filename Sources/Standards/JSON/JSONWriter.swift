/// JSON that is written as it is told, for what would be too many values to build first: the rows of a list.
///
/// Members come in the order in which they are written. Whoever writes them sorted by name, as ``JSONValue`` is
/// written, gives equal bytes for equal rows.
public struct JSONWriter: Sendable {
    private var serialiser = JSONSerialiser(pretty: false)
    private var needsComma = false

    public init() {}

    public var bytes: [UInt8] { serialiser.output }

    private mutating func begin() {
        if needsComma { serialiser.put(UInt8(ascii: ",")) }
        needsComma = false
    }

    public mutating func write(_ value: JSONValue) {
        begin()
        serialiser.write(value)
        needsComma = true
    }

    public mutating func write(_ text: String) {
        begin()
        serialiser.write(text)
        needsComma = true
    }

    public mutating func write(_ flag: Bool) {
        begin()
        serialiser.put(flag ? "true" : "false")
        needsComma = true
    }

    public mutating func write(_ number: Int64) {
        begin()
        serialiser.put(String(number))
        needsComma = true
    }

    /// A name without quotes, backslashes or control characters; its value is written next.
    public mutating func name(_ name: StaticString) {
        begin()
        serialiser.put(UInt8(ascii: "\""))
        serialiser.put(UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
        serialiser.put("\":")
    }

    /// A member that is left out when it has no value.
    public mutating func member(_ name: StaticString, _ text: String?) {
        guard let text else { return }
        self.name(name)
        write(text)
    }

    public mutating func member(_ name: StaticString, _ flag: Bool) {
        self.name(name)
        write(flag)
    }

    public mutating func member(_ name: StaticString, _ number: Int64) {
        self.name(name)
        write(number)
    }

    public mutating func member(_ name: StaticString, _ value: JSONValue) {
        self.name(name)
        write(value)
    }

    /// An object whose members are written meanwhile.
    public mutating func object(_ members: (inout JSONWriter) throws -> Void) rethrows {
        try nest(UInt8(ascii: "{"), UInt8(ascii: "}"), members)
    }

    /// A list whose elements are written meanwhile.
    public mutating func array(_ elements: (inout JSONWriter) throws -> Void) rethrows {
        try nest(UInt8(ascii: "["), UInt8(ascii: "]"), elements)
    }

    private mutating func nest(_ open: UInt8, _ close: UInt8, _ body: (inout JSONWriter) throws -> Void) rethrows {
        begin()
        serialiser.put(open)
        try body(&self)
        serialiser.put(close)
        needsComma = true
    }
}
