/// A JSON value of a problem's extension members. Objects keep the order they are written in.
public enum ProblemValue: Sendable, Hashable {
    case text(String)
    case integer(Int64)
    case flag(Bool)
    case list([ProblemValue])
    case object([Member])

    /// A named value.
    public struct Member: Sendable, Hashable {
        public let name: String
        public let value: ProblemValue

        public init(_ name: String, _ value: ProblemValue) {
            self.name = name
            self.value = value
        }
    }

    /// The value as JSON text in UTF-8.
    public var json: [UInt8] {
        var output: [UInt8] = []
        write(to: &output)
        return output
    }

    private func write(to output: inout [UInt8]) {
        switch self {
        case .text(let text): Self.writeText(text, to: &output)
        case .integer(let number): output += Array(String(number).utf8)
        case .flag(let flag): output += Array((flag ? "true" : "false").utf8)
        case .list(let values):
            Self.writeJoined(values, "[", "]", to: &output) { value, output in value.write(to: &output) }
        case .object(let members):
            Self.writeJoined(members, "{", "}", to: &output) { member, output in
                Self.writeText(member.name, to: &output)
                output.append(UInt8(ascii: ":"))
                member.value.write(to: &output)
            }
        }
    }

    private static func writeJoined<Element>(
        _ elements: [Element], _ opening: String, _ closing: String, to output: inout [UInt8],
        _ writeElement: (Element, inout [UInt8]) -> Void
    ) {
        output += Array(opening.utf8)
        for (index, element) in elements.enumerated() {
            if index > 0 { output.append(UInt8(ascii: ",")) }
            writeElement(element, &output)
        }
        output += Array(closing.utf8)
    }

    private static func writeText(_ text: String, to output: inout [UInt8]) {
        let digits = Array("0123456789abcdef".utf8)
        output.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                output += [UInt8(ascii: "\\"), byte]
            case 0..<0x20:
                output += Array("\\u00".utf8) + [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            default:
                output.append(byte)
            }
        }
        output.append(UInt8(ascii: "\""))
    }
}

extension ProblemValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral {
    public init(stringLiteral value: String) {
        self = .text(value)
    }

    public init(integerLiteral value: Int64) {
        self = .integer(value)
    }

    public init(booleanLiteral value: Bool) {
        self = .flag(value)
    }
}
