import Standards

/// One value of an outcome's file and the path to it, so that a refusal says where.
struct OutcomeReader {
    let value: JSONValue
    /// Such as `sites[3].lag`; empty at the top.
    let path: String

    static func refusal(_ path: String, _ reason: String) -> StandardsError {
        let place = path.isEmpty ? "the file" : "`\(SafeText.line(path))`"
        return StandardsError(
            operation: "read the outcome of a rehearsal", position: nil, reason: "\(place) \(reason)",
            remedy: "give a file that `tributary simulate run --json` wrote, unchanged")
    }

    func member(_ key: String) throws(StandardsError) -> OutcomeReader {
        guard case .object(let members) = value else {
            throw Self.refusal(path, "is \(value.kindName) and must be an object")
        }
        let inner = path.isEmpty ? key : "\(path).\(key)"
        guard let member = members[key] else { throw Self.refusal(inner, "is missing") }
        return OutcomeReader(value: member, path: inner)
    }

    func text(_ key: String) throws(StandardsError) -> String { try member(key).text() }

    func text() throws(StandardsError) -> String {
        guard let text = value.stringValue else {
            throw Self.refusal(path, "is \(value.kindName) and must be a text")
        }
        return text
    }

    func flag(_ key: String) throws(StandardsError) -> Bool {
        let member = try member(key)
        guard let flag = member.value.boolValue else {
            throw Self.refusal(member.path, "is \(member.value.kindName) and must be true or false")
        }
        return flag
    }

    /// - Parameter range: what a figure may be; sums of such figures do not overflow.
    func number(
        _ key: String, in range: ClosedRange<Int64> = 0...FigureText.most
    ) throws(StandardsError) -> Int64 {
        try member(key).number(in: range)
    }

    func number(in range: ClosedRange<Int64> = 0...FigureText.most) throws(StandardsError) -> Int64 {
        guard case .integer(let number) = value else {
            throw Self.refusal(path, "is \(value.kindName) and must be a whole number")
        }
        guard range.contains(number) else {
            throw Self.refusal(path, "is not from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    func optionalNumber(
        _ key: String, in range: ClosedRange<Int64> = 0...FigureText.most
    ) throws(StandardsError) -> Int64? {
        let member = try member(key)
        return member.value.isNull ? nil : try member.number(in: range)
    }

    func time(_ key: String) throws(StandardsError) -> VirtualTime {
        VirtualTime(microseconds: try number(key))
    }

    func words(_ key: String) throws(StandardsError) -> Words {
        let member = try member(key)
        return Words(zh: try member.text("zh"), en: try member.text("en"))
    }

    /// One of the words of an enumeration.
    func choice<Choice: RawRepresentable<String>>(
        _ key: String, _ type: Choice.Type
    ) throws(StandardsError) -> Choice {
        let member = try member(key)
        guard let choice = Choice(rawValue: try member.text()) else {
            throw Self.refusal(member.path, "is a word that this version does not know")
        }
        return choice
    }

    func list<Element>(
        _ key: String, _ read: (OutcomeReader) throws(StandardsError) -> Element
    ) throws(StandardsError) -> [Element] {
        let member = try member(key)
        guard case .array(let elements) = member.value else {
            throw Self.refusal(member.path, "is \(member.value.kindName) and must be a list")
        }
        var list: [Element] = []
        for (index, element) in elements.enumerated() {
            list.append(try read(OutcomeReader(value: element, path: "\(member.path)[\(index)]")))
        }
        return list
    }

    func texts(_ key: String) throws(StandardsError) -> [String] {
        try list(key) { element throws(StandardsError) in try element.text() }
    }

    func numbers(_ key: String) throws(StandardsError) -> [Int64] {
        try list(key) { element throws(StandardsError) in try element.number() }
    }
}
