import Standards

/// Reads JSON Lines as if they were the records of a table: one object a line, the keys of the first are the header.
///
///     {"number": "YC-1", "urgent": true}
///     {"number": "YC-2", "urgent": null}
///
/// Texts come through byte for byte; whole numbers, true and false as they are written; null is an empty cell; lists
/// and objects are kept as JSON. A line without one of the keys has an empty cell there; one with another key is
/// rejected.
public struct JSONLinesParser: Sendable {
    private static let lineFeed = UInt8(ascii: "\n")

    private let limits: CSVLimits
    private var keys: [String]?
    private var known: Set<String> = []
    private var rest: [UInt8] = []
    private var isOverlong = false
    private var line = 1
    /// Whether the file ended in the middle of a line: it may have been cut off.
    public private(set) var endsWithinLine = false

    public init(limits: CSVLimits = .standard) { self.limits = limits }

    /// Takes the next bytes of the file.
    /// - Returns: the records that ended in them, in order; the header comes first.
    public mutating func feed(_ chunk: [UInt8]) -> [CSVItem] {
        var items: [CSVItem] = []
        for (index, piece) in chunk.split(separator: Self.lineFeed, omittingEmptySubsequences: false).enumerated() {
            if index > 0 { items += endLine() }
            take(piece)
        }
        return items
    }

    /// Says that the file has ended.
    public mutating func finish() -> [CSVItem] {
        guard !rest.isEmpty || isOverlong else { return [] }
        endsWithinLine = true
        return endLine()
    }

    private mutating func take(_ piece: ArraySlice<UInt8>) {
        guard !isOverlong else { return }
        if rest.count + piece.count > limits.recordBytes {
            isOverlong = true
            rest = []
        } else {
            rest += piece
        }
    }

    private mutating func endLine() -> [CSVItem] {
        defer {
            rest.removeAll(keepingCapacity: true)
            isOverlong = false
            line += 1
        }
        if isOverlong { return [reject("has more than \(limits.recordBytes) bytes")] }
        if rest.allSatisfy({ $0 == 0x20 || $0 == 0x0D || $0 == 0x09 }) { return [.blank(line: line)] }
        if line == 1, rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest.removeFirst(3) }
        guard let members = (try? JSONValue(parsing: rest, sizeLimit: limits.recordBytes))?.objectValue else {
            return [reject("is not one JSON object")]
        }
        return items(members)
    }

    private mutating func items(_ members: [String: JSONValue]) -> [CSVItem] {
        guard members.count <= limits.columns else { return [reject("has more than \(limits.columns) keys")] }
        guard let keys else {
            let header = members.keys.sorted()
            keys = header
            known = Set(header)
            return [.record(CSVRecord(line: line, fields: header)), record(members, header)]
        }
        guard members.keys.allSatisfy(known.contains) else {
            return [reject("has a key that the first line has not")]
        }
        return [record(members, keys)]
    }

    private func record(_ members: [String: JSONValue], _ keys: [String]) -> CSVItem {
        var fields: [String] = []
        for key in keys {
            switch members[key] ?? .null {
            case .null: fields.append("")
            case .string(let text): fields.append(text)
            case .number: return .rejected(RowRejection(line: line, column: key, reason: "is a fraction"))
            case let other: fields.append(String(decoding: other.bytes(), as: UTF8.self))
            }
        }
        return .record(CSVRecord(line: line, fields: fields))
    }

    private func reject(_ reason: String) -> CSVItem {
        .rejected(RowRejection(line: line, column: nil, reason: reason))
    }
}
