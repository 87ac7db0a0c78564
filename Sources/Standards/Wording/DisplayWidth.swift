/// How wide text stands on a terminal, where a Chinese character takes two columns.
public enum DisplayWidth {
    public static func columns(_ text: String) -> Int { text.unicodeScalars.reduce(0) { $0 + columns($1) } }

    private static func columns(_ scalar: Unicode.Scalar) -> Int {
        // Nearly every character there is.
        if scalar.value < 0x300 { return 1 }
        if scalar.properties.generalCategory == .nonspacingMark || zero.contains(scalar.value) { return 0 }
        return wide.contains { $0.contains(scalar.value) } ? 2 : 1
    }

    private static let zero: ClosedRange<UInt32> = 0x200B...0x200F

    /// The blocks of East Asian wide characters, and the lightning of a conflict.
    private static let wide: [ClosedRange<UInt32>] = [
        0x1100...0x115F, 0x26A1...0x26A1, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF,
        0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD,
    ]

    /// Filled with blanks to a width, on the left for numbers.
    public static func padded(_ text: String, to width: Int, left isLeft: Bool = false) -> String {
        let blanks = String(repeating: " ", count: max(0, width - columns(text)))
        return isLeft ? blanks + text : text + blanks
    }
}
