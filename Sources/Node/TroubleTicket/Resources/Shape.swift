import Standards

/// What an attribute must look like that the desk keeps as it came: so that what goes out is as well formed as what
/// the standard lets in.
indirect enum Shape: Sendable {
    /// Elements of one list.
    static let itemsMax = 100

    case text
    case word([String])
    case number
    /// RFC 3339.
    case time
    case uri
    case list(Shape)
    case object([(name: String, shape: Shape)], required: [String])

    /// What is wrong with a value, by the path of each fault; empty when nothing is.
    func problems(_ value: JSONValue, at path: String) -> [String] {
        switch self {
        case .text: value.stringValue == nil ? ["\(path) is not a text"] : Self.nul(value, path)
        case .word(let words):
            words.contains(value.stringValue ?? "") ? [] : ["\(path) is none of \(words.joined(separator: ", "))"]
        case .number: value.numberValue == nil ? ["\(path) is not a number"] : []
        case .time:
            value.stringValue.flatMap(InstantText.milliseconds) == nil
                ? ["\(path) is not a time such as \(InstantText.example)"] : []
        case .uri: value.stringValue.map(Self.isURI) == true ? [] : ["\(path) is not a URI"]
        case .list(let element): problems(list: value, of: element, at: path)
        case .object(let members, let required): problems(object: value, members, required, at: path)
        }
    }

    private static func nul(_ value: JSONValue, _ path: String) -> [String] {
        value.stringValue?.utf8.contains(0) == true ? ["\(path) holds a NUL character"] : []
    }

    private func problems(list value: JSONValue, of element: Shape, at path: String) -> [String] {
        guard let elements = value.arrayValue, elements.count <= Self.itemsMax else {
            return ["\(path) is not a list of at most \(Self.itemsMax)"]
        }
        return elements.enumerated().flatMap { element.problems($1, at: "\(path)[\($0)]") }
    }

    private func problems(
        object value: JSONValue, _ members: [(name: String, shape: Shape)], _ required: [String], at path: String
    ) -> [String] {
        guard let object = value.objectValue else { return ["\(path) is not an object"] }
        let missing = required.filter { object[$0] == nil }.map { "\(path).\($0) is required" }
        return missing
            + object.sorted { $0.key < $1.key }.flatMap { name, inner -> [String] in
                guard let shape = members.first(where: { $0.name == name })?.shape else {
                    let hint = NearestWord.nearest(to: name, among: members.map(\.name))
                    return [
                        "\(path).\(Finding.quote(name)) is not known" + (hint.map { "; did you mean \($0)?" } ?? "")
                    ]
                }
                return shape.problems(inner, at: "\(path).\(name)")
            }
    }

    /// A scheme, a colon and something, in the characters of RFC 3986.
    private static func isURI(_ text: String) -> Bool {
        guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")), text.utf8.count <= 2_000 else { return false }
        let scheme = text.utf8[..<colon]
        let letters = scheme.allSatisfy { Character(Unicode.Scalar($0)).isLetter || "+-.0123456789".utf8.contains($0) }
        let rest = text.utf8[text.utf8.index(after: colon)...]
        let plain = text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"\"<>\\^`{|}[]".utf8.contains($0) }
        return letters && plain && !rest.isEmpty && scheme.first.map { Character(Unicode.Scalar($0)).isLetter } == true
    }
}
