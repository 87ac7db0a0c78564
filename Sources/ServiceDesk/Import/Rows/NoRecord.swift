/// Lines of a file that are no record: what versioning, concatenating and spreadsheets leave behind.
enum NoRecord {
    private static let markers = ["<<<<<<<", "|||||||", "=======", ">>>>>>>"]

    /// Why a line with cells in it is no record; nil for one that may be one.
    /// - Parameter header: the names of the columns, where the file has them.
    static func reason(_ record: CSVRecord, header: [String]?) -> String? {
        guard let first = record.fields.first else { return nil }
        if record.fields.allSatisfy({ $0.allSatisfy(\.isWhitespace) }) {
            return header?.count == 1 ? nil : "has only empty cells"
        }
        if let header, isHeader(record.fields, header) { return "repeats the header" }
        let isMarker = markers.contains { marker in
            first.hasPrefix(marker) && (first.dropFirst(marker.count).first.map { $0 == " " } ?? true)
        }
        return isMarker ? "is a merge conflict's marker" : nil
    }

    /// A second copy of the file in the file may have a byte order mark of its own.
    private static func isHeader(_ fields: [String], _ header: [String]) -> Bool {
        guard fields.count == header.count else { return false }
        let mark: Unicode.Scalar = "\u{FEFF}"
        return zip(fields, header).enumerated().allSatisfy { index, pair in
            var cell = pair.0
            if index == 0, cell.unicodeScalars.first == mark { cell = String(cell.unicodeScalars.dropFirst()) }
            return TextTrim.trim(cell) == pair.1
        }
    }
}
