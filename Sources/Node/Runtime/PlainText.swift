/// Text from elsewhere made fit for a log, a terminal and one line.
enum PlainText {
    /// Shortens a text and escapes what could begin another line or steer a terminal: controls, line separators, and
    /// marks that turn the direction of writing.
    static func line(_ text: String, bytesMax: Int = LogLimits.bytesInText) -> String {
        var plain = ""
        var bytes = 0
        for scalar in text.unicodeScalars {
            let piece = isHarmless(scalar) ? String(Character(scalar)) : "\\u{\(String(scalar.value, radix: 16))}"
            bytes += piece.utf8.count
            guard bytes <= bytesMax else { return plain + " … (cut)" }
            plain += piece
        }
        return plain
    }

    private static func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: false
        default: true
        }
    }
}
