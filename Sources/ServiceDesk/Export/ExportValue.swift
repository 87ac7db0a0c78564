import Replication
import Standards

/// The content of one cell.
enum ExportValue: Equatable {
    case none
    case text(String)
    case integer(Int64)
    case flag(Bool)
    /// Milliseconds since 1970.
    case time(Int64)

    /// - Parameter text: nil for no value.
    init(_ text: String?) { self = text.map { .text($0) } ?? .none }

    /// - Parameter isTime: whether an integer counts milliseconds since 1970.
    init(_ value: Value, isTime: Bool = false) {
        switch value {
        case .null: self = .none
        case .bool(let flag): self = .flag(flag)
        case .integer(let integer): self = isTime ? .time(integer) : .integer(integer)
        case .text(let text): self = .text(text)
        case .bytes(let bytes): self = .text(Self.hexadecimal(bytes))
        }
    }

    /// What a cell of a spreadsheet shows; empty for no value.
    var cell: String {
        switch self {
        case .none: ""
        case .text(let text): text
        case .integer(let integer): String(integer)
        case .flag(let flag): flag ? "true" : "false"
        case .time(let time): InstantText.utc(time)
        }
    }

    var json: JSONValue {
        switch self {
        case .none: .null
        case .text(let text): .string(text)
        case .integer(let integer): .integer(integer)
        case .flag(let flag): .bool(flag)
        case .time(let time): .string(InstantText.utc(time))
        }
    }

    private static func hexadecimal(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
