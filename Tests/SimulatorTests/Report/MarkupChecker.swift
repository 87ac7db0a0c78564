/// Reads markup as strictly as XML wants it, and says what is wrong; enough of XML for pages of ours.
struct MarkupChecker {
    private let scalars: [Unicode.Scalar]
    private var index = 0
    private var open: [String] = []
    private(set) var identifiers: [String] = []
    private(set) var elements: [String: Int] = [:]

    /// - Returns: what is wrong, or nil; with it the names of the elements and how often each stands.
    static func check(_ bytes: [UInt8]) -> (fault: String?, elements: [String: Int]) {
        guard let text = String(validating: bytes, as: UTF8.self) else { return ("not UTF-8", [:]) }
        var checker = MarkupChecker(text)
        let fault = checker.run()
        return (fault, checker.elements)
    }

    private init(_ text: String) { scalars = Array(text.unicodeScalars) }

    private mutating func run() -> String? {
        while index < scalars.count {
            let scalar = scalars[index]
            if scalar == "<" {
                if let fault = tag() { return fault }
            } else if scalar == "&" {
                if let fault = reference() { return fault }
            } else if scalar.value < 0x20, scalar != "\n", scalar != "\t" {
                return "control character \(scalar.value) at \(index)"
            } else {
                index += 1
            }
        }
        if Set(identifiers).count != identifiers.count { return "an id stands twice" }
        return open.isEmpty ? nil : "never closed: \(open)"
    }

    private mutating func tag() -> String? {
        index += 1
        if take("!DOCTYPE html>") || take("?xml version=\"1.0\" encoding=\"UTF-8\"?>") { return nil }
        if take("/") {
            let name = word()
            guard open.popLast() == name, take(">") else { return "</\(name)> closes nothing at \(index)" }
            return nil
        }
        let name = word()
        if name.isEmpty { return "a bare < at \(index)" }
        elements[name, default: 0] += 1
        var keys: Set<String> = []
        while true {
            if take("/>") { return nil }
            if take(">") {
                open.append(name)
                return nil
            }
            guard take(" ") else { return "no blank or end in <\(name) at \(index)" }
            let key = word()
            guard !key.isEmpty, keys.insert(key).inserted, take("=\"") else {
                return "bad attribute in <\(name)>: \(key)"
            }
            let start = index
            while index < scalars.count, scalars[index] != "\"" {
                if scalars[index] == "<" { return "< in an attribute of <\(name)>" }
                if scalars[index] == "&" {
                    if let fault = reference() { return fault }
                } else {
                    index += 1
                }
            }
            if key == "id" { identifiers.append(String(String.UnicodeScalarView(scalars[start..<index]))) }
            guard take("\"") else { return "an attribute of <\(name)> never ends" }
        }
    }

    private mutating func reference() -> String? {
        for known in ["&amp;", "&lt;", "&gt;", "&quot;", "&#39;"] where take(known) { return nil }
        return "a bare & at \(index)"
    }

    private mutating func word() -> String {
        let start = index
        while index < scalars.count,
            scalars[index].properties.isAlphabetic || "0123456789-:".unicodeScalars.contains(scalars[index])
        {
            index += 1
        }
        return String(String.UnicodeScalarView(scalars[start..<index]))
    }

    private mutating func take(_ text: String) -> Bool {
        let wanted = Array(text.unicodeScalars)
        guard scalars.count - index >= wanted.count, Array(scalars[index..<index + wanted.count]) == wanted else {
            return false
        }
        index += wanted.count
        return true
    }
}
