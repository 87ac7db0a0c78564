/// Writes a ``JSONValue`` so that equal values always give equal bytes: keys sorted, no choice left open.
struct JSONSerialiser: Sendable {
    private(set) var output: [UInt8] = []
    private let isPretty: Bool
    private var depth = 0

    private static let hexDigits = Array("0123456789abcdef".utf8)

    init(pretty isPretty: Bool) { self.isPretty = isPretty }

    mutating func write(_ value: JSONValue) {
        switch value {
        case .null: append("null")
        case .bool(let flag): append(flag ? "true" : "false")
        case .integer(let integer): append(String(integer))
        case .number(let number): append(number.isFinite ? number.description : "null")
        case .string(let text): write(text)
        case .array(let elements):
            writeList(elements, open: UInt8(ascii: "["), close: UInt8(ascii: "]")) { serialiser, element in
                serialiser.write(element)
            }
        case .object(let members):
            let sorted = members.sorted { $0.key < $1.key }
            writeList(sorted, open: UInt8(ascii: "{"), close: UInt8(ascii: "}")) { serialiser, member in
                serialiser.write(member.key)
                serialiser.append(serialiser.isPretty ? ": " : ":")
                serialiser.write(member.value)
            }
        }
    }

    private mutating func writeList<Element>(
        _ elements: [Element], open: UInt8, close: UInt8, _ write: (inout JSONSerialiser, Element) -> Void
    ) {
        output.append(open)
        depth += 1
        var isFirst = true
        for element in elements {
            if !isFirst { output.append(UInt8(ascii: ",")) }
            isFirst = false
            newLine()
            write(&self, element)
        }
        depth -= 1
        if !isFirst { newLine() }
        output.append(close)
    }

    private mutating func newLine() {
        guard isPretty else { return }
        output.append(UInt8(ascii: "\n"))
        output.append(contentsOf: repeatElement(UInt8(ascii: " "), count: depth * 2))
    }

    private mutating func append(_ text: String) { output.append(contentsOf: text.utf8) }

    mutating func put(_ text: StaticString) {
        put(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    mutating func put(_ text: String) { output.append(contentsOf: text.utf8) }

    mutating func put(_ bytes: UnsafeBufferPointer<UInt8>) { output.append(contentsOf: bytes) }

    mutating func put(_ byte: UInt8) { output.append(byte) }

    mutating func write(_ text: String) {
        output.append(UInt8(ascii: "\""))
        var text = text
        text.withUTF8 { bytes in
            var clean = 0
            for index in bytes.indices {
                let byte = bytes[index]
                guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") else { continue }
                output.append(contentsOf: bytes[clean..<index])
                clean = index + 1
                writeEscape(byte)
            }
            output.append(contentsOf: bytes[clean...])
        }
        output.append(UInt8(ascii: "\""))
    }

    private mutating func writeEscape(_ byte: UInt8) {
        output.append(UInt8(ascii: "\\"))
        switch byte {
        case 0x08: output.append(UInt8(ascii: "b"))
        case 0x09: output.append(UInt8(ascii: "t"))
        case 0x0A: output.append(UInt8(ascii: "n"))
        case 0x0C: output.append(UInt8(ascii: "f"))
        case 0x0D: output.append(UInt8(ascii: "r"))
        case 0..<0x20:
            append("u00")
            output.append(Self.hexDigits[Int(byte >> 4)])
            output.append(Self.hexDigits[Int(byte & 15)])
        default: output.append(byte)
        }
    }
}

extension JSONValue {
    /// This value as UTF-8 JSON with sorted keys: equal values give equal bytes in every process.
    ///
    /// A double that is not finite has no form in JSON and is written as `null`.
    /// - Parameter pretty: one element a line, indented by two spaces, for people to read.
    public func bytes(pretty: Bool = false) -> [UInt8] {
        var serialiser = JSONSerialiser(pretty: pretty)
        serialiser.write(self)
        return serialiser.output
    }

    /// This value as JSON text; see ``bytes(pretty:)``.
    public func text(pretty: Bool = false) -> String {
        String(decoding: bytes(pretty: pretty), as: UTF8.self)
    }
}
