extension JSONReader {
    /// A text of a given shape.
    public func text(_ key: String, _ shape: TextShape, _ presence: Presence = .required) -> String? {
        if let recorder {
            recorder.add(key, shape.schema, presence)
            return nil
        }
        guard let value = value(key, presence) else { return nil }
        guard case .string(let text) = value else {
            refuse(value, key, mustBe: "a text")
            return nil
        }
        guard shape.matches(text) else {
            report(key, "\(Finding.quote(text)) must be \(shape.name)", "correct the value")
            return nil
        }
        return text
    }

    /// A whole number within limits.
    public func integer(_ key: String, in range: ClosedRange<Int>, _ presence: Presence = .required) -> Int? {
        if let recorder {
            recorder.add(
                key,
                [
                    "type": "integer", "minimum": .integer(Int64(range.lowerBound)),
                    "maximum": .integer(Int64(range.upperBound)),
                ], presence)
            return nil
        }
        guard let value = value(key, presence) else { return nil }
        guard let integer = value.intValue else {
            refuse(value, key, mustBe: "a whole number")
            return nil
        }
        guard range.contains(integer) else {
            report(
                key, "must lie between \(range.lowerBound) and \(range.upperBound), but is \(integer)",
                "correct the value")
            return nil
        }
        return integer
    }

    /// A number within limits.
    public func number(_ key: String, in range: ClosedRange<Double>, _ presence: Presence = .required) -> Double? {
        if let recorder {
            recorder.add(
                key, ["type": "number", "minimum": .number(range.lowerBound), "maximum": .number(range.upperBound)],
                presence)
            return nil
        }
        guard let value = value(key, presence) else { return nil }
        guard let number = value.numberValue else {
            refuse(value, key, mustBe: "a number")
            return nil
        }
        guard range.contains(number) else {
            report(
                key, "must lie between \(range.lowerBound) and \(range.upperBound), but is \(number)",
                "correct the value")
            return nil
        }
        return number
    }

    /// True or false; `absent` stands in for a key that is not there, and for a wrong value, which is reported.
    public func flag(_ key: String, absent: Bool) -> Bool {
        if let recorder {
            recorder.add(key, ["type": "boolean", "default": .bool(absent)], .optional)
            return absent
        }
        guard let value = value(key, .optional) else { return absent }
        guard let flag = value.boolValue else {
            refuse(value, key, mustBe: "true or false")
            return absent
        }
        return flag
    }

    /// One of the words of an enumeration.
    public func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ key: String, of type: Choice.Type, _ presence: Presence = .required
    ) -> Choice? {
        if let recorder {
            recorder.add(key, ["enum": .array(type.allCases.map { .string($0.rawValue) })], presence)
            return nil
        }
        guard let value = value(key, presence) else { return nil }
        let words = Choice.allCases.map(\.rawValue)
        guard case .string(let word) = value else {
            refuse(value, key, mustBe: "one of " + words.joined(separator: ", "))
            return nil
        }
        if let choice = Choice(rawValue: word) { return choice }
        report(key, "\(Finding.quote(word)) is not known", NearestWord.hint(for: word, among: words))
        return nil
    }

    /// The format number every file of ours begins with; a newer one is refused before it is misread.
    public func format(_ supported: Int) { format(supported...supported) }

    /// The same where files of earlier formats are read too.
    /// - Returns: the number; the newest when it is wrong.
    @discardableResult
    public func format(_ supported: ClosedRange<Int>) -> Int {
        if let recorder {
            recorder.add(
                "format",
                [
                    "type": "integer", "minimum": .integer(Int64(supported.lowerBound)),
                    "maximum": .integer(Int64(supported.upperBound)),
                ], .required)
            return supported.upperBound
        }
        guard let value = value("format", .required) else { return supported.upperBound }
        if let format = value.intValue, supported.contains(format) { return format }
        report(
            "format", "is not a format this version reads",
            "write \(supported.upperBound), or upgrade if the file was made for a newer version")
        return supported.upperBound
    }
}
