import Standards

/// Reads JSON Lines as if they were the records of a table: one object a line, the keys of the first are the header.
///
///     {"number": "YC-1", "urgent": true}
///     {"number": "YC-2", "urgent": null}
///
/// Texts come through byte for byte; whole numbers, true and false as they are written, fractions as the shortest
/// decimal; null is an empty cell; lists and objects are kept as JSON.
///
/// The header is every key of the first ``linesLookedAt`` lines, since many writers leave out what is null. A line
/// without one of them has an empty cell there; a later one with another key is rejected.
public struct JSONLinesParser: Sendable {
    /// Lines that are looked at for their keys before the first record is given out.
    public static let linesLookedAt = 1_000
    /// And bytes of them.
    public static let bytesLookedAt = 4 << 20

    /// One line as it was read.
    private enum Line: Sendable {
        case object(number: Int, members: [String: JSONValue])
        case other(CSVItem)
    }

    private static let lineFeed = UInt8(ascii: "\n")

    private let limits: CSVLimits
    /// Every key there may be, sorted; nil while lines are still looked at.
    private var header: [String]?
    // order does not matter: asked only whether it has a key
    private var known: Set<String> = []
    private var lookedAt: [Line] = []
    private var bytes = 0
    private var rest: [UInt8] = []
    private var isOverlong = false
    private var number = 1
    /// Whether the file ended in the middle of a line: it may have been cut off.
    public private(set) var endsWithinLine = false

    public init(limits: CSVLimits = .standard) { self.limits = limits }

    /// Takes the next bytes of the file.
    /// - Returns: the records that ended in them, in order; the header comes first.
    public mutating func feed(_ chunk: [UInt8]) -> [CSVItem] {
        var items: [CSVItem] = []
        for (index, piece) in chunk.split(separator: Self.lineFeed, omittingEmptySubsequences: false).enumerated() {
            if index > 0 { items += take(endLine()) }
            append(piece)
        }
        return items
    }

    /// Says that the file has ended.
    public mutating func finish() -> [CSVItem] {
        var items: [CSVItem] = []
        if !rest.isEmpty || isOverlong {
            endsWithinLine = true
            items = take(endLine())
        }
        return items + (header == nil ? begin() : [])
    }

    private mutating func append(_ piece: ArraySlice<UInt8>) {
        guard !isOverlong else { return }
        if rest.count + piece.count > limits.recordBytes {
            isOverlong = true
            rest = []
        } else {
            rest += piece
        }
    }

    private mutating func endLine() -> Line {
        defer {
            rest.removeAll(keepingCapacity: true)
            isOverlong = false
            number += 1
        }
        bytes += rest.count
        if isOverlong { return reject("has more than \(limits.recordBytes) bytes") }
        if rest.allSatisfy({ $0 == 0x20 || $0 == 0x0D || $0 == 0x09 }) { return .other(.blank(line: number)) }
        if number == 1, rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest.removeFirst(3) }
        guard let members = (try? JSONValue(parsing: rest, sizeLimit: limits.recordBytes))?.objectValue else {
            return reject("is not one JSON object")
        }
        return .object(number: number, members: members)
    }

    private mutating func take(_ line: Line) -> [CSVItem] {
        guard header == nil else { return [item(line)] }
        lookedAt.append(line)
        if case .object(_, let members) = line, known.count + members.count <= limits.columns {
            known.formUnion(members.keys)
        }
        return lookedAt.count < Self.linesLookedAt && bytes < Self.bytesLookedAt ? [] : begin()
    }

    /// Gives out the header and the lines that it was made of.
    private mutating func begin() -> [CSVItem] {
        let lines = lookedAt
        lookedAt = []
        let keys = known.sorted()
        header = keys
        let first = lines.lazy.compactMap { if case .object(let number, _) = $0 { number } else { nil } }.first
        return (first.map { [.record(CSVRecord(line: $0, fields: keys))] } ?? []) + lines.map(item)
    }

    private func item(_ line: Line) -> CSVItem {
        switch line {
        case .other(let item): item
        case .object(let number, let members): item(number, members)
        }
    }

    private func item(_ number: Int, _ members: [String: JSONValue]) -> CSVItem {
        if let unknown = members.keys.sorted().first(where: { !known.contains($0) }) {
            let reason = "is a key that no line before line \(Self.linesLookedAt + 1) has"
            let name = String(unknown.unicodeScalars.prefix(RowMapper.columnNameBytes).map(Character.init))
            return .rejected(RowRejection(line: number, column: name, reason: reason))
        }
        let fields = (header ?? []).map { Self.cell(members[$0] ?? .null) }
        return .record(CSVRecord(line: number, fields: fields))
    }

    private static func cell(_ value: JSONValue) -> String {
        switch value {
        case .null: ""
        case .string(let text): text
        case .number(let number): String(number)
        case let other: String(decoding: other.bytes(), as: UTF8.self)
        }
    }

    private func reject(_ reason: String) -> Line {
        .other(.rejected(RowRejection(line: number, column: nil, reason: reason)))
    }
}
