import Foundation
import Standards

/// A file that was exported, read with eyes that share nothing with the reader of imports.
struct Table {
    let columns: [String]
    /// Cells by column; nil for no value.
    let rows: [[String: String]]

    init(csv path: String) throws {
        let bytes = Array(FileManager.default.contents(atPath: path) ?? Data())
        guard bytes.starts(with: [0xEF, 0xBB, 0xBF]) else { throw Failure("\(path) has no byte order mark") }
        let records = Self.records(Array(bytes.dropFirst(3))).map { $0.map { String(decoding: $0, as: UTF8.self) } }
        columns = records.first ?? []
        let header = columns
        rows = try records.dropFirst().map { cells in
            guard cells.count == header.count else { throw Failure("a record has \(cells.count) cells") }
            let pairs = zip(header, cells.map(Self.undone)).filter { !$0.1.isEmpty }
            return Dictionary(uniqueKeysWithValues: pairs)
        }
    }

    init(jsonLines path: String) throws {
        let bytes = Array(FileManager.default.contents(atPath: path) ?? Data())
        let lines = try bytes.split(separator: UInt8(ascii: "\n")).map {
            try JSONValue(parsing: Array($0), sizeLimit: 1 << 20).objectValue ?? [:]
        }
        columns = (lines.first ?? [:]).keys.sorted()
        rows = lines.map { line in
            line.compactMapValues { value in value.isNull ? nil : value.stringValue ?? value.text() }
        }
    }

    init(_ path: String) throws {
        if path.hasSuffix(".csv") { try self.init(csv: path) } else { try self.init(jsonLines: path) }
    }

    /// The rows by a column that tells them apart.
    func by(_ column: String) -> [String: [String: String]] {
        Dictionary(rows.map { ($0[column] ?? "", $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// One apostrophe before what a spreadsheet would take for a formula is taken away.
    private static func undone(_ cell: String) -> String {
        let bare = cell.unicodeScalars.drop { $0 == "'" }
        guard cell.unicodeScalars.first == "'", let sign = bare.first, "=+-@\t\r＝＋－＠".unicodeScalars.contains(sign)
        else {
            return cell
        }
        return String(cell.unicodeScalars.dropFirst())
    }

    /// RFC 4180 and nothing more, over bytes.
    static func records(_ bytes: [UInt8]) -> [[[UInt8]]] {
        var (records, record, cell, isQuoted, index) = ([[[UInt8]]](), [[UInt8]](), [UInt8](), false, 0)
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            if isQuoted {
                if byte != 0x22 {
                    cell.append(byte)
                } else if index < bytes.count, bytes[index] == 0x22 {
                    cell.append(byte)
                    index += 1
                } else {
                    isQuoted = false
                }
            } else if byte == 0x22, cell.isEmpty {
                isQuoted = true
            } else if byte == 0x2C {
                record.append(cell)
                cell = []
            } else if byte == 0x0D, index < bytes.count, bytes[index] == 0x0A {
                index += 1
                records.append(record + [cell])
                (record, cell) = ([], [])
            } else {
                cell.append(byte)
            }
        }
        return records
    }
}
