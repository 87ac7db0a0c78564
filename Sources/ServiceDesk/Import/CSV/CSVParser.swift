/// Splits a CSV file into records, fed with chunks of any size.
///
/// It reads RFC 4180 as files in the wild have it: lines end in CRLF, LF or CR, a byte order mark may come first, the
/// separator may be another than the comma, quoted fields may hold separators, doubled quotes and line breaks, and a
/// quote inside an unquoted field is an ordinary character. Text must be UTF-8; a shell converts other encodings before
/// it feeds them, and writes a byte that UTF-8 never has where it could not, so that the record is rejected.
///
///     var parser = CSVParser()
///     var items = parser.feed(firstChunk)
///     items += parser.feed(secondChunk)
///     items += parser.finish()
///
/// What is wrong with a record rejects that record alone. A quote that is never closed takes in the rest of the file,
/// and the rejection says so.
public struct CSVParser: Sendable {
    private enum State {
        case fieldStart
        case unquoted
        case quoted
        /// A quote was met inside a quoted field: it ends the field, or another quote doubles it.
        case quoteInQuoted
    }

    private static let quote = UInt8(ascii: "\"")
    private static let lineFeed = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")

    private let separator: UInt8
    private var state = State.fieldStart
    private var draft: CSVDraft
    private var line = 1
    private var quoteLine = 1
    private var followsCarriageReturn = false
    /// The bytes of a possible byte order mark, until it is known to be one; nil after that.
    private var prefix: [UInt8]? = []
    private var items: [CSVItem] = []
    /// Whether the file ended in the middle of a line: it may have been cut off.
    public private(set) var endsWithinLine = false

    /// - Parameters:
    ///   - separator: an ASCII byte other than a quote or a line end.
    ///   - encoding: what the file was converted from, for rejections.
    public init(
        separator: UInt8 = UInt8(ascii: ","), limits: CSVLimits = .standard, encoding: String = "UTF-8"
    ) {
        precondition(
            separator < 0x80 && ![Self.quote, Self.lineFeed, Self.carriageReturn].contains(separator),
            "a separator cannot be a quote or a line end")
        self.separator = separator
        draft = CSVDraft(limits: limits, encoding: encoding)
    }

    /// Takes the next bytes of the file.
    /// - Returns: the records that ended in them, in order.
    public mutating func feed(_ chunk: [UInt8]) -> [CSVItem] {
        if prefix == nil {
            chunk.withUnsafeBufferPointer { read($0) }
        } else {
            skipByteOrderMark(chunk)
        }
        return takeItems()
    }

    /// Says that the file has ended.
    /// - Returns: the last record, if its line was not ended.
    public mutating func finish() -> [CSVItem] {
        if let rest = prefix {
            prefix = nil
            rest.withUnsafeBufferPointer { read($0) }
        }
        if state == .quoted {
            draft.rejectUnclosedQuote(openedOn: quoteLine)
        }
        if !draft.isBlank || state == .quoteInQuoted {
            endsWithinLine = true
            draft.endField()
            endRecord()
        }
        return takeItems()
    }

    private mutating func takeItems() -> [CSVItem] {
        defer { items = [] }
        return items
    }

    private mutating func skipByteOrderMark(_ chunk: [UInt8]) {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let head = (prefix ?? []) + chunk
        if head.count < mark.count, mark.starts(with: head) {
            prefix = head
            return
        }
        prefix = nil
        head.withUnsafeBufferPointer { bytes in
            read(head.starts(with: mark) ? UnsafeBufferPointer(rebasing: bytes.dropFirst(mark.count)) : bytes)
        }
    }

    private mutating func read(_ bytes: UnsafeBufferPointer<UInt8>) {
        var index = 0
        while index < bytes.count {
            switch state {
            case .fieldStart:
                if bytes[index] == Self.quote {
                    followsCarriageReturn = false
                    state = .quoted
                    quoteLine = line
                    draft.openQuote()
                    index += 1
                } else {
                    state = .unquoted
                }
            case .unquoted:
                index = readUnquoted(bytes, from: index)
            case .quoted:
                index = readQuoted(bytes, from: index)
            case .quoteInQuoted:
                if bytes[index] == Self.quote {
                    draft.append(CollectionOfOne(Self.quote))
                    state = .quoted
                    index += 1
                } else {
                    if !endsField(bytes[index]) { draft.reject("has text after its closing quote") }
                    state = .unquoted
                }
            }
        }
    }

    /// Reads on to the next separator or line end and over it.
    private mutating func readUnquoted(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        if skipsLineFeed(bytes[start]) {
            state = .fieldStart
            return start + 1
        }
        var end = start
        while end < bytes.count, !endsField(bytes[end]) { end += 1 }
        draft.append(bytes[start..<end])
        guard end < bytes.count else { return end }
        let byte = bytes[end]
        let isBlank = draft.isBlank && byte != separator
        if !isBlank { draft.endField() }
        state = .fieldStart
        if byte != separator {
            line += 1
            followsCarriageReturn = byte == Self.carriageReturn
            endRecord()
        }
        return end + 1
    }

    /// Reads on to the next quote or line end and over it; line ends belong to the field.
    private mutating func readQuoted(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        var end = start
        while end < bytes.count, bytes[end] != Self.quote, !isLineEnd(bytes[end]) { end += 1 }
        if end > start { followsCarriageReturn = false }
        guard end < bytes.count else {
            draft.append(bytes[start..<end])
            return end
        }
        if bytes[end] == Self.quote {
            draft.append(bytes[start..<end])
            followsCarriageReturn = false
            state = .quoteInQuoted
        } else {
            draft.append(bytes[start...end])
            let isSecondHalf = bytes[end] == Self.lineFeed && followsCarriageReturn
            if !isSecondHalf { line += 1 }
            followsCarriageReturn = bytes[end] == Self.carriageReturn
        }
        return end + 1
    }

    /// Whether `byte` is the second half of a CRLF whose first half has ended a record.
    private mutating func skipsLineFeed(_ byte: UInt8) -> Bool {
        defer { followsCarriageReturn = false }
        guard followsCarriageReturn, byte == Self.lineFeed, draft.isBlank else { return false }
        return true
    }

    private mutating func endRecord() {
        items.append(draft.endRecord(nextLine: line))
        state = .fieldStart
    }

    private func isLineEnd(_ byte: UInt8) -> Bool { byte == Self.lineFeed || byte == Self.carriageReturn }

    private func endsField(_ byte: UInt8) -> Bool { byte == separator || isLineEnd(byte) }
}
