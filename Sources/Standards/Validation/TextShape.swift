/// What a text in a checked document may look like.
public struct TextShape: Sendable {
    /// Completes "must be …".
    public let name: String
    /// The permitted length in Unicode scalars.
    public let length: ClosedRange<Int>
    private let accepts: @Sendable (Unicode.Scalar, _ isFirst: Bool) -> Bool

    public init(
        _ name: String, length: ClosedRange<Int>,
        accepts: @escaping @Sendable (_ scalar: Unicode.Scalar, _ isFirst: Bool) -> Bool
    ) {
        self.name = name
        self.length = length
        self.accepts = accepts
    }

    /// As JSON Schema has it: the length, and in words what it cannot say.
    var schema: JSONValue {
        [
            "type": "string", "minLength": .integer(Int64(length.lowerBound)),
            "maxLength": .integer(Int64(length.upperBound)), "$comment": .string(name),
        ]
    }

    public func matches(_ text: String) -> Bool {
        guard length.contains(text.unicodeScalars.count) else { return false }
        var isFirst = true
        for scalar in text.unicodeScalars {
            guard accepts(scalar, isFirst) else { return false }
            isFirst = false
        }
        return true
    }

    /// A name for people: one line, not empty, no control characters, no blank at its beginning.
    public static func line(_ limit: Int = 200) -> TextShape {
        TextShape("one line of 1 to \(limit) characters that does not begin with a blank", length: 1...limit) {
            scalar, isFirst in
            scalar.properties.generalCategory != .control && !(isFirst && scalar.properties.isWhitespace)
        }
    }

    /// Any text without control characters, blanks and emptiness included.
    public static func anything(_ limit: Int) -> TextShape {
        TextShape("at most \(limit) characters without control characters", length: 0...limit) { scalar, _ in
            scalar.properties.generalCategory != .control
        }
    }

    /// The identifier of a type, state, field, category or transition.
    public static let identifier = TextShape(
        "a letter a to z followed by at most 39 letters, digits or hyphens", length: 1...40
    ) { scalar, isFirst in
        switch scalar {
        case "a"..."z": true
        case "A"..."Z", "0"..."9", "-": !isFirst
        default: false
        }
    }

    /// Two lower-case letters: a province.
    public static let twoLetters = TextShape("two lower-case letters", length: 2...2) { scalar, _ in
        ("a"..."z").contains(scalar)
    }

    /// The part of a site's identifier after its hyphen.
    public static let siteStem = TextShape("2 to 20 lower-case letters or digits", length: 2...20) { scalar, _ in
        ("a"..."z").contains(scalar) || ("0"..."9").contains(scalar)
    }

    /// The letters that begin a site's ticket numbers.
    public static let ticketLetters = TextShape("2 to 4 upper-case letters", length: 2...4) { scalar, _ in
        ("A"..."Z").contains(scalar)
    }

    /// An administrative division code of GB/T 2260.
    public static let divisionCode = TextShape("six digits, the first not 0", length: 6...6) { scalar, isFirst in
        (isFirst ? "1"..."9" : "0"..."9").contains(scalar)
    }

    /// A telephone as people write it, such as 0951-500 1234.
    public static let telephone = TextShape(
        "a telephone of 1 to 20 digits, +, - and blanks that begins with a digit or +", length: 1...20
    ) { scalar, isFirst in
        switch scalar {
        case "0"..."9", "+": true
        case "-", " ": !isFirst
        default: false
        }
    }

    /// The version of a standard pack, such as 2026.1.
    public static let version = TextShape(
        "a digit followed by at most 31 letters, digits, dots or hyphens", length: 1...32
    ) { scalar, isFirst in
        switch scalar {
        case "0"..."9": true
        case "a"..."z", "A"..."Z", ".", "-": !isFirst
        default: false
        }
    }
}
