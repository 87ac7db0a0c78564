import Standards

/// Text of others made fit for a terminal.
enum PlainText {
    /// Without control characters, which could steer the reader's terminal; line breaks become blanks.
    static func line(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control: scalars.append(scalar == "\n" || scalar == "\t" ? " " : "·")
            case .format, .lineSeparator, .paragraphSeparator: scalars.append("·")
            default: scalars.append(scalar)
            }
        }
        return String(scalars)
    }

    /// The text cut to a number of columns, with an ellipsis where something is missing.
    static func cut(_ text: String, to columns: Int) -> String {
        guard DisplayWidth.columns(text) > columns else { return text }
        var kept = ""
        var taken = 1
        for character in text {
            taken += DisplayWidth.columns(String(character))
            if taken > columns { break }
            kept.append(character)
        }
        return kept + "…"
    }
}
