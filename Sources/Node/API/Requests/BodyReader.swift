import HTTP
import Replication
import ServiceDesk
import Standards

/// Reads the members of a JSON object and finds all that is wrong with them at once. Errors name members, never what
/// they hold.
struct BodyReader {
    /// Characters of a word: an identifier of the pack, a site, a step.
    static let wordLengthMax = 64
    /// Members of an object of fields.
    static let fieldsMax = ReplicationLimits.editsInChange

    private static let notAValue = Flaw(
        "is not a text, a whole number, true, false or null", .wrongKind,
        [FormField.Kind.text, .integer, .boolean].map(\.rawValue))

    private let members: [String: JSONValue]
    private let path: String
    private(set) var problems: [DeskError.Problem] = []

    /// Unknown members of which it is told that they are.
    static let unknownMax = 50

    /// Reads a request's body, which must be a JSON object with no members but those known.
    init(_ request: Request, _ known: [String]) throws {
        guard !request.body.isEmpty else {
            throw NodeError(.badRequest, "The request has no body.", remedy: "Send a JSON object.")
        }
        let json = try JSONValue(parsing: request.body, sizeLimit: request.body.count)
        guard let reader = BodyReader(json, known) else {
            throw NodeError(.badRequest, "The body is \(json.kindName).", remedy: "Send a JSON object.")
        }
        self = reader
    }

    /// - Parameter path: what stands before the names of members in errors.
    init?(_ json: JSONValue, _ known: [String], path: String = "") {
        guard let members = json.objectValue else { return nil }
        self.members = members
        self.path = path
        for name in members.keys.sorted().filter({ !known.contains($0) }).prefix(Self.unknownMax) {
            let hint = NearestWord.nearest(to: name, among: known).map { "; did you mean \($0)?" } ?? ""
            let quoted = String(name.unicodeScalars.prefix(Self.wordLengthMax).map(Character.init))
            problems.append(.init(field: path + quoted, problem: "is not known\(hint)"))
        }
    }

    func has(_ name: String) -> Bool { !(members[name] ?? .null).isNull }

    subscript(name: String) -> JSONValue { members[name] ?? .null }

    mutating func report(_ name: String, _ problem: Flaw) {
        problems.append(.init(field: path + name, problem: problem))
    }

    mutating func report(_ more: [DeskError.Problem]) { problems += more }

    /// A word that must be there; empty when it is not right.
    mutating func word(_ name: String) -> String {
        guard let word = wordIfAny(name) else {
            if !has(name) { report(name, .required) }
            return ""
        }
        return word
    }

    mutating func wordIfAny(_ name: String) -> String? {
        guard has(name) else { return nil }
        guard let text = members[name]?.stringValue else {
            report(name, .notAText)
            return nil
        }
        guard (1...Self.wordLengthMax).contains(text.unicodeScalars.count) else {
            let most = "\(Self.wordLengthMax)"
            report(name, Flaw("is not a word of 1 to \(most) characters", .wrongLength, ["1", most]))
            return nil
        }
        guard text.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control }) else {
            report(name, text.utf8.contains(0) ? .holdsNUL : "holds a control character")
            return nil
        }
        return text
    }

    /// A text that must be there, perhaps an empty one.
    mutating func text(_ name: String, atMost limit: Int, isOptional: Bool = false) -> String {
        guard has(name) else {
            if !isOptional { report(name, .required) }
            return ""
        }
        guard let text = members[name]?.stringValue else {
            report(name, .notAText)
            return ""
        }
        guard text.unicodeScalars.count <= limit else {
            report(name, .tooLong(limit))
            return ""
        }
        return text
    }

    mutating func integer(_ name: String) -> Int64 {
        guard let value = members[name]?.intValue else {
            report(name, has(name) ? .notANumber : .required)
            return 0
        }
        return Int64(value)
    }

    /// Nil when it is left out.
    mutating func flag(_ name: String) -> Bool? {
        guard has(name) else { return nil }
        guard let flag = members[name]?.boolValue else {
            report(name, .notAFlag)
            return nil
        }
        return flag
    }

    mutating func choice(_ name: String, of words: [String]) -> String {
        guard has(name) else {
            report(name, .required)
            return ""
        }
        guard let text = members[name]?.stringValue else {
            report(name, .notAText)
            return ""
        }
        if !words.contains(text) { report(name, .noOption(of: words)) }
        return text
    }

    mutating func reference(_ name: String) -> ChangeReference? {
        guard let text = members[name]?.stringValue else {
            report(name, has(name) ? .notAText : .required)
            return nil
        }
        let reference = ChangeReference(text)
        if reference == nil { report(name, "is not the name of a change") }
        return reference
    }

    /// A list of texts; none when it is left out.
    mutating func texts(_ name: String) -> [String] {
        guard has(name) else { return [] }
        guard let list = members[name]?.arrayValue, case let texts = list.compactMap(\.stringValue),
            texts.count == list.count
        else {
            report(name, Flaw("is not a list of texts", .wrongKind, [FormField.Kind.set.rawValue]))
            return []
        }
        guard texts.count <= Self.fieldsMax else {
            report(name, "is a list of more than \(Self.fieldsMax) texts")
            return []
        }
        return texts
    }

    /// The values of a form, by the words of the pack; none when left out.
    mutating func fields(_ name: String) -> [String: Value] {
        guard has(name) else { return [:] }
        guard let object = members[name]?.objectValue else {
            report(name, Flaw("is not an object of fields", .wrongKind, ["object"]))
            return [:]
        }
        guard object.count <= Self.fieldsMax else {
            report(name, "is an object of more than \(Self.fieldsMax) fields")
            return [:]
        }
        var values: [String: Value] = [:]
        for (field, json) in object.sorted(by: { $0.key < $1.key }) {
            guard field.unicodeScalars.count <= Self.wordLengthMax else {
                report(name, "names a field in more than \(Self.wordLengthMax) characters")
                continue
            }
            guard let value = Value(json) else {
                problems.append(.init(field: field, problem: Self.notAValue))
                continue
            }
            values[field] = value
        }
        return values
    }

    /// Refuses the body if anything was wrong with it.
    func finish() throws {
        guard problems.isEmpty else {
            let all = problems.map { "\($0.field) \($0.problem)" }.joined(separator: "; ")
            throw DeskError(
                .invalid, "The request is not right: \(all).", remedy: "Correct it and send it again.",
                problems: problems)
        }
    }
}

extension Value {
    /// The value of a field as a client sends it; nil for lists, objects and fractions.
    init?(_ json: JSONValue) {
        switch json {
        case .null: self = .null
        case .bool(let flag): self = .bool(flag)
        case .string(let text): self = .text(text)
        case .integer, .number:
            guard let integer = json.intValue else { return nil }
            self = .integer(Int64(integer))
        case .array, .object: return nil
        }
    }
}
