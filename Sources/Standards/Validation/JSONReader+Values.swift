extension JSONReader {
    /// A text of a given shape.
    public func text(_ key: String, _ shape: TextShape, _ presence: Presence = .required) -> String? {
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
    public func format(_ supported: Int) {
        guard let value = value("format", .required) else { return }
        guard value.intValue != supported else { return }
        report(
            "format", "is not a format this version reads",
            "write \(supported), or upgrade if the file was made for a newer version")
    }
}
