import Standards

/// Values of JSON in the words of a terminal.
enum JSONText {
    /// A value within a sentence: text as it is, nothing as a dash.
    static func value(_ json: JSONValue?) -> String {
        switch json {
        case .none, .some(.null): "–"
        case .some(.string(let text)): text.isEmpty ? "–" : PlainText.line(text)
        case .some(let other): PlainText.line(other.text())
        }
    }

    /// A document for machines, on standard output.
    static func say(_ json: JSONValue) { Terminal.say(json.text(pretty: true)) }
}
