extension JSONReader {
    /// An object, read by `read`.
    public func object<Result>(
        _ key: String, _ presence: Presence = .required, read: (JSONReader) -> Result?
    ) -> Result? {
        if let recorder {
            let part = SchemaRecorder()
            _ = read(JSONReader(recording: part))
            recorder.add(key, part.json, presence)
            return nil
        }
        guard let value = value(key, presence) else { return nil }
        return JSONReader.readObject(value, path: path(of: key), log: log, read)
    }

    /// A list of objects. Elements that `read` gives up on are left out, each with its finding.
    public func objects<Result>(
        _ key: String, count: ClosedRange<Int>, _ presence: Presence = .required, read: (JSONReader) -> Result?
    ) -> [Result] {
        if let recorder {
            let part = SchemaRecorder()
            _ = read(JSONReader(recording: part))
            recorder.add(key, Self.list(of: part.json, count), presence)
            return []
        }
        let listPath = path(of: key)
        return elements(key, count: count, presence).enumerated().compactMap { index, element in
            JSONReader.readObject(element, path: Finding.path(listPath, String(index)), log: log, read)
        }
    }

    /// A list of texts of one shape, none of them twice.
    public func texts(
        _ key: String, _ shape: TextShape, count: ClosedRange<Int>, _ presence: Presence = .required
    ) -> [String] {
        if let recorder {
            recorder.add(key, Self.list(of: shape.schema, count), presence)
            return []
        }
        let listPath = path(of: key)
        var names = UniqueNames("entry")
        var texts: [String] = []
        for (index, element) in elements(key, count: count, presence).enumerated() {
            let path = Finding.path(listPath, String(index))
            guard case .string(let text) = element else {
                log.add(path, "must be a text, but is \(element.kindName)", "correct the value")
                continue
            }
            guard shape.matches(text) else {
                log.add(path, "\(Finding.quote(text)) must be \(shape.name)", "correct the value")
                continue
            }
            if names.claim(text, at: path, log) { texts.append(text) }
        }
        return texts
    }

    /// The members of an object whose keys are data, sorted by key.
    public func entries(
        _ key: String, count: ClosedRange<Int>, _ presence: Presence = .required
    ) -> [(key: String, value: JSONValue)]? {
        if let recorder {
            recorder.add(key, ["type": "object"], presence)
            return nil
        }
        guard let value = value(key, presence) else { return nil }
        guard case .object(let members) = value else {
            refuse(value, key, mustBe: "an object")
            return nil
        }
        guard isWithin(count, members.count, key) else { return nil }
        return members.sorted { $0.key < $1.key }
    }

    private static func list(of items: JSONValue, _ count: ClosedRange<Int>) -> JSONValue {
        [
            "type": "array", "items": items, "minItems": .integer(Int64(count.lowerBound)),
            "maxItems": .integer(Int64(count.upperBound)),
        ]
    }

    private func elements(_ key: String, count: ClosedRange<Int>, _ presence: Presence) -> [JSONValue] {
        guard let value = value(key, presence) else { return [] }
        guard case .array(let elements) = value else {
            refuse(value, key, mustBe: "a list")
            return []
        }
        return isWithin(count, elements.count, key) ? elements : []
    }

    private func isWithin(_ range: ClosedRange<Int>, _ count: Int, _ key: String) -> Bool {
        if range.contains(count) { return true }
        report(
            key, "must have \(range.lowerBound) to \(range.upperBound) entries, but has \(count)", "correct the list")
        return false
    }
}
