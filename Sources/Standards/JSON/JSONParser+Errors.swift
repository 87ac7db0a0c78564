extension JSONParser {
    func error(at offset: Int, _ reason: String, _ remedy: String) -> StandardsError {
        StandardsError(operation: "read JSON", position: position(of: offset), reason: reason, remedy: remedy)
    }

    /// The error that something else stands at `index`. The document is not quoted: it may hold customer data.
    func expected(_ what: String) -> StandardsError {
        let found = index < bytes.count ? "something else" : "the end of the document"
        return error(at: index, "expected \(what), found \(found)", "correct the text there")
    }

    func neverClosed(_ opening: Int) -> StandardsError {
        error(at: opening, "expected a closing quote for the text that begins here, found the end", "close it")
    }

    func bareControlCharacter() -> StandardsError {
        error(at: index, "a text holds a bare control character", "write it as an escape such as \\n or \\t")
    }

    /// The error for text that did not validate: it points at the first bad byte of `range`.
    func invalidUTF8(in range: Range<Int>) -> StandardsError {
        var decoder = UTF8()
        var rest = bytes[range].makeIterator()
        var offset = range.lowerBound
        while case .scalarValue(let scalar) = decoder.decode(&rest) {
            offset += UTF8.width(scalar)
        }
        return error(at: offset, "this is not valid UTF-8", "save the document as UTF-8")
    }

    private func position(of offset: Int) -> TextPosition {
        var line = 1
        var column = 1
        for byte in bytes[..<offset] {
            if byte == UInt8(ascii: "\n") {
                line += 1
                column = 1
            } else if byte & 0xC0 != 0x80 {
                column += 1
            }
        }
        return TextPosition(line: line, column: column)
    }
}
