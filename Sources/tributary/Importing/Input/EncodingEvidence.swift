import ServiceDesk

/// What the bytes of a file of unstated encoding say about it, line by line.
struct EncodingEvidence {
    /// Lines that are kept for a person to look at.
    static let linesKept = 3
    /// A longer line is looked at in parts.
    private static let lineBytesMax = 1 << 20

    private var scan = UTF8Scan()
    private var chinese = ChineseText()
    private var rest: [UInt8] = []
    private var decoder: TextDecoder?
    private var isGB18030 = true
    /// Whether all that was looked at is the file.
    private(set) var isWhole = false
    /// The first lines that are not UTF-8, without their ends.
    private(set) var strangeLines: [[UInt8]] = []

    init() {}

    init(of sample: [UInt8], isWhole: Bool) throws {
        try look(at: sample)
        try finish(isWhole: isWhole)
    }

    /// Whether it is UTF-8; a character that the end has torn belongs to a record that will be rejected.
    var isUTF8: Bool { scan.isValid }

    /// Whether it can be read as GB18030 without a doubt: all of it was looked at, every line decodes, none is plainly
    /// UTF-8, and the characters are those of Chinese text.
    var isChinese: Bool { isWhole && isGB18030 && chinese.isPlausible }

    mutating func look(at piece: [UInt8]) throws {
        scan.feed(piece)
        for (index, part) in piece.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
            if index > 0 { try endLine() }
            rest += part
            if rest.count > Self.lineBytesMax { try endLine() }
        }
    }

    /// - Parameter isWhole: whether the file ends here.
    mutating func finish(isWhole: Bool) throws {
        if isWhole { try endLine() }
        self.isWhole = isWhole
    }

    private mutating func endLine() throws {
        defer { rest.removeAll(keepingCapacity: true) }
        guard rest.contains(where: { $0 >= 0x80 }) else { return }
        if String(validating: rest, as: UTF8.self) == nil {
            if strangeLines.count < Self.linesKept { strangeLines.append(rest) }
        } else if Self.hasLongCharacter(rest) {
            isGB18030 = false
        }
        guard isGB18030 else { return }
        let decoder = try self.decoder ?? TextDecoder(from: .gb18030)
        self.decoder = decoder
        let decoded = decoder.decode(rest, isLast: true)
        guard let text = String(validating: decoded, as: UTF8.self) else {
            isGB18030 = false
            return
        }
        chinese.count(rest, decoded: text)
    }

    /// Two letters of GB18030 may look like a short character of UTF-8; a whole line of longer ones is none by chance.
    private static func hasLongCharacter(_ line: [UInt8]) -> Bool { line.contains { $0 >= 0xE0 } }
}
