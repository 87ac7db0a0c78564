import Standards

/// What is wrong with a value: a sentence that lacks its subject and, for the commonest, a code by which a program
/// words it in another language. Names no value that belongs to a customer. A string literal is one without a code.
public struct Flaw: Equatable, Sendable, ExpressibleByStringInterpolation, CustomStringConvertible {
    public enum Code: String, CaseIterable, Sendable {
        /// There is none, and there must be.
        case required
        case notOnForm
        /// Value: how one is written.
        case notATime
        /// Values: the options.
        case noOption
        /// Values: the kind that it must have, or those of which it may have any.
        case wrongKind
        case noCategory
        /// Value: the most characters.
        case tooLong
        /// Values: the fewest and the most characters.
        case wrongLength
        case holdsNUL
        /// Values: the least and the greatest number.
        case outOfRange
        case noBranch
        case notAttached
        case noContact
    }

    public let text: String
    public let code: Code?
    /// The numbers and words of the sentence, as the code says.
    public let values: [String]

    public init(_ text: String, _ code: Code? = nil, _ values: [String] = []) {
        self.text = text
        self.code = code
        self.values = values
    }

    public init(stringLiteral text: String) { self.init(text) }

    public var description: String { text }
}

extension Flaw {
    public static let required = Flaw("is required", .required)
    static let requiredByStep = Flaw("is required by this step", .required)
    static let missing = Flaw("is missing", .required)
    static let empty = Flaw("is empty", .required)
    static let notATime = Flaw(
        "is not a time: write it as \(InstantText.example)", .notATime, [InstantText.example])
    static let noCategory = Flaw("is none of the type's categories", .noCategory)
    static let noBranch = Flaw("is not a branch of this province", .noBranch)
    public static let holdsNUL = Flaw("holds a NUL character", .holdsNUL)
    static let notAttached = Flaw("is the hash of no file attached to the ticket", .notAttached)
    static let noContact = Flaw("has neither a name nor a phone", .noContact)
    public static let notAText = Flaw("is not a text", .wrongKind, [FormField.Kind.text.rawValue])
    public static let notAFlag = Flaw("is neither true nor false", .wrongKind, [FormField.Kind.boolean.rawValue])
    public static let notANumber = Flaw("is not a whole number", .wrongKind, [FormField.Kind.integer.rawValue])

    static func notOnForm(butPerhaps word: String?) -> Flaw {
        Flaw("is not on the form" + (word.map { "; did you mean \($0)?" } ?? ""), .notOnForm)
    }

    public static func noOption(of words: [String]) -> Flaw {
        Flaw("is none of \(words.joined(separator: ", "))", .noOption, words)
    }

    public static func tooLong(_ limit: Int) -> Flaw {
        Flaw("is longer than \(limit) characters", .tooLong, ["\(limit)"])
    }

    static func wrongLength(_ length: ClosedRange<Int>) -> Flaw {
        let (fewest, most) = (length.lowerBound, length.upperBound)
        return Flaw("has not \(fewest) to \(most) characters", .wrongLength, ["\(fewest)", "\(most)"])
    }

    static func missingOrLonger(than limit: Int) -> Flaw {
        Flaw("is missing or too long", .wrongLength, ["1", "\(limit)"])
    }

    static func outOfRange(from least: Int64, to greatest: Int64) -> Flaw {
        Flaw("is not \(least) to \(greatest)", .outOfRange, ["\(least)", "\(greatest)"])
    }
}
