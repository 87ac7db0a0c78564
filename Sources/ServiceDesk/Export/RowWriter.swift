import Standards

/// Puts rows into the bytes of a file.
struct RowWriter {
    let format: ExportQuery.Format
    private let names: [String]
    /// What stands before each value of a line of JSON.
    private let keys: [[UInt8]]

    init(_ format: ExportQuery.Format, columns names: [String]) {
        self.format = format
        self.names = names
        keys = names.enumerated().map { index, name in
            [UInt8(ascii: index == 0 ? "{" : ",")] + JSONValue.string(name).bytes() + [UInt8(ascii: ":")]
        }
    }

    /// What stands before the first row.
    func writeHeader(to output: inout [UInt8]) {
        guard format == .csv else { return }
        output += [0xEF, 0xBB, 0xBF]
        writeRecord(names, to: &output)
    }

    /// - Parameter values: one for each column.
    func write(_ values: [ExportValue], to output: inout [UInt8]) {
        precondition(values.count == names.count, "a row has a value for every column")
        switch format {
        case .csv: writeRecord(values.map { DefusedCell.of($0.cell) }, to: &output)
        case .jsonl:
            for (key, value) in zip(keys, values) {
                output += key
                Self.append(value.json.bytes(), to: &output)
            }
            output += [UInt8(ascii: "}"), UInt8(ascii: "\n")]
        }
    }

    private func writeRecord(_ cells: [String], to output: inout [UInt8]) {
        for (index, cell) in cells.enumerated() {
            if index > 0 { output.append(UInt8(ascii: ",")) }
            Self.append(cell: cell, to: &output)
        }
        output += [UInt8(ascii: "\r"), UInt8(ascii: "\n")]
    }

    /// Blanks at an end are quoted too: some readers drop them otherwise.
    private static func append(cell: String, to output: inout [UInt8]) {
        let bytes = Array(cell.utf8)
        let marks: [UInt8] = [UInt8(ascii: ","), UInt8(ascii: "\""), UInt8(ascii: "\r"), UInt8(ascii: "\n")]
        let blank = UInt8(ascii: " ")
        guard bytes.first == blank || bytes.last == blank || bytes.contains(where: marks.contains) else {
            output += bytes
            return
        }
        output.append(UInt8(ascii: "\""))
        for byte in bytes {
            if byte == UInt8(ascii: "\"") { output.append(byte) }
            output.append(byte)
        }
        output.append(UInt8(ascii: "\""))
    }

    /// Escapes the three characters that JSON allows bare and that readers of lines commonly take for an end of line:
    /// U+0085, U+2028 and U+2029. Only texts hold bytes above ASCII, so an escape is right wherever one is found.
    private static func append(_ json: [UInt8], to output: inout [UInt8]) {
        var index = 0
        while index < json.count {
            if json[index] == 0xC2, json[index + 1] == 0x85 {
                output += Array("\\u0085".utf8)
                index += 2
            } else if json[index] == 0xE2, json[index + 1] == 0x80, json[index + 2] & 0xFE == 0xA8 {
                output += Array((json[index + 2] == 0xA8 ? "\\u2028" : "\\u2029").utf8)
                index += 3
            } else {
                output.append(json[index])
                index += 1
            }
        }
    }
}
