import Standards

/// Lines of plain text for a terminal.
enum TextFlow {
    /// Puts items one after the other, two blanks between them, and begins a line where one would grow too long.
    static func wrap(_ items: [String], width: Int, indent: String = "") -> [String] {
        var lines: [String] = []
        var line = ""
        for item in items {
            if !line.isEmpty, DisplayWidth.columns(indent + line) + 2 + DisplayWidth.columns(item) > width {
                lines.append(indent + line)
                line = ""
            }
            line += line.isEmpty ? item : "  " + item
        }
        return line.isEmpty ? lines : lines + [indent + line]
    }

    /// Breaks a sentence at its blanks.
    static func sentence(_ text: String, width: Int, indent: String = "") -> [String] {
        var lines: [String] = []
        var line = ""
        for word in plain(text).split(separator: " ") {
            if !line.isEmpty, DisplayWidth.columns(indent + line) + 1 + DisplayWidth.columns(String(word)) > width {
                lines.append(indent + line)
                line = ""
            }
            line += line.isEmpty ? String(word) : " " + word
        }
        return lines + [indent + line]
    }

    /// Safe for a terminal, with ordinary blanks.
    static func plain(_ text: String) -> String {
        SafeText.line(String(text.map { $0 == "\u{A0}" ? " " : $0 }))
    }

    /// With what ASCII lacks replaced: signs by their likes, all else by a question mark.
    static func ascii(_ text: String) -> String {
        var ascii = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "–", "−": ascii += "-"
            case "¥": ascii += "CNY "
            case "✓": ascii += "+"
            case "✗": ascii += "x"
            case "○": ascii += "o"
            case "\u{A0}": ascii += " "
            case "’": ascii += "'"
            case "…": ascii += "..."
            case "↔": ascii += "<->"
            default: ascii.unicodeScalars.append(scalar.isASCII ? scalar : "?")
            }
        }
        return ascii
    }
}
