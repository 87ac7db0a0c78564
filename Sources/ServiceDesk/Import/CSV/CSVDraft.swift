/// The record being read: its fields end to end in one buffer, and the first thing found wrong with it.
struct CSVDraft: Sendable {
    private let limits: CSVLimits
    /// What a rejection calls the encoding of the file.
    private let encoding: String
    private var line = 1
    private var content: [UInt8] = []
    /// Where each finished field ends in `content`.
    private var ends: [Int] = []
    private var columns = 0
    private var hasQuote = false
    private var fault: RowRejection?

    init(limits: CSVLimits, encoding: String) {
        self.limits = limits
        self.encoding = encoding
    }

    /// Whether nothing of the record has been met, not even an empty pair of quotes.
    var isBlank: Bool { content.isEmpty && columns == 0 && !hasQuote && fault == nil }

    mutating func openQuote() { hasQuote = true }

    mutating func append(_ bytes: some Collection<UInt8>) {
        guard fault == nil, !bytes.isEmpty else { return }
        let fieldRoom = limits.fieldBytes - (content.count - (ends.last ?? 0))
        let recordRoom = limits.recordBytes - content.count
        // The limit that is reached first is named, however the file is cut into chunks.
        if bytes.count <= min(fieldRoom, recordRoom) {
            content.append(contentsOf: bytes)
        } else if fieldRoom <= recordRoom {
            reject("has more than \(limits.fieldBytes) bytes")
        } else {
            reject("takes the record beyond \(limits.recordBytes) bytes")
        }
    }

    mutating func endField() {
        columns += 1
        guard fault == nil else { return }
        if columns > limits.columns {
            fault = RowRejection(line: line, column: nil, reason: "has more than \(limits.columns) columns")
            content = []
        } else {
            ends.append(content.count)
        }
    }

    /// Rejects the record for its present field, unless it is rejected already.
    mutating func reject(_ reason: String) {
        guard fault == nil else { return }
        fault = RowRejection(line: line, column: String(columns + 1), reason: reason)
        content = []
    }

    /// Rejects the record for a quote that the file never closes. This is the cause of whatever was found before.
    mutating func rejectUnclosedQuote(openedOn quoteLine: Int) {
        fault = RowRejection(
            line: line, column: String(columns + 1),
            reason: "opens a quote on line \(quoteLine) that is never closed, so the rest of the file belongs to it")
    }

    /// Ends the record and begins the next.
    mutating func endRecord(nextLine: Int) -> CSVItem {
        defer {
            line = nextLine
            content.removeAll(keepingCapacity: true)
            ends.removeAll(keepingCapacity: true)
            columns = 0
            hasQuote = false
            fault = nil
        }
        if isBlank { return .blank(line: line) }
        if let fault { return .rejected(fault) }
        return decoded()
    }

    private func decoded() -> CSVItem {
        var fields: [String] = []
        fields.reserveCapacity(ends.count)
        var start = 0
        for end in ends {
            let text = content.withUnsafeBufferPointer { bytes in
                String(validating: UnsafeBufferPointer(rebasing: bytes[start..<end]), as: UTF8.self)
            }
            guard let text else {
                let column = String(fields.count + 1)
                return .rejected(RowRejection(line: line, column: column, reason: "is not valid \(encoding)"))
            }
            fields.append(text)
            start = end
        }
        return .record(CSVRecord(line: line, fields: fields))
    }
}
