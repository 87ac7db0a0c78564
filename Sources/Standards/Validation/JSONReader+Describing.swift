extension JSONReader {
    /// The JSON Schema (draft 2020-12) of the objects that `read` accepts, found by letting it ask for every key.
    ///
    /// What one value says of another, such as that a name must be declared, stands in no schema.
    static func schema<Result>(_ read: (JSONReader) -> Result?) -> JSONValue {
        let recorder = SchemaRecorder()
        _ = read(JSONReader(recording: recorder))
        return recorder.json
    }

    /// Says what keys of this object mean; the schema shows it.
    func explain(_ meanings: @autoclosure () -> [String: String]) {
        guard let recorder else { return }
        recorder.explain(meanings())
    }

    /// An object whose other keys depend on the word under `key`.
    func variant<Choice: RawRepresentable<String> & CaseIterable, Result>(
        _ key: String, of type: Choice.Type, read: (Choice, JSONReader) -> Result?
    ) -> Result? {
        if let recorder {
            for word in Choice.allCases {
                let one = SchemaRecorder()
                let reader = JSONReader(recording: one)
                _ = read(word, reader)
                one.add(key, .object(["const": .string(word.rawValue)]), .required)
                recorder.add(alternative: one.json)
            }
            return nil
        }
        return choice(key, of: type).flatMap { read($0, self) }
    }
}
