/// How wide text stands on a terminal, where a Chinese character takes two columns.
enum DisplayWidth {
    static func columns(_ text: String) -> Int { text.unicodeScalars.reduce(0) { $0 + columns($1) } }

    private static func columns(_ scalar: Unicode.Scalar) -> Int {
        switch scalar.value {
        case 0x0300...0x036F, 0x200B...0x200F, 0xFE00...0xFE0F: 0
        case 0x1100...0x115F, 0x26A1, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
            0xFF00...0xFF60,
            0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
            2
        default: 1
        }
    }

    /// Filled with blanks to a width, on the left for numbers.
    static func padded(_ text: String, to width: Int, left isLeft: Bool = false) -> String {
        let blanks = String(repeating: " ", count: max(0, width - columns(text)))
        return isLeft ? blanks + text : text + blanks
    }
}
