/// Text of others on its way into a page or onto a terminal: names may hold anything.
enum SafeText {
    /// For the content of an element or an attribute in quotes, in HTML and XML alike.
    static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            case "\n", "\t": escaped.unicodeScalars.append(scalar)
            default: escaped.unicodeScalars.append(isHarmless(scalar) ? scalar : "\u{FFFD}")
            }
        }
        return escaped
    }

    /// For one line of a terminal: nothing that moves the cursor, changes a colour or turns the writing round.
    static func line(_ text: String) -> String {
        var line = ""
        for scalar in text.unicodeScalars {
            line.unicodeScalars.append(isHarmless(scalar) ? scalar : "\u{FFFD}")
        }
        return line
    }

    /// Neither a control character, nor a switch of direction, nor what XML forbids.
    private static func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F..<0xA0, 0x2028...0x202E, 0x2066...0x2069, 0xFFFE...0xFFFF: false
        default: true
        }
    }
}
